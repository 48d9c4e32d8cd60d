"""What each flag says and rests on, and what is still to ask, word for word.

``sentences.yaml`` holds it for the casebook and for some more proceedings. After a change of words
that is meant: ``SENTENCES=keep`` writes the file anew; read the difference before it is kept.
"""

import os
from pathlib import Path

import pytest
import yaml

from mekhala.core.casebook.proceedings import proceeding_pages
from mekhala.core.reasoning.fair_trial.review import review

HERE = Path(__file__).parent
KEPT = HERE / "sentences.yaml"
PAGES = proceeding_pages(HERE.parents[2] / "casebook" / "fair_trial")
OF_1996 = {"statute": "KH-KTE-1996", "article": "3"}
MINOR_SALE = {"statute": "KH-LSHTSE-2008", "article": "34"}
MORE = [
    {"payments_demanded": [{"by": by, "amount_usd": 1200.5, "paid": "yes", "for": wanted}
                           for by, wanted in [("prosecutor", "withdrawal"), ("police", "other"),
                                              ("prison_official", "protection"),
                                              ("other_official", "unknown")]]},
    {"payments_demanded": [{"by": "judge"}, {"by": "police", "for": "release"}]},
    {"complaint": {"payment_demanded_by_complainant": "yes"},
     "payments_demanded": [{"by": "victim_family"}, {}, {"by": "complainant"}]},
    {"accused": {"presumed_victim": "yes", "age": 15}},
    {"accused": {"presumed_victim": "yes"}, "evidence": [{}, {"kind": "police_statement"}, {}]},
    {"officials_alleged": [{"by": "judge"}, {"by": "immigration_officer"}, {}, "unknown",
                           {"by": "judge"}]},
    {"officials_alleged": [{"by": "police"}]},
    {"officials_alleged": ["unknown"]},
    {"appeal": {"filed": "no", "blocked_by": ["other", "threat", "not_informed", "no_lawyer",
                                              "deadline_missed", "fear_of_higher_sentence"]}},
    {"co_accused": [{"role": "buyer", "result": "released", "released_after_payment": "yes"},
                    {"role": "principal", "result": "not_charged"},
                    {"role": "buyer", "result": "released"},
                    {"result": "suspended"},
                    {"role": "owner"},
                    {"result": "convicted", "sentence_years": 2.5}],
     "verdict": {"result": "convicted", "sentence_years": 10}},
    {"co_accused": [{}, {"result": "suspended"}, {"role": "owner"}, {"role": "other"}]},
    {"statements": [{"by": "accused", "read_out": "no", "changed": "yes", "after_benefit": "yes"},
                    {"by": "accused", "read_out": "no", "changed": "yes", "after_benefit": "yes"},
                    {"by": "witness", "changed": "no"}], "accused": {"literate": "no"}},
    {"statements": [{"changed": "yes"}, {"by": "accused", "changed": "no"}, {"by": "witness"}],
     "accused": {"literate": "no"}},
    {"statements": [{}], "accused": {}},
    {"verdict": {**MINOR_SALE, "result": "convicted", "sentence_years": 9}, "facts": {
        "act.purchase_of_sex_from_minor": "yes"},
     "alleged_victim": {"age": 20, "age_certainty": "known"}},
    {"verdict": {**OF_1996, "result": "convicted", "sentence_years": 30}, "facts": {},
     "conduct": {"to": "2004"}, "alleged_victim": {"age": 14, "age_certainty": "known"}},
    {"verdict": {"result": "suspended", "sentence_years": 17, "statute": "KH-LSHTSE-2008",
                 "article": "10"}, "alleged_victim": {"age": 30, "age_certainty": "known"},
     "facts": {"aggravation.organised_group": "no"}, "none_of": ["act"]},
    {"verdict": {"result": "convicted", "sentence_years": 17, "statute": "KH-LSHTSE-2008",
                 "article": "10"}, "none_of": ["aggravation"]},
    {"verdict": {"result": "convicted", "sentence_years": 6, "statute": "KH-LSHTSE-2008",
                 "article": "14"}},
    {"verdict": {"statute": "KH-LSHTSE-2008"}, "charges": [
        {}, {"statute": "KH-KTE-1996"}, {"article": "3"}, OF_1996, MINOR_SALE,
        {"statute": "KH-LSHTSE-2008", "article": "1"}]},
    {"charges": [OF_1996, {"statute": "KH-LSHTSE-2008", "article": "15"}], "facts": {},
     "none_of": ["act", "means"], "conduct": {"from": "2003", "to": "2003"}},
    {"charges": [OF_1996, OF_1996], "conduct": {"from": "2019"}},
    {"charges": [OF_1996], "verdict": OF_1996, "facts": {"consent.given": "yes"}, "none_of":
     ["means"], "alleged_victim": {"age": 18, "age_certainty": "known"}},
    {"charges": [OF_1996], "facts": {"consent.given": "unknown"}},
    {"verdict": {"result": "convicted"}, "facts": {"consent.given": "yes"},
     "alleged_victim": {"age": 18, "age_certainty": "known"}},
    {"custody": {"hours": 1000}, "hearing": {"minutes": 0.5, "judge_expressed_doubt": "yes"}},
    {"verdict": {"sentence_years": 4}},
    {"charges": [{"statute": "KH-LSHTSE-2008", "article": "15"}, OF_1996,
                 {"statute": "KH-KTE-1996"}], "facts": {"consent.given": "yes"},
     "alleged_victim": {"age": 18, "age_certainty": "known"}},
    {"charges": [{"statute": "KH-KTE-1996"}, OF_1996], "facts": {"consent.given": "yes"}},
    {"charges": [{"statute": "X-1", "article": "2"}, OF_1996, MINOR_SALE], "facts": {
        "act.purchase_of_sex_from_minor": "no"}, "conduct": {"from": "2012", "to": "2013"},
     "alleged_victim": {"age": 20, "age_certainty": "known"}},
    {"charges": [MINOR_SALE, {}], "facts": {"act.purchase_of_sex_from_minor": "yes"},
     "alleged_victim": {"age": 20, "age_certainty": "known"}},
    {"verdict": {"result": "convicted", "sentence_years": 3, "statute": "KH-LSHTSE-2008",
                 "article": "21"}},
    {"verdict": {"result": "convicted", "sentence_years": 6, "statute": "KH-LSHTSE-2008",
                 "article": "20"}, "alleged_victim": {"age": 9, "age_certainty": "known"}},
]  # fmt: skip
GIVEN = {**{page.stem: page.document for page in PAGES},
         **{f"more {i:02}": document for i, document in enumerate(MORE)}}  # fmt: skip
NOTHING = review({"case": "A"}).as_answer()["to_ask"]


def said(document):
    answer = review(document).as_answer()
    raised = {flag["code"]: [flag["because"], *flag["from"]] for flag in answer["flags"]}
    to_ask = {code: paths for code, paths in answer["to_ask"].items() if paths != NOTHING[code]}
    return {"raised": raised, "to_ask": to_ask, "no": " ".join(answer["not_raised"])}


def kept():
    if os.environ.get("SENTENCES") == "keep":
        written = {"nothing known": NOTHING, **{name: said(each) for name, each in GIVEN.items()}}
        text = yaml.safe_dump(written, sort_keys=False, width=100, allow_unicode=True)
        KEPT.write_text(text, encoding="utf-8")
    return yaml.load(
        KEPT.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )


SENTENCES = kept()


@pytest.mark.parametrize("name", GIVEN)
def test_says_what_it_said_and_rests_on_the_same(name):
    assert said(GIVEN[name]) == SENTENCES[name]


def test_asks_for_everything_where_nothing_is_known():
    assert SENTENCES["nothing known"] == NOTHING
