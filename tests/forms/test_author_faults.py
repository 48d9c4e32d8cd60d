"""Every fault of a form is told at once, where it stands: sheet, row and heading of the column."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.wrong_input import WrongInput
from mekhala.forms.convert import to_xform
from mekhala.forms.faults import FaultyForm

HEAD = ["type", "name", "label::English (en)", "relevant", "constraint", "parameters"]
CHOICES = [["list_name", "name", "label::English (en)"], ["answer", "yes", "Yes"]]
GOOD = ["text", "a", "A"]


def _book(survey, choices=CHOICES, settings=None, head=HEAD):
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheets = {"survey": [head, *survey], "choices": choices, "settings": settings or []}
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(out)
    return out.getvalue()


def _faults(content, name="mine.xlsx"):
    with pytest.raises(FaultyForm) as refused:
        to_xform(content, name)
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([GOOD, ["txet", "b", "B"]],
         "row 3, column “type”: “txet” is no type of question; the nearest is “text”"),
        ([GOOD, ["selcet_one what_was_seen", "b", "B"]],
         "“selcet_one what_was_seen” is no type of question; the nearest is “select_one”"),
        ([GOOD, [None, "b", "B"]], "row 3, column “type”: the row has a name and no type"),
        ([GOOD, ["text", None, "B"]], "row 3, column “name”: the question or group has no name"),
        ([["text", "a b", "A"]], "row 2, column “name”: “a b” is no name; expected a letter"),
        ([GOOD, GOOD], "row 3, column “name”: “a” is used in row 2 of the same group already"),
        ([["begin_group", "g", "G"], GOOD],
         "row 2, column “type”: the group begins here and is never ended"),
        ([GOOD, ["end_group", None, None]], "row 3, column “type”: ends a group, and none is open"),
        ([["begin_group", "g", "G"], GOOD, ["end_repeat", None, None]],
         "row 4, column “type”: ends a repeat where a group of row 2 is open"),
        ([["select_one answr", "a", "A"]],
         "row 2, column “type”: “answr” is no list on the sheet “choices”; the nearest is"),
        ([["select_one", "a", "A"]], "row 2, column “type”: no list named behind the type"),
        ([["text", "safe", "A"], ["text", "b", "B", "${saef} = 'yes'"]],
         "row 3, column “relevant”: ${saef} names no question of this form; the nearest is “${s"),
        ([["integer", "a", "A", None, ". >> 3"]],
         "row 2, column “constraint”: the expression is not well formed near “>”"),
        ([["range", "a", "A", None, None, "begin=1"]], "row 2, column “parameters”: “begin” is"),
        ([["text", "a"]], "row 2, column “label”: the question “a” has no words"),
        ([["text", "meta", "A"]], "row 2, column “name”: “meta” is kept for the form itself"),
    ],
)  # fmt: skip
def test_a_fault_on_the_survey_sheet_is_told_in_its_place(rows, said):
    assert [said in fault for fault in _faults(_book(rows))] == [True]


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ([*CHOICES, ["answer", None, "No"]], "row 3, column “name”: the choice has no name"),
        ([*CHOICES, ["answer", "yes", "No"]],
         "row 3, column “name”: the list “answer” has “yes” already"),
        ([["list_name", "label"], ["answer", "Yes"]], "row 1: no column “name”"),
    ],
)  # fmt: skip
def test_a_fault_on_the_choices_sheet_is_told_in_its_place(choices, said):
    found = _faults(_book([["select_one answer", "a", "A"]], choices))
    assert found[0].startswith("sheet “choices”, ")
    assert said in found[0]


def test_a_choice_with_a_space_cannot_stand_beside_others():
    choices = [*CHOICES, ["answer", "not known", "Not known"]]
    found = _faults(_book([["select_multiple answer", "a", "A"]], choices))
    assert "“not known” holds a space, which parts two answers" in found[0]


def test_empty_rows_count_as_the_spreadsheet_counts_them():
    found = _faults(_book([GOOD, [], [], ["txt", "b", "B"]]))
    assert found[0].startswith("sheet “survey”, row 5, column “type”")


def test_all_faults_are_found_at_once_and_the_sentence_tells_how_many():
    broken = _book([["txt", "a", "A"], ["text", "b", "B", "${z} = 1"], ["text", "b", "C"]])
    assert len(_faults(broken)) == 3
    with pytest.raises(WrongInput, match=r"^mine.xlsx: sheet .*\(and 2 more\)\.$"):
        to_xform(broken, "mine.xlsx")


def test_a_heading_that_stands_twice_is_told():
    said = _faults(_book([GOOD], head=["type", "name", "label", "label"]))
    assert said == ["row 1: two columns of one sheet have the heading “label”; keep one"]


def test_a_column_is_named_as_its_author_wrote_it():
    book = _book([GOOD, ["text", "b", "B", "${zz}"]], head=["type", "name", "label", "Relevance"])
    assert "column “Relevance”" in _faults(book)[0]


@pytest.mark.parametrize(
    ("relevant", "said"),
    [
        ("age > 5", "row 3, column “relevant”: “age” stands alone; an answer is asked for as “${a"),
        ("${age} = 5 and Age = 6", "“Age” stands alone; a word is written in quotes, as “'Age'”"),
        ("${safe} = yes", "“yes” stands alone; a word is written in quotes, as “'yes'”"),
        ("if(${age} > 5, ‘a’, b) = 'a'", "“b” stands alone; a word is written in quotes"),
    ],
)  # fmt: skip
def test_a_name_without_its_sign_and_a_word_without_quotes_are_told(relevant, said):
    """Phones read either as a path to nothing: the question would never be asked."""
    rows = [["integer", "age", "A"], ["text", "b2", "B", relevant], ["text", "safe", "S"]]
    (found,) = _faults(_book(rows))
    assert said in found


@pytest.mark.parametrize("required", ["yes", "TRUE", "true()", "no", "False", "${age} > 5"])
def test_what_must_be_answered_is_a_yes_a_no_or_an_expression(required):
    head = ["type", "name", "label::English (en)", "required"]
    rows = [["integer", "age", "A"], ["text", "b", "B", required]]
    assert to_xform(_book(rows, head=head), "mine.xlsx")
    rows[1][-1] = "maybe"
    assert "row 3, column “required”: “maybe” stands alone" in _faults(_book(rows, head=head))[0]


def test_what_a_word_processor_made_of_quotes_is_no_fault():
    form = to_xform(_book([GOOD, ["text", "b", "B", "${a} = ‘yes’"]]), "mine.xlsx").form
    assert form.asked == 2


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("relevnt", "“relevnt” is no column of a form; the nearest is “relevant”"),
        ("Constraint mesage", "the nearest is “constraint_message”"),
        ("hnt::Khmer (km)", "the nearest is “hint”"),
        ("requird", "the nearest is “required”"),
    ],
)
def test_a_heading_that_is_misspelt_is_told_and_not_passed_over(heading, said):
    head = ["type", "name", "label::English (en)", heading]
    (found,) = _faults(_book([["text", "a", "A", "1 = 1"]], head=head))
    assert found.startswith(f"sheet “survey”, row 1, column “{heading}”: ")
    assert said in found


@pytest.mark.parametrize(
    "heading", ["notes", "comment", "who asked for it", "guidance_hint", "instance::x",
                "bind::jr:preload", "body::accuracyThreshold", "audio::English (en)", "trigger",
                "media::image::English (en)", "disabled"],
)  # fmt: skip
def test_a_column_of_the_authors_own_is_left_alone(heading):
    head = ["type", "name", "label::English (en)", heading]
    assert to_xform(_book([GOOD, ["text", "b", "B"]], head=head), "mine.xlsx").form.asked == 2


@pytest.mark.parametrize(
    ("sheet", "near"), [("setings", "settings"), ("Choises", "choices"), ("choice", "choices")]
)
def test_a_sheet_that_is_misspelt_is_told_and_not_passed_over(sheet, near):
    book, out = openpyxl.load_workbook(io.BytesIO(_book([GOOD], choices=[]))), io.BytesIO()
    del book[near]
    book.create_sheet(sheet).append(["form_id", "version"])
    book.save(out)

    assert _faults(out.getvalue()) == [
        f"sheet “{sheet}”: no form is read from a sheet of this name; the nearest is “{near}”"
    ]


def test_the_language_shown_first_must_be_one_of_the_form():
    settings = [["form_id", "default_language"], ["mine", "Kmer (km)"]]
    head = ["type", "name", "label::English (en)", "label::Khmer (km)"]
    found = _faults(_book([["text", "a", "A", "ក"]], settings=settings, head=head))
    assert found == [
        "sheet “settings”, row 2, column “default_language”: “Kmer (km)” is no language of this "
        "form; the nearest is “Khmer (km)”"
    ]


@pytest.mark.parametrize(
    ("filter_", "said"),
    [
        ("provnce = ${a}", "“provnce” is no column of the sheet “choices”; the nearest is “prov"),
        ("${a} != '' and area = 'x'", "“area” is no column of the sheet “choices”"),
    ],
)
def test_a_filter_of_choices_names_a_column_of_theirs(filter_, said):
    (found,) = _faults(_filtered(filter_))
    assert found.startswith("sheet “survey”, row 3, column “choice_filter”: ")
    assert said in found


@pytest.mark.parametrize(
    "filter_", ["province = ${a}", "name != 'x'", "selected(${a}, province) or not(province div 2)",
                "position(..) = 1", "true()", "instance('place')/root/item[area = 1]/name = name"],
)  # fmt: skip
def test_a_filter_by_a_column_that_is_there_is_no_fault(filter_):
    assert to_xform(_filtered(filter_), "mine.xlsx").form.asked == 2


def _filtered(filter_):
    head = ["type", "name", "label", "choice_filter"]
    rows = [["text", "a", "A"], ["select_one place", "b", "B", filter_]]
    choices = [["list_name", "name", "label", "province"], ["place", "p1", "One", "12"]]
    return _book(rows, choices, head=head)


def test_sheets_are_told_where_none_is_the_survey(shared):
    path = shared / "data" / "forms" / "no_survey_sheet.xlsx"
    with pytest.raises(WrongInput, match=r"no rows on a sheet “survey”.*“main”.*“S2_repeat”"):
        to_xform(path.read_bytes(), path.name)


CELLS = st.sampled_from(
    ["", "text", "begin_group", "end_repeat", "select_one answer", "select_one", "${a}", "${", "a",
     "a b", ".", "1", "ក", "range", "note", "calculate", "or", "(((", "select_one_from_file x.csv",
     "begin_repeat", "jr://images/x", "%s %(x)s", "{0}", "</h:html>"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=5))
def test_whatever_stands_in_the_cells_a_form_comes_out_or_a_sentence(rows):
    try:
        assert to_xform(_book(rows), "mine.xlsx").form.form_id == "mine"
    except WrongInput as refusal:
        said = str(refusal)
        assert said.startswith("mine.xlsx: ")
        assert "\n" not in said
        assert "could not be converted" not in said
