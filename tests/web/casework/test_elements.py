"""The elements of a text as rows, and the core's questions about each."""

from mekhala.core.reasoning.assess import assess
from mekhala.web.casework.determination.elements import PALERMO_KEY, choices, text_of
from mekhala.web.casework.determination.matrix import table


def _outcome(*ask_next, **facts):
    person = {"age": 20, "age_certainty": "known"}
    outcome = assess({"case": "invented", "person": person, "facts": facts})
    return outcome | {"sources_differ": [], "ask_next": list(ask_next)}


def _question(answer, element, *codes):
    return {"codes": list(codes), "element": element, "answer": answer}


def _settle(outcome, name):
    rows = table(text_of(PALERMO_KEY, outcome), [], [], differ=[])["rows"]
    return next(row["settle"] for row in rows if row["name"] == name)


def _codes(facts):
    return [fact["code"] for fact in facts]


def test_one_yes_or_every_no_is_told_once():
    outcome = _outcome(
        _question("yes", "act, means", "act.receipt", "means.force"),
        _question("yes", "act, means", "act.receipt", "means.fraud"),
        _question("no", "means", "means.force", "means.fraud"),
    )
    found = _settle(outcome, "means")
    assert _codes(found["either"]) == ["means.force", "means.fraud"]
    assert not found["if_yes"]
    assert not found["still"]


def test_ways_that_need_several_answers_are_kept_apart():
    outcome = _outcome(
        _question("yes", "means", "means.force", "means.fraud"),
        _question("no", "means", "means.threat"),
    )
    found = _settle(outcome, "means")
    assert [_codes(way) for way in found["if_yes"]] == [["means.force", "means.fraud"]]
    assert _codes(found["if_no"]) == ["means.threat"]
    assert not found["either"]


def test_without_such_questions_the_facts_still_to_ask_are_named():
    found = _settle(_outcome(), "purpose")
    assert "purpose.forced_labour" in _codes(found["still"])


def test_nothing_is_asked_about_an_element_that_is_settled():
    assert _settle(_outcome(**{"act.receipt": "yes"}), "act") is None


def test_each_fact_of_an_article_touches_the_element_that_asks_for_it():
    outcome = _outcome()
    for key, _title in choices(outcome):
        text = text_of(key, outcome)
        assert text.rows, key
        for row in text.rows:
            assert row.codes or row.beyond, (key, row.name)


def test_what_a_text_asks_beyond_the_facts_is_said():
    outcome = _outcome()
    rows = [r for key, _ in choices(outcome) for r in text_of(key, outcome).rows]
    assert any("The age of the person" in row.beyond for row in rows)
