"""A form is read in every language with its rules in words; what is missing is shown."""

import pytest

from mekhala.forms.convert import to_xform
from mekhala.forms.gaps import gaps, languages_without_code
from mekhala.forms.instruments import INSTRUMENTS, instrument_text
from mekhala.forms.preview import preview
from tests.builders_forms import survey

HEAD = (
    "| survey |\n| | type | name | label::English (en) | label::Khmer (km) | relevant | constraint "
    "| calculation | required |\n"
)
ANSWERS = """| choices |
| | list_name | name | label::English (en) | label::Khmer (km) |
| | answer | yes | Yes | បាទ |
| | answer | no | No | ទេ |
"""
ASKED = """| | select_one answer | safe | Is it safe? | ក | | | | |
| | select_multiple answer | needs | Which? | ខ | | | | |
| | integer | age | How old? | គ | | | | |
"""


def _form(rows, choices=ANSWERS, head=HEAD):
    return to_xform((head + rows + choices).encode(), "mine.md").form


def _rule(column, expression):
    at = {"relevant": "| {} | | | |", "constraint": "| | {} | | |", "calculation": "| | | {} | |",
          "required": "| | | | {} |"}  # fmt: skip
    row = "| | integer | last | Last | ឃ " + at[column].format(expression) + "\n"
    shown = list(preview(_form(ASKED + row), page_language="en"))
    (entry,) = [each for each in shown if each.entry.path == "last"]
    return [(rule.words, rule.raw) for rule in entry.rules]


@pytest.mark.parametrize(
    ("column", "expression", "words"),
    [
        ("relevant", "${safe} = 'yes'", "“Is it safe?” is “Yes”"),
        ("relevant", "'yes' != ${safe}", "“Is it safe?” is not “Yes”"),
        ("relevant", "not(${safe} = 'no')", "“Is it safe?” is not “No”"),
        ("relevant", "${age} >= 18 and ${age} < 60",
         "“How old?” is at least 18 and “How old?” is less than 60"),
        ("relevant", "(${safe} = 'no' or ${age} = '') and ${age} != 3",
         "(“Is it safe?” is “No”, or “How old?” has no answer) and “How old?” is not 3"),
        ("relevant", "selected(${needs}, 'yes')", "“Which?” includes “Yes”"),
        ("relevant", "not(selected(${needs}, 'yes'))", "“Which?” does not include “Yes”"),
        ("relevant", "not(${age} < 18)", "not (“How old?” is less than 18)"),
        ("relevant", "count-selected(${needs}) > 1",
         "the number of choices taken in “Which?” is more than 1"),
        ("constraint", ". >= 0 and . <= 120",
         "the answer is at least 0 and the answer is at most 120"),
        ("constraint", ". <= today()", "the answer is at most today"),
        ("constraint", "string-length(.) = 9", "the number of characters of the answer is 9"),
        ("calculation", "${age} * 2 + 1", "“How old?” × 2 + 1"),
        ("calculation", "if(${safe} = 'yes', 1, -1)",
         "1 if “Is it safe?” is “Yes”, otherwise -1"),
        ("required", "yes", "Must be given"),
        ("required", "${age} > 5", "“How old?” is more than 5"),
    ],
)  # fmt: skip
def test_a_rule_is_said_with_the_forms_own_words(column, expression, words):
    assert _rule(column, expression) == [(words, "")]


def test_what_has_no_plain_wording_is_shown_as_it_is_written():
    ((words, raw),) = _rule("relevant", "indexed-repeat(${age}, ${safe}, 1) = 3")
    assert words == ""
    assert "indexed-repeat" in raw


def test_every_language_stands_side_by_side_and_one_alone_where_asked():
    form = to_xform(survey(), "invented.md").form
    (hello, *_rest) = preview(form, page_language="en")
    assert [(s.code, s.words) for s in hello.said] == [("en", "Hello"), ("km", "សួស្តី")]
    (hello, *_rest) = preview(form, page_language="en", only="Khmer (km)")
    assert [s.words for s in hello.said] == ["សួស្តី"]


def test_groups_and_repeats_are_told_with_what_stands_in_them():
    form = to_xform(survey(), "invented.md").form
    shown = {s.entry.path: (s.kind, s.entry.depth) for s in preview(form, page_language="en")}
    assert shown["child"] == ("Questions asked several times", 0)
    assert shown["child/age"] == ("A whole number", 1)


def test_every_missing_text_is_named_with_its_language():
    rows = "| | select_one answer | safe | Is it safe? | | | | | |\n| | note | n | | ក | | | | |\n"
    choices = ANSWERS.replace("| No | ទេ |", "| No | |")
    found = [str(gap) for gap in gaps(_form(rows, choices))]
    assert found == [
        "question “safe”: no label in Khmer (km)",
        "question “safe”: no label of the choice “no” in Khmer (km)",
        "question “n”: no label in English (en)",
    ]


def test_a_message_written_once_is_a_gap_of_a_form_with_languages():
    head = HEAD.replace("required", "constraint_message")
    row = "| | integer | age | How old? | គ | | . > 0 | | More than 0 |\n"
    found = [str(gap) for gap in gaps(_form(row, head=head))]
    assert found == ["question “age”: the constraint message is written once, in no named language"]


def test_languages_are_named_with_their_codes():
    form = to_xform(survey().replace(b"Khmer (km)", b"Khmer"), "invented.md").form
    assert languages_without_code(form) == ["Khmer"]


SUMS = ("join(", "string-length(translate(", "count(")


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_the_shipped_forms_have_no_gap_and_every_rule_in_words(name):
    form = to_xform(instrument_text(name).encode(), f"{name}.md").form
    assert gaps(form) == languages_without_code(form) == []
    rules = [rule for seen in preview(form, page_language="km") for rule in seen.rules]
    asked = [rule.raw for rule in rules if rule.raw and not rule.raw.startswith(SUMS)]
    assert not asked  # how a list is counted is a formula, shown as it is written


@pytest.mark.parametrize(
    ("name", "entries", "sayable"),
    [("RMS_CAPI_v3.xlsx", 381, 0.9), ("xlsform_spec_test.xlsx", 47, 0.9), ("widgets.xls", 40, 0.9),
     ("all-widgets.xml", 83, 0.9), ("htcds_xlsform.xlsx", 32, 0.9)],
)  # fmt: skip
def test_real_forms_are_read_and_most_of_their_rules_said(shared, name, entries, sayable):
    form = to_xform((shared / "data" / "forms" / name).read_bytes(), name).form
    shown = list(preview(form, page_language="en"))
    rules = [rule for each in shown for rule in each.rules]
    assert len(shown) == entries
    assert sum(not rule.raw for rule in rules) >= sayable * len(rules)
