"""Two versions of a form are compared in words, and it is said whether old answers still fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.forms.convert import to_xform
from mekhala.forms.difference import _longest_in_order, differences
from mekhala.forms.instruments import INSTRUMENTS, instrument_text

ROWS = (
    "| survey |\n"
    "| | type | name | label::English (en) | label::Khmer (km) | relevant | constraint "
    "| required |\n"
    "| | select_one answer | safe | Is it safe? | ក | | | |\n"
    "| | integer | age | How old? | ខ | ${safe} = 'yes' | . < 120 | |\n"
    "| | text | place | Where? | គ | | | |\n"
    "| | begin_group | more | More | ឃ | | | |\n"
    "| | text | words | Anything else? | ង | | | |\n"
    "| | end_group | | | | | | |\n"
    "| choices |\n| | list_name | name | label::English (en) | label::Khmer (km) |\n"
    "| | answer | yes | Yes | បាទ |\n| | answer | no | No | ទេ |\n"
)
PLACE = "| | text | place | Where? | គ | | | |\n"


def _form(text=ROWS):
    return to_xform(text.encode(), "mine.md").form


def _changes(*changes):
    text = ROWS
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    found = differences(_form(), _form(text), page_language="en")
    return [(change.words, change.fits) for change in found]


@pytest.mark.parametrize(
    ("before", "after", "words", "fits"),
    [
        (PLACE, "", "Question removed: “Where?” (place)", False),
        (PLACE, PLACE + "| | text | new | New? | ច | | | |\n",
         "Question added: “New?” (new)", True),
        (PLACE, PLACE + "| | text | new | New? | ច | | | yes |\n",
         "Question added, must be answered: “New?” (new)", False),
        ("Is it safe?", "Are you safe?",
         "Words of safe in English (en): “Is it safe?” is now “Are you safe?”", True),
        ("| ខ |", "| ឆ |", "Words of age in Khmer (km): “ខ” is now “ឆ”", True),
        ("| | answer | no | No | ទេ |\n", "",
         "Choice removed from “Is it safe?”: “No” (no)", False),
        ("| | answer | no |", "| | answer | maybe | Maybe | ជ |\n| | answer | no |",
         "Choice added to “Is it safe?”: “Maybe” (maybe)", True),
        ("| No |", "| Nay |", "Choice “no” of safe in English (en): “No” is now “Nay”", True),
        ("${safe} = 'yes'", "", "Asked only if, “How old?”: “Is it safe?” is “Yes” before, "
         "now no rule", True),
        (". < 120", ". < 90", "The answer must fit, “How old?”: the answer is less than 120 "
         "before, now the answer is less than 90", False),
        (". < 120", "", "The answer must fit, “How old?”: the answer is less than 120 before, "
         "now no rule", True),
        ("text | place", "integer | place",
         "“Where?” asks for something else: Words before, now A whole number", False),
        ("integer | age", "text | age",
         "“How old?” asks for something else: A whole number before, now Words", True),
    ],
)  # fmt: skip
def test_one_change_is_told_once_and_whether_answers_still_fit(before, after, words, fits):
    assert _changes((before, after)) == [(words, fits)]


def test_a_question_that_went_into_a_group_has_moved():
    group = "| | begin_group | more | More | ឃ | | | |\n"
    assert _changes((PLACE, ""), (group, group + PLACE)) == [
        ("“Where?” moved from place to more/place", False)
    ]


def test_of_questions_in_another_order_only_those_are_told_that_moved():
    group = "| | begin_group | more | More | ឃ | | | |\n"
    first = "| | select_one answer | safe | Is it safe? | ក | | | |\n"
    assert _changes((first, ""), (group, first + group)) == [
        ("“Is it safe?” stands in another place", True)
    ]


def test_a_language_that_came_or_went_is_told():
    assert _changes(("Khmer (km)", "Thai (th)")) == [
        ("Language added: Thai (th)", True), ("Language removed: Khmer (km)", True),
    ]  # fmt: skip


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_a_form_does_not_differ_from_itself(name):
    form = to_xform(instrument_text(name).encode(), f"{name}.md").form
    assert differences(form, form, page_language="km") == []


@pytest.mark.parametrize("name", ["RMS_CAPI_v3.xlsx", "xlsform_spec_test.xlsx", "all-widgets.xml"])
def test_a_real_form_does_not_differ_from_itself(shared, name):
    content = (shared / "data" / "forms" / name).read_bytes()
    form, same = to_xform(content, name).form, to_xform(content, name).form
    assert differences(form, same, page_language="en") == []


def test_two_forms_with_nothing_in_common_are_told_whole(shared):
    content = (shared / "data" / "forms" / "htcds_xlsform.xlsx").read_bytes()
    other = to_xform(content, "htcds_xlsform.xlsx").form
    kinds = {change.kind for change in differences(_form(), other, page_language="en")}
    assert {"added", "removed", "language"} <= kinds


@given(st.permutations(range(8)))
def test_what_stays_is_in_order_and_no_longer_run_is_left_out(places):
    stay = sorted(_longest_in_order(places))
    kept = [places[n] for n in stay]
    assert kept == sorted(kept)
    longest = [1] * len(places)
    for n, place in enumerate(places):
        longest[n] = 1 + max((longest[m] for m in range(n) if places[m] < place), default=0)
    assert len(kept) == max(longest)
