"""What holds for every proceeding: unknown is never no, and no finding about a victim cancels."""

from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.reasoning.fair_trial.flags import flags
from mekhala.core.reasoning.fair_trial.review import review
from mekhala.core.reasoning.fair_trial.words import (
    EVIDENCE,
    VERDICTS,
    Complainant,
    Demander,
    Form,
    Maker,
    Obstacle,
    PaidFor,
    Part,
    Result,
)
from mekhala.core.vocabulary.facts import facts
from tests.core.reasoning.findings import some

UNKNOWN = "unknown"
answers = st.sampled_from(["yes", "no", UNKNOWN])
CITED = [("KH-KTE-1996", "3"), ("KH-LSHTSE-2008", "15"), ("KH-LSHTSE-2008", "10"), ("X-1", "2")]
FACTS = ["act.sale_or_exchange", "act.sale_intermediary", "act.transportation", "consent.given",
         "means.deception", "purpose.profit", "aggravation.organised_group"]  # fmt: skip
# Where a rule itself reads something that is not known: a means not known is none shown, a charge
# counts only while the verdict cites nothing, demands count only where they are known.
READS_THE_UNKNOWN = {
    "consent_clause_without_means", "charge_does_not_fit", "sentence_outside_range",
    "private_settlement",
}  # fmt: skip


def words(*lists):
    return st.sampled_from([UNKNOWN, *(word for each in lists for word in each)])


def row(**keys):
    return st.fixed_dictionaries({}, optional=keys)


def several(entry):
    return st.one_of(st.just(UNKNOWN), st.lists(st.one_of(entry, st.just(UNKNOWN)), max_size=3))


numbers = st.one_of(st.just(UNKNOWN), st.integers(0, 100))
cited = st.sampled_from([{"statute": s, "article": a} for s, a in CITED] + [{}])
proceedings = row(
    accused=row(
        age=st.sampled_from([None, 13, 17, 18, 40]), literate=answers, presumed_victim=answers,
        language=words(["km", "vi"]), nationality=words(["KH", "VN"]),
    ),
    complaint=row(
        by=words(Complainant), prior_dispute_with_accused=answers,
        payment_demanded_by_complainant=answers, withdrawn=answers,
    ),
    custody=row(hours=numbers, prosecutor_extension=answers),
    statements=several(
        row(by=words(Maker), form=words(Form), read_out=answers, changed=answers,
            after_benefit=answers)
    ),
    evidence=several(row(kind=words(EVIDENCE))),
    payments_demanded=several(row(by=words(Demander), paid=answers, **{"for": words(PaidFor)})),
    hearing=row(
        minutes=numbers, lawyer=answers, interpreter=answers, complainant_present=answers,
        law_explained=answers, judge_expressed_doubt=answers,
    ),
    charges=several(cited),
    conduct=row(**{"from": st.sampled_from(["2004", "2012"])}),
    alleged_victim=row(age=st.sampled_from([None, 14, 20]), age_certainty=words(["known"])),
    facts=st.one_of(st.just(UNKNOWN), row(**dict.fromkeys(FACTS, answers))),
    none_of=st.lists(st.sampled_from(["act", "means", "purpose", "aggravation"]), max_size=2),
    verdict=st.tuples(row(result=words(VERDICTS), sentence_years=numbers), cited).map(
        lambda both: both[0] | both[1]
    ),
    appeal=row(filed=answers, blocked_by=st.one_of(
        st.just(UNKNOWN), st.lists(words(Obstacle), max_size=2))),
    co_accused=several(
        row(role=words(Part), result=words(Result), sentence_years=numbers,
            released_after_payment=answers)
    ),
    confiscation=row(before_final=answers),
    officials_alleged=several(row(by=words(Demander))),
).filter(bool)  # fmt: skip


def forgotten(written, draw):
    """The same proceeding with some of what is known no longer known."""
    if draw(st.integers(0, 9)) == 0:
        return UNKNOWN
    if isinstance(written, dict):
        return {key: forgotten(value, draw) for key, value in written.items()}
    if isinstance(written, list):
        return [forgotten(each, draw) for each in written]
    return written


def told(document):
    return {code: each.raised for code, each in review(document).told.items()}


@some
@given(proceedings, st.data())
def test_what_is_not_known_never_makes_a_no_nor_takes_a_flag_away_once_it_is(document, data):
    less = {
        key: value if key == "none_of" else forgotten(value, data.draw)
        for key, value in document.items()
    }
    known, before = told(document), told(less)
    for code in flags().keys() - READS_THE_UNKNOWN:
        assert before[code] in (None, known[code]), code


@some
@given(proceedings, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(document, chance):
    other = {
        key: chance.sample(value, len(value)) if isinstance(value, list) else value
        for key, value in document.items()
    }
    assert told(document) == told(other)


findings = st.dictionaries(st.sampled_from(sorted(facts())), answers, max_size=6)
victims = st.fixed_dictionaries(
    {"age": st.sampled_from([None, 9, 16, 30]), "age_certainty": words(["known", "disputed"])}
)


@some
@given(proceedings, findings, victims)
def test_no_finding_about_a_victim_cancels_a_flag_about_the_trial(document, found, victim):
    other = {**document, "facts": found, "alleged_victim": victim, "none_of": ["means"]}
    one, two = told(document), told(other)
    for code, flag in flags().items():
        assert flag.family == "charge" or one[code] is two[code]


@some
@given(proceedings, st.sampled_from(["KH", "VN", "XX", UNKNOWN]))
def test_nationality_is_asked_by_no_rule(document, nationality):
    accused = document.get("accused", {})
    other = {**document, "accused": {**accused, "nationality": nationality}}
    assert told(document) == told(other)


@some
@given(proceedings)
def test_each_flag_says_why_in_a_sentence_and_from_what(document):
    answer = review(document).as_answer()
    for flag in answer["flags"]:
        assert flag["because"].endswith(".")
        assert not flag["because"][0].islower()
        assert flag["from"]
    codes = [flag["code"] for flag in answer["flags"]]
    assert sorted([*codes, *answer["cannot_tell"], *answer["not_raised"]]) == sorted(flags())
    assert all(answer["to_ask"][code] for code in answer["cannot_tell"])


def test_leaving_out_null_and_unknown_are_the_same():
    keys = ("accused", "hearing", "statements", "facts", "none_of", "conduct", "appeal", "verdict")
    nothing = told({"case": "A"})
    assert set(nothing.values()) == {None}
    for empty in (None, UNKNOWN):
        assert told({"case": "A", **dict.fromkeys(keys, empty)}) == nothing
