"""Each flag on the edges of its rule: yes, no, and what cannot be told, with what it rests on."""

import pytest

from mekhala.core.reasoning.fair_trial.flags import flags
from mekhala.core.reasoning.fair_trial.review import RULES, review

YES, NO, OPEN = True, False, None
DEMANDS, CO = "payments_demanded", "co_accused"
CONVICTED = {"result": "convicted", "sentence_years": 16}
OF_1996 = {"statute": "KH-KTE-1996", "article": "3"}
OF_2008 = {"statute": "KH-LSHTSE-2008", "article": "15"}
ADULT = {"age": 18, "age_certainty": "known"}
AGREED = {"consent.given": "yes"}


def clause(**other):
    told = {"charges": [OF_1996], "alleged_victim": ADULT, "facts": AGREED}
    return {**told, **other}


def sentenced(years, **other):
    verdict = {"result": "convicted", "sentence_years": years, **OF_2008}
    return {"verdict": verdict, "alleged_victim": ADULT, "none_of": ["aggravation"], **other}


def unread(*statements, literate="no"):
    keys = ("by", "read_out")
    return {
        "accused": {"literate": literate},
        "statements": [dict(zip(keys, each, strict=True)) for each in statements],
    }


RULE_BY_RULE = {
    "bribe_demanded": [
        (YES, {DEMANDS: [{"by": "other_private"}, {"by": "other_official", "paid": "yes"}]}),
        (YES, {DEMANDS: [{}, {"by": "prosecutor"}]}),
        (NO, {DEMANDS: []}),
        (NO, {DEMANDS: [{"by": "complainant"}, {"by": "victim_family"}, {"by": "other_private"}]}),
        (OPEN, {DEMANDS: [{"by": "complainant"}, {"amount_usd": 5}]}),
        (OPEN, {DEMANDS: ["unknown"]}),
        (OPEN, {DEMANDS: "unknown"}),
    ],
    "no_lawyer": [
        (YES, {"hearing": {"lawyer": "no"}}),
        (NO, {"hearing": {"lawyer": "yes"}}),
        (OPEN, {"statements": [{"by": "accused", "lawyer_present": "no"}]}),
        (OPEN, {"hearing": {"lawyer": "unknown"}}),
    ],
    "confession_only": [
        (YES, {"evidence": [{"kind": "confession"}]}),
        (YES, {"evidence": [{"kind": "police_statement"}, {"kind": "confession"}]}),
        (NO, {"evidence": []}),
        (NO, {"evidence": [{"kind": "police_statement"}]}),
        (NO, {"evidence": [{"kind": "confession"}, {"kind": "unknown"}, {"kind": "object"}]}),
        (NO, {"evidence": [{"kind": "confession"}, {"kind": "a_song"}]}),
        (OPEN, {"evidence": [{"kind": "unknown"}]}),
        (OPEN, {"evidence": [{}, {"kind": "police_statement"}]}),
        (OPEN, {"evidence": [{"kind": "confession"}, None]}),
        (OPEN, {"evidence": None}),
    ],
    "unlawful_custody": [
        (YES, {"custody": {"hours": 72.5, "prosecutor_extension": "yes"}}),
        (YES, {"custody": {"hours": 73}}),
        (YES, {"custody": {"hours": 48.5, "prosecutor_extension": "no"}}),
        (NO, {"custody": {"hours": 48, "prosecutor_extension": "no"}}),
        (NO, {"custody": {"hours": 0}}),
        (NO, {"custody": {"hours": 72, "prosecutor_extension": "yes"}}),
        (OPEN, {"custody": {"hours": 49}}),
        (OPEN, {"custody": {"prosecutor_extension": "no"}}),
    ],
    "no_complainant_at_hearing": [
        (YES, {"hearing": {"complainant_present": "no"}}),
        (NO, {"hearing": {"complainant_present": "yes"}}),
        (OPEN, {"complaint": {"withdrawn": "yes"}}),
    ],
    "accuser_has_other_motive": [
        (YES, {"complaint": {"prior_dispute_with_accused": "yes"}}),
        (NO, {"complaint": {"prior_dispute_with_accused": "no"}}),
        (OPEN, {"complaint": {"by": "neighbour"}}),
    ],
    "statement_changed_after_benefit": [
        (YES, {"statements": [{}, {"by": "co_accused", "changed": "yes", "after_benefit": "yes"}]}),
        (NO, {"statements": []}),
        (NO, {"statements": [{"changed": "no"}, {"after_benefit": "no", "changed": "yes"}]}),
        (OPEN, {"statements": [{"changed": "yes"}]}),
        (OPEN, {"statements": [{"changed": "no"}, {"after_benefit": "yes"}]}),
        (OPEN, {}),
    ],
    "charge_does_not_fit": [
        (YES, {"charges": [OF_2008], "facts": {}, "none_of": ["act"]}),
        (YES, {"charges": [OF_1996, OF_2008], "facts": {"act.sale_or_exchange": "no",
               "act.sale_intermediary": "no"}}),
        (YES, {"charges": [OF_1996], "conduct": {"from": "2015", "to": "2015"}}),
        (YES, {"verdict": OF_1996, "charges": [OF_2008], "facts": {}, "none_of": ["means"]}),
        (NO, {"charges": [OF_2008],
              "facts": {"act.sale_or_exchange": "yes", "purpose.profit": "yes"}}),
        (NO, {"verdict": OF_2008, "charges": [OF_1996], "none_of": ["means"],
              "facts": {"act.sale_or_exchange": "yes", "purpose.profit": "yes"}}),
        (OPEN, {"charges": [OF_2008], "facts": {}}),
        (OPEN, {"charges": [OF_2008], "none_of": ["act", "purpose"]}),
        (OPEN, {"charges": [], "facts": {}, "none_of": ["act"]}),
        (OPEN, {"charges": [{"statute": "KH-LSHTSE-2008"}], "facts": {}, "none_of": ["act"]}),
        (OPEN, {"verdict": {"article": "15"}, "facts": {}, "none_of": ["act"]}),
        (OPEN, {"charges": [{"statute": "KH-LSHTSE-2008", "article": "999"}], "facts": {}}),
        (YES, {"verdict": {"article": "15"}, "charges": [OF_2008], "facts": {},
               "none_of": ["act"]}),
        (OPEN, {"charges": [{"statute": "TH-ATP-2008", "article": "6"}], "facts": {}}),
        (YES, {"charges": [{"statute": "TH-ATP-2008", "article": "6"}], "facts": {},
               "none_of": ["act"]}),
    ],
    "disparity_between_co_accused": [
        (YES, {CO: [{}, {"released_after_payment": "yes"}]}),
        (YES, {"verdict": CONVICTED, CO: [{"result": "convicted", "sentence_years": 8}]}),
        (YES, {"verdict": CONVICTED, CO: [{"result": "convicted", "sentence_years": 32}]}),
        (YES, {"verdict": CONVICTED, CO: [{"result": "convicted", "sentence_years": 0}]}),
        (YES, {"verdict": {"result": "convicted"}, CO: [{"result": "suspended"}]}),
        (NO, {"verdict": {**CONVICTED, "result": "suspended"},
              CO: [{"result": "suspended", "sentence_years": 1, "released_after_payment": "no"}]}),
        (NO, {"verdict": CONVICTED,
              CO: [{"result": "convicted", "sentence_years": 9, "released_after_payment": "no"}]}),
        (NO, {"verdict": {"result": "convicted", "sentence_years": 0},
              CO: [{"result": "convicted", "sentence_years": 0, "released_after_payment": "no"}]}),
        (NO, {CO: []}),
        (NO, {"verdict": {"result": "acquitted"},
              CO: [{"result": "suspended", "released_after_payment": "no"}]}),
        (NO, {"verdict": CONVICTED,
              CO: [{"result": "acquitted", "released_after_payment": "no"}]}),
        (OPEN, {"verdict": CONVICTED, CO: [{"result": "acquitted"}]}),
        (OPEN, {"verdict": CONVICTED, CO: [{"released_after_payment": "no"}]}),
        (OPEN, {CO: [{"result": "suspended", "released_after_payment": "no"}]}),
        (OPEN, {"verdict": {"result": "convicted"},
                CO: [{"result": "convicted", "sentence_years": 8,
                      "released_after_payment": "no"}]}),
        (OPEN, {CO: "unknown"}),
    ],
    "principal_not_prosecuted": [
        (YES, {CO: [{"role": "buyer", "result": "released"}]}),
        (YES, {CO: [{}, {"role": "principal", "result": "not_charged"}]}),
        (NO, {CO: []}),
        (NO, {CO: [{"role": "owner", "result": "dismissed"}, {"role": "other"}]}),
        (NO, {CO: [{"role": "recruiter", "result": "not_charged"}, {"result": "convicted"}]}),
        (OPEN, {CO: [{"role": "owner"}]}),
        (OPEN, {CO: [{"result": "released"}]}),
        (OPEN, {CO: [{}]}),
        (OPEN, {}),
    ],
    "accused_may_be_victim_or_child": [
        (YES, {"accused": {"presumed_victim": "yes"}}),
        (YES, {"accused": {"age": 17, "presumed_victim": "no"}}),
        (NO, {"accused": {"age": 18, "presumed_victim": "no"}}),
        (OPEN, {"accused": {"age": 30}}),
        (OPEN, {"accused": {"presumed_victim": "no"}}),
        (OPEN, {"accused": {"age": "unknown", "presumed_victim": "unknown"}}),
    ],
    "appeal_blocked": [
        (YES, {"appeal": {"filed": "no", "blocked_by": ["own_choice", "other"]}}),
        (YES, {"appeal": {"filed": "no", "blocked_by": ["unknown", "deadline_missed"]}}),
        (NO, {"appeal": {"filed": "yes", "blocked_by": ["cost"]}}),
        (NO, {"appeal": {"filed": "yes"}}),
        (NO, {"appeal": {"blocked_by": []}}),
        (NO, {"appeal": {"filed": "no", "blocked_by": ["own_choice"]}}),
        (OPEN, {"appeal": {"filed": "no"}}),
        (OPEN, {"appeal": {"blocked_by": ["cost"]}}),
        (OPEN, {"appeal": {"filed": "no", "blocked_by": ["own_choice", None]}}),
    ],
    "judge_doubted": [
        (YES, {"hearing": {"judge_expressed_doubt": "yes"}}),
        (NO, {"hearing": {"judge_expressed_doubt": "no"}}),
        (OPEN, {"hearing": {}}),
    ],
    "hearing_too_short": [
        (YES, {"hearing": {"minutes": 59.9}}),
        (NO, {"hearing": {"minutes": 60}}),
        (OPEN, {"hearing": {"minutes": None}}),
    ],
    "confiscation_before_final": [
        (YES, {"confiscation": {"before_final": "yes"}}),
        (NO, {"confiscation": {"before_final": "no"}}),
        (OPEN, {"confiscation": "unknown"}),
    ],
    "consent_clause_without_means": [
        (YES, clause()),
        (YES, clause(facts={**AGREED, "means.fraud": "unknown"})),
        (YES, clause(charges=[OF_2008, OF_1996], verdict=OF_2008)),
        (YES, clause(charges="unknown", verdict=OF_1996)),
        (YES, clause(charges=[OF_2008], verdict=OF_1996)),
        (NO, clause(charges=[{**OF_1996, "article": "4"}])),
        (NO, clause(charges=[{"statute": "KH-LSHTSE-2008"}])),
        (NO, clause(charges=None, verdict=OF_2008)),
        (NO, clause(alleged_victim={**ADULT, "age": 17})),
        (NO, clause(facts={"consent.given": "no"})),
        (NO, clause(facts={**AGREED, "means.fraud": "yes"})),
        (NO, {"facts": {"means.fraud": "yes"}}),
        (OPEN, clause(charges=[], verdict={"result": "convicted"})),
        (OPEN, clause(charges=[{"statute": "KH-KTE-1996"}])),
        (OPEN, clause(alleged_victim={"age": 40, "age_certainty": "estimated"})),
        (OPEN, clause(facts={})),
        (OPEN, clause(facts="unknown", none_of=["means"])),
    ],
    "official_complicity_alleged": [
        (YES, {"officials_alleged": [{"by": "judge"}]}),
        (YES, {"officials_alleged": [{}]}),
        (NO, {"officials_alleged": []}),
        (OPEN, {"officials_alleged": ["unknown"]}),
        (OPEN, {"officials_alleged": "unknown"}),
    ],
    "private_settlement": [
        (YES, {"complaint": {"payment_demanded_by_complainant": "yes"}}),
        (YES, {"complaint": {"payment_demanded_by_complainant": "no"},
               DEMANDS: [{"by": "police"}, {"by": "complainant"}]}),
        (YES, {DEMANDS: [{"by": "victim_family", "for": "other"}]}),
        (NO, {"complaint": {"payment_demanded_by_complainant": "no"}}),
        (NO, {"complaint": {"payment_demanded_by_complainant": "no"}, DEMANDS: [{}]}),
        (OPEN, {DEMANDS: []}),
        (OPEN, {"complaint": {"withdrawn": "yes"}, DEMANDS: [{"by": "police"}]}),
    ],
    "sentence_outside_range": [
        (YES, sentenced(15.5)),
        (YES, sentenced(20.1, none_of=[], alleged_victim={})),
        (NO, sentenced(15)),
        (NO, sentenced(1)),
        (NO, sentenced(15, none_of=[], alleged_victim={})),
        (NO, sentenced(20, alleged_victim={"age": 17, "age_certainty": "known"})),
        (NO, {"verdict": {"result": "pending"}}),
        (NO, {"verdict": {**CONVICTED, "result": "dismissed"}}),
        (OPEN, sentenced(15.5, none_of=[])),
        (OPEN, sentenced(20, none_of=[], alleged_victim={})),
        (OPEN, {"verdict": {"sentence_years": 30, **OF_2008}}),
        (OPEN, {"verdict": {"result": "convicted", **OF_2008}}),
        (OPEN, {"verdict": {**CONVICTED, "statute": "KH-LSHTSE-2008"}}),
        (OPEN, {"verdict": CONVICTED, "charges": [OF_2008]}),
        (OPEN, {"verdict": {**CONVICTED, "statute": "KH-LSHTSE-2008", "article": "999"}}),
    ],
    "single_uncorroborated_source": [
        (YES, {"evidence": [{"kind": "victim_statement"}]}),
        (YES, {"evidence": [{"kind": "police_statement"}]}),
        (NO, {"evidence": []}),
        (NO, {"evidence": [{"kind": "confession"}]}),
        (NO, {"evidence": [{"kind": "ngo_report"}, {}]}),
        (OPEN, {"evidence": [{}]}),
        (OPEN, {}),
    ],
    "no_interpreter": [
        (YES, {"accused": {"language": "vi"}, "hearing": {"interpreter": "no"}}),
        (NO, {"accused": {"language": "km"}, "hearing": {"interpreter": "no"}}),
        (NO, {"accused": {"language": "KHM"}}),
        (NO, {"hearing": {"interpreter": "yes"}}),
        (OPEN, {"accused": {"nationality": "VN"}, "hearing": {"interpreter": "no"}}),
        (OPEN, {"accused": {"language": "vi"}}),
    ],
    "law_not_explained": [
        (YES, {"hearing": {"law_explained": "no"}}),
        (NO, {"hearing": {"law_explained": "yes"}}),
        (OPEN, {}),
    ],
    "sole_statement_not_read_out": [
        (YES, unread(("accused", "no"), ("accused", "no"), ("victim", "yes"))),
        (YES, unread(("accused", "no"), ("unknown", "no"))),
        (NO, unread(("accused", "no"), ("accused", "yes"))),
        (NO, unread(("accused", "yes"), literate="unknown")),
        (NO, unread(("victim", "no"), literate="unknown")),
        (NO, unread()),
        (NO, {"accused": {"literate": "yes"}}),
        (OPEN, {"accused": {"literate": "no"}}),
        (OPEN, unread(("accused", "no"), literate="unknown")),
        (OPEN, unread(("accused", "no"), ("accused", "unknown"))),
        (OPEN, unread(("unknown", "no"))),
        (OPEN, unread(("accused", "no"), ("unknown", "yes"))),
    ],
}  # fmt: skip
CASES = [
    pytest.param(code, raised, document, id=f"{code}-{i}")
    for code, rows in RULE_BY_RULE.items()
    for i, (raised, document) in enumerate(rows)
]


@pytest.mark.parametrize(("code", "raised", "document"), CASES)
def test_follows_its_rule_on_the_edge(code, raised, document):
    assert review(document).told[code].raised is raised


def test_there_is_one_rule_for_each_flag_and_edges_for_each():
    assert set(RULES) == set(flags()) == set(RULE_BY_RULE)
    for code, flag in flags().items():
        assert RULES[code].__module__.endswith(f".{flag.family}")


@pytest.mark.parametrize(
    ("codes", "urgency"),
    [
        (["confiscation_before_final", "law_not_explained"], "none"),
        (["confiscation_before_final", "law_not_explained", "principal_not_prosecuted"], "advised"),
        (["hearing_too_short"], "advised"),
        (["hearing_too_short", "accuser_has_other_motive", "law_not_explained"], "advised"),
        (["hearing_too_short", "accuser_has_other_motive", "private_settlement"], "urgent"),
        (["no_lawyer"], "urgent"),
    ],
)
def test_how_soon_somebody_should_look_follows_from_the_levels_alone(codes, urgency):
    document = {}
    for code in codes:
        first = next(each for raised, each in RULE_BY_RULE[code] if raised)
        for key, value in first.items():
            inside = document.get(key, {})
            document[key] = {**inside, **value} if isinstance(value, dict) else value
    told = review(document)
    assert {flag.code for flag in told.raised} == set(codes)
    assert told.urgency == urgency


def test_only_a_flag_that_is_raised_says_why():
    told = review({"hearing": {"lawyer": "yes"}}).told
    assert (told["no_lawyer"].because, told["no_lawyer"].rests_on) == ("", ())
    assert {each.because for each in told.values()} == {""}
