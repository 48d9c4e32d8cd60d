"""The forms that count people and keep nobody: border screening and deportee surveillance."""

import random

import pytest

from mekhala.core.reasoning.indicators import indicators
from mekhala.population.surveys.day_figures import DayFigures, check
from mekhala.population.surveys.grades import GRADES
from tests.builders_instruments import checked, entries, questions

COUNTING = ("border_screening", "deportee_surveillance")
NO_SIGN = {"none", "not_known"}
SIGNS = sorted(set(questions("border_screening")["signs"].choices) - NO_SIGN)
ASKED = [name for name in questions("deportee_surveillance") if "." in name]


def _grade(person):
    """The rule of the border form, said once more in other words."""
    ticked = set(person.get("signs", [])) - NO_SIGN
    if len(ticked) > 1 or (ticked and person.get("age_group") != "adult"):
        return "strong"
    return "some" if ticked else "none" if "none" in person.get("signs", []) else "unclear"


def _people(chance):
    for _ in range(chance.randrange(1, 9)):
        reached = chance.choice(["agreed", "agreed", "agreed", "refused", "missed", ""])
        if reached != "agreed":
            yield {"reached": reached} if reached else {}
            continue
        signs = chance.choice([["none"], ["not_known"], [], chance.sample(SIGNS, 1),
                               chance.sample(SIGNS, 3)])  # fmt: skip
        age = chance.choice(["adult", "adult", "child", "not_known", ""])
        yield {"reached": reached, "signs": signs} | ({"age_group": age} if age else {})


def _shift(people, **uncounted):
    filling = {f"uncounted/{name}": said for name, said in uncounted.items() if said != ""}
    for place, person in enumerate(people, start=1):
        filling |= {f"person[{place}]/{name}": said for name, said in person.items()}
    return filling


def _totals(told):
    figures = {name[6:]: said for name, said in told["values"].items() if name.startswith("total_")}
    return {name: int(said) if said else None for name, said in figures.items()}


def test_the_figures_of_a_shift_are_those_of_its_people(answered):
    chance = random.Random(7)
    shifts = [
        (list(_people(chance)), chance.choice(["yes", "no", ""]), chance.choice(["yes", "no", ""]),
         chance.choice(["", 0, 2, 41]), chance.choice(["", 0, 3]))
        for _ in range(12)
    ]  # fmt: skip

    told = answered("border_screening", [
        _shift(people, refused_counted=all_refused, missed_counted=all_missed,
               refused_more=refused, missed_more=missed)
        for people, all_refused, all_missed, refused, missed in shifts
    ])  # fmt: skip

    for (people, all_refused, all_missed, refused, missed), one in zip(shifts, told, strict=True):
        asked = [person for person in people if person.get("reached") == "agreed"]
        reached = [person.get("reached") for person in people]
        no = reached.count("refused") + (refused or 0) if all_refused == "yes" else None
        gone = reached.count("missed") + (missed or 0) if all_missed == "yes" else None
        grades = [_grade(person) for person in asked]
        assert _totals(one) == {
            "screened": len(asked), "refused": no, "missed": gone,
            "approached": None if None in (no, gone) else len(asked) + no + gone,
            **{grade: grades.count(grade) for grade in GRADES},
        }  # fmt: skip
        check(DayFigures(**_totals(one)))  # as a survey round takes them


def test_a_refusal_and_somebody_missed_are_counted_though_nothing_is_asked_of_them(answered):
    [told] = answered("border_screening", [
        _shift([{"reached": "refused"}, {"reached": "missed"}], refused_more=4,
               refused_counted="yes", missed_counted="yes"),
    ])  # fmt: skip

    totals = _totals(told)
    assert (totals["refused"], totals["missed"], totals["approached"]) == (5, 1, 6)
    assert not {"person[1]/signs", "person[2]/age_group"} & set(told["asked"])


def test_what_was_not_counted_is_empty_and_never_nought(answered):
    [told] = answered("border_screening", [_shift([{"reached": "agreed"}])])

    totals = _totals(told)
    assert (totals["refused"], totals["missed"], totals["approached"]) == (None, None, None)
    assert told["values"]["refused_at_least"] == "0"


def test_strong_signs_without_a_card_are_told_before_the_shift_is_sent(answered):
    strong = {"reached": "agreed", "signs": SIGNS[:2]}
    [told] = answered("border_screening", [
        _shift([strong, strong | {"next_step": "card"}, strong | {"next_step": "went_on"}]),
    ])  # fmt: skip

    assert told["values"]["without_card"] == "2"


def test_none_of_the_signs_stands_alone(answered):
    [told] = answered("border_screening", [
        _shift([{"reached": "agreed", "signs": ["none", SIGNS[0]]}]),
    ])  # fmt: skip

    assert told["violations"] == ["person[1]/signs"]


def _asked_person(*, age="25_34", no=(), **yes):
    said = dict.fromkeys(no, "no") | {
        name: answer for name, answer in yes.items() if answer is not None
    }
    return {"reached": "agreed", "interview/age_group": age} | {
        f"interview/{name}": answer for name, answer in said.items()
    }


EXPLOITED = {"exploitation.excessive_hours": "yes", "exploitation.low_or_no_salary": "yes"}
COERCED = {
    "coercion_at_destination.confiscation_of_documents": "yes",
    "coercion_at_destination.violence": "yes",
}
DECEIVED = {"deceptive_recruitment.wages": "yes"}


def test_the_grade_of_somebody_asked_follows_the_rule_that_is_written_down(answered):
    last = {ASKED[-1]: "not_known"}
    cases = [
        (_asked_person(**EXPLOITED, **COERCED, **DECEIVED), "strong"),
        (_asked_person(**EXPLOITED, **COERCED), "some"),
        (_asked_person(**EXPLOITED), "some"),
        (_asked_person(age="15_17", **EXPLOITED), "strong"),
        (_asked_person(age="not_known", **EXPLOITED), "strong"),
        (_asked_person(no=ASKED), "none"),
        (_asked_person(no=ASKED[:-1], **last), "unclear"),
        (_asked_person(no=ASKED[:-1]), "unclear"),
        (_asked_person(), "unclear"),
        ({"reached": "refused"}, ""),
        ({"reached": "missed"}, ""),
        ({}, ""),
    ]

    told = answered("deportee_surveillance", [filling for filling, _grade in cases])

    assert [one["values"]["grade"] for one in told] == [grade for _filling, grade in cases]


@pytest.mark.parametrize("form_id", COUNTING)
def test_nothing_is_kept_by_which_somebody_could_be_known(form_id):
    form = checked(form_id).converted.form
    typed = {entry.name for entry in questions(form_id).values() if entry.rules.type == "string"}

    chosen = {e.name for e in questions(form_id).values() if e.choices or e.list_file}
    assert typed - chosen == {"survey"}
    kinds = {bind.get("type") for bind in form.binds.values()}
    assert not kinds & {"geopoint", "geotrace", "geoshape", "binary", "barcode"}


@pytest.mark.parametrize("form_id", COUNTING)
def test_signs_and_grades_are_those_the_house_knows(form_id):
    grade = next(e for e in entries(form_id) if e.name == "grade").rules.calculate
    said = ASKED if form_id == "deportee_surveillance" else SIGNS

    assert set(said) <= set(indicators())
    assert all(f"'{each}'" in grade for each in GRADES)


def test_who_does_not_agree_is_asked_nothing_more(answered):
    told = answered("deportee_surveillance", [{"reached": no} for no in ("refused", "missed")])

    assert not any(name.startswith("interview/") for one in told for name in one["asked"])
    assert all("why_not" in one["asked"] for one in told)
