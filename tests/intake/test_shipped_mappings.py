"""Every mapping that comes with the program fits its form; faults are told in plain words."""

from pathlib import Path

import pytest

import mekhala
from mekhala.core.wrong_input import WrongInput
from mekhala.forms.convert import to_xform
from mekhala.intake import queries
from mekhala.intake.check import faults
from mekhala.intake.mapping import read_mapping
from tests.builders_intake import FORM, MAPPING

PACKAGE = Path(mekhala.__file__).parent


def form_text(form_id):
    """Return the shipped form with this id, wherever forms lie."""
    places = (
        PACKAGE / folder / f"{form_id}.md" for folder in ("forms/instruments", "sample/forms")
    )
    return next(place for place in places if place.is_file()).read_text(encoding="utf-8")


@pytest.mark.parametrize("mapping", queries.shipped(), ids=lambda m: m.form)
def test_each_shipped_mapping_fits_its_form(mapping):
    form = to_xform(form_text(mapping.form).encode(), f"{mapping.form}.md").form
    assert faults(mapping, form) == []
    assert mapping.holds_for(form.version)


def test_no_two_shipped_mappings_hold_for_one_version():
    shipped = queries.shipped()
    for each in shipped:
        form = to_xform(form_text(each.form).encode(), f"{each.form}.md").form
        fitting = [m for m in shipped if m.form == each.form and m.holds_for(form.version)]
        assert len(fitting) == 1


def _faults(old, new):
    form = to_xform(FORM.replace("VERSION", "1").encode(), "talk.md").form
    return faults(read_mapping(MAPPING.replace(old, new), file_name="talk.toml"), form)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('question = "age"', 'question = "agge"', "the form has no question “agge”"),
        (', none = "nothing"', "", "the choice “none” of needs has no meaning"),
        ('none = "nothing"', 'none = "nothing", rice = "food"', "needs has no choice “rice”"),
        ('"safety"', '"safty"', "“safty”, the meaning of “safe_place”, is not known here"),
        ('question = "goes_on", choices = "answer"', 'question = "goes_on"', "says no meaning"),
        ('question = "act/*"', 'question = "acts/*"', "the form has no question “acts/*”"),
        ('code = "fact"', 'code = "same"', "“act_recruitment” is no code"),
        ('is = ["no"]', 'is = ["never"]', "safe has no choice “never”"),
        ('note = "Stays', 'notes = "Stays', "The answer to note is not mapped"),
        ('value = "estimated"', 'value = "guessed"', "“guessed” means nothing here"),
        ('form = "talk"', 'form = "walk"', "is “walk”, but the form is “talk”"),
    ],
)
def test_a_fault_is_told_in_a_sentence(old, new, said):
    assert any(said in fault for fault in _faults(old, new))


def test_a_mapping_that_fits_has_no_fault():
    assert _faults("", "") == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[encounter]", "[encountr]", "encountr: is not known; the nearest is encounter"),
        ('form = "talk"', "form = talk", "talk.toml: is not TOML"),
        ('versions = ["*"]', "versions = []", "versions: is empty"),
        ('place_code = { question = "place" }', "", "encounter.place_code: is missing"),
        ('{ question = "age" }', '"age"', "encounter.age: expected { question = … }"),
        ('{ question = "age" }', '{ question = "age", value = "1" }', "one of question and value"),
        ('choices = "answer" }', 'choices = "any" }', "expected “same”, “answer”"),
    ],
)
def test_what_is_no_mapping_is_refused_in_one_sentence(old, new, said):
    with pytest.raises(WrongInput, match=r"talk\.toml: ") as refused:
        read_mapping(MAPPING.replace(old, new), file_name="talk.toml")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
