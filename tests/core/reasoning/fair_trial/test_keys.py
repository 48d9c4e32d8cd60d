"""Every key of a proceeding is read under its own name; another is named as left aside."""

import pytest

from mekhala.core.reasoning.fair_trial.reading import read_proceeding
from mekhala.core.wrong_input import WrongInput

OBJECTS = {
    "accused": {"age": 30, "literate": "no", "language": "vi", "nationality": "VNM",
                "presumed_victim": "unknown"},
    "complaint": {"by": "victim", "prior_dispute_with_accused": "yes",
                  "payment_demanded_by_complainant": "no", "withdrawn": "no"},
    "custody": {"hours": 40, "prosecutor_extension": "no"},
    "hearing": {"minutes": 20, "lawyer": "no", "interpreter": "no", "complainant_present": "no",
                "law_explained": "no", "judge_expressed_doubt": "no"},
    "verdict": {"result": "convicted", "statute": "KH-LSHTSE-2008", "article": "12",
                "sentence_years": 8},
    "appeal": {"filed": "no", "blocked_by": ["cost"]},
    "confiscation": {"before_final": "yes"},
}  # fmt: skip
LISTS = {
    "statements": {"by": "accused", "form": "thumbprint", "read_out": "no", "lawyer_present": "no",
                   "interpreter_present": "no", "changed": "no", "after_benefit": "no"},
    "evidence": {"kind": "confession"},
    "payments_demanded": {"by": "police", "amount_usd": 500, "paid": "yes", "for": "release"},
    "charges": {"statute": "KH-LSHTSE-2008", "article": "12"},
    "co_accused": {"role": "owner", "result": "acquitted", "sentence_years": 1,
                   "released_after_payment": "yes"},
    "officials_alleged": {"by": "police", "what": "Took money."},
}  # fmt: skip
NUMBERS = (
    ("custody", "hours", "hours"), ("hearing", "minutes", "minutes"),
    ("verdict", "sentence_years", "years"), ("payments_demanded", "amount_usd", "dollars"),
    ("co_accused", "sentence_years", "years"),
)  # fmt: skip


def _read(section, written):
    inside = written if section in OBJECTS else [written]
    return read_proceeding({section: inside})


@pytest.mark.parametrize("section", [*OBJECTS, *LISTS])
def test_all_keys_of_ours_are_known_and_a_foreign_one_is_left_aside(section):
    ours = OBJECTS.get(section) or LISTS[section]
    path = section if section in OBJECTS else f"{section}[0]"
    assert _read(section, ours).ignored == ()
    assert _read(section, ours | {"zzz": 1}).ignored == (f"{path}.zzz",)


@pytest.mark.parametrize(
    ("section", "key"), [(s, k) for s, keys in (OBJECTS | LISTS).items() for k in keys]
)
def test_what_stands_under_a_key_is_looked_at(section, key):
    with pytest.raises(WrongInput, match=key):
        _read(section, {key: {"an object": "where a word or a number stands"}})


@pytest.mark.parametrize(("section", "key", "unit"), NUMBERS)
def test_a_number_that_is_none_is_told_of_with_its_unit(section, key, unit):
    with pytest.raises(WrongInput, match=f"a number of {unit}"):
        _read(section, {key: -1})


def test_a_number_beyond_all_measure_is_a_slip():
    assert _read("custody", {"hours": 1_000_000_000}).custody.hours == 1_000_000_000
    with pytest.raises(WrongInput, match="a number of hours"):
        _read("custody", {"hours": 1_000_000_001})


def test_a_fact_that_is_unknown_is_not_named_among_those_told():
    told = read_proceeding({"facts": {"act.recruitment": "yes", "means.force": "unknown"}})
    assert told.facts.named == {"act.recruitment"}


def test_sex_and_age_of_the_person_harmed_may_be_unknown():
    unknown = {"age": "unknown", "age_certainty": "unknown", "sex": "unknown"}
    assert read_proceeding({"alleged_victim": unknown}).ignored == ()
