"""Answers keep their place, and what was not answered is never a no."""

from hypothesis import given
from hypothesis import strategies as st

from mekhala.forms.answers import answers_of, read_sent
from mekhala.forms.convert import to_xform
from mekhala.forms.readable import Row, parts
from mekhala.forms.xform import language_named, opening_in, read_xform
from tests.builders_forms import filled, survey

FORM = to_xform(survey(), "invented.md").form


def _answers(**more):
    return answers_of(read_sent(filled(**more), file_name="f").root, repeats=FORM.repeats)


def test_answers_stand_under_their_path():
    assert _answers() == {
        "hello": None, "safe": "yes", "needs": "food doctor", "child[1]/age": "7",
        "child[2]/age": None, "meta/instanceID": "uuid:1",
    }  # fmt: skip


def test_a_repeated_part_is_numbered_even_when_it_came_once():
    once = filled().replace(b"<child><age/></child>", b"")
    root = read_sent(once, file_name="f").root
    assert answers_of(root, repeats=FORM.repeats)["child[1]/age"] == "7"


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)


@given(words.filter(lambda w: w.strip() and not set(w) & set("<>&\ufffe\uffff")))
def test_an_answer_is_kept_letter_for_letter(answer):
    assert _answers(safe=answer)["safe"] == answer


def test_answers_are_read_in_the_words_of_the_form():
    found = parts(FORM, _answers(), language="en")
    assert found[0].rows == [
        Row(key="Is it safe?", value="Yes"), Row(key="What is needed?", value="Food · A doctor")
    ]  # fmt: skip
    assert [(p.title, p.rows[0].value) for p in found[1:]] == [
        ("A child 1", "7"),
        ("A child 2", None),
    ]


def test_answers_are_read_in_khmer_and_an_unknown_language_falls_back():
    assert parts(FORM, _answers(), language="km")[0].rows[0].value == "បាទ ចាស"
    assert parts(FORM, _answers(), language="fr")[0].rows[0].key == "Is it safe?"


def test_a_code_the_form_does_not_know_is_shown_as_it_came():
    assert parts(FORM, _answers(safe="maybe"), language="en")[0].rows[0].value == "maybe"


def test_a_form_opens_in_the_language_of_the_page_and_is_otherwise_the_same():
    text = to_xform(survey(), "invented.md").text
    khmer = opening_in(text, "Khmer (km)")
    assert read_xform(khmer.encode(), file_name="f").languages[0] == "Khmer (km)"
    assert khmer.replace(' default="true()"', "") == text.replace(' default="true()"', "")


def test_a_language_is_known_by_its_code_in_brackets_or_alone():
    assert language_named(["English (en)", "Khmer (km)"], "km") == "Khmer (km)"
    assert language_named(["en", "km"], "KM") == "km"
    assert language_named(["English (en)"], "km") is None
