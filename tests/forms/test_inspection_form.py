"""The inspection looks at a house: nobody in it can be found in the answers."""

import re

from tests.builders_instruments import entries, questions

FORM = "shelter_inspection"
PEOPLE = ("name", "resident", "age", "sex", "nationality", "phone", "address", "case")


def _paths():
    return [question.path for question in questions(FORM).values()]


def _standards():
    return [q.path for q in questions(FORM).values() if "not_seen" in q.choices]


def test_nothing_can_be_typed_but_numbers_and_days(answered):
    typed = {q.name: q.rules.type for q in questions(FORM).values() if not q.choices}

    words = {name for name, kind in typed.items() if kind not in ("int", "date")}
    assert words == {"last_inspected_text", "measures_by_text", "next_text"}
    told = answered(FORM, [dict.fromkeys(words, "Invented Name, house 12")])
    assert set(told[0]["violations"]) == words  # a year, month or day and nothing else


def test_no_question_is_about_a_person():
    others = [path for path in _paths() if path not in _standards()]

    assert not {step for path in others for step in re.split("[_/]", path)} & set(PEOPLE)
    assert not any(entry.list_file for entry in entries(FORM))


def test_what_was_not_looked_at_is_counted_apart_from_what_is_not_met(answered):
    first, second, third, *rest = _standards()

    [told] = answered(FORM, [{first: "met", second: "not_met", third: "not_seen"}])

    counts = {name[6:]: int(v) for name, v in told["values"].items() if name.startswith("count_")}
    assert counts == {
        "met": 1, "partly": 0, "not_met": 1, "not_seen": 1, "not_applicable": 0,
        "unanswered": len(rest),
    }  # fmt: skip


def test_the_result_is_said_by_the_inspectors_and_never_worked_out(answered):
    [told] = answered(FORM, [dict.fromkeys(_standards(), "met")])

    assert told["values"]["result"] == ""


def test_five_rights_of_2009_and_the_headings_of_2014_are_looked_at():
    groups = {path.partition("/")[0] for path in _standards()}

    assert groups == {"freedom", "safety", "privacy", "building", "services", "rights", "staff"}
