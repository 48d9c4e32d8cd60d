"""A form on paper: numbered, with room for the pen; keyed in later by the same form."""

import pytest

from mekhala.forms.instruments import INSTRUMENTS
from mekhala.forms.paper import Space, sheet
from tests.builders_instruments import checked


@pytest.mark.parametrize("form_id", INSTRUMENTS)
def test_every_question_has_the_number_of_its_place_and_room_for_an_answer(form_id):
    form = checked(form_id).converted.form

    lines = list(sheet(form, "km"))

    asked = [line for line in lines if line.number]
    assert [line.number for line in asked] == list(range(1, form.asked + 1))
    assert all(line.space is not Space.NONE and line.shown.said[0].words for line in asked)
    assert {said.code for line in lines for said in line.shown.said} == {"km"}


def test_one_choice_and_several_are_told_apart():
    lines = {line.shown.entry.name: line for line in sheet(_form("border_screening"), "en")}

    assert lines["reached"].space is Space.CIRCLES
    assert lines["signs"].space is Space.BOXES
    assert lines["passed"].space is Space.LINE
    assert lines["survey"].space is Space.LINES
    assert lines["person"].is_repeated


def test_when_a_question_is_asked_is_told_in_words():
    lines = {line.shown.entry.name: line for line in sheet(_form("border_screening"), "en")}

    assert lines["interval"].only_if == "“Who is approached?” is “Every so many-th person”"
    assert lines["shift"].only_if == ""


def test_what_only_a_phone_works_out_is_not_told_on_paper():
    names = {line.shown.entry.name for line in sheet(_form("border_screening"), "en")}

    assert {"told", "number"} <= names
    assert not {"told_without_card", "told_full", "letters", "grade"} & names


def _form(form_id):
    return checked(form_id).converted.form
