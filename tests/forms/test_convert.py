"""Real forms come in; a broken one is refused in a sentence its author can act on."""

import io
import zipfile

import openpyxl
import pytest

from mekhala.core.wrong_input import WrongInput
from mekhala.forms.convert import to_xform
from mekhala.forms.instruments import INSTRUMENTS, instrument_text
from mekhala.forms.loops import references
from tests.builders_forms import survey

FOUR = {"English (en)", "Khmer (km)", "Vietnamese (vi)", "Thai (th)"}


def _real(shared, name):
    return to_xform((shared / "data" / "forms" / name).read_bytes(), name).form


def _refusal(content, name="mine.md"):
    with pytest.raises(WrongInput) as refused:
        to_xform(content, name)
    said = str(refused.value)
    assert said.startswith(f"{name}: ")
    assert said.endswith(".")
    assert "\n" not in said
    return said


def _rows(*rows):
    head = "| survey |\n| | type | name | label | relevant |\n"
    return (head + "".join(f"| | {row} |\n" for row in rows)).encode()


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_our_own_forms_convert_in_four_languages(name):
    form = to_xform(instrument_text(name).encode(), f"{name}.md").form
    assert form.form_id == name
    assert set(form.languages) == FOUR
    assert form.asked >= (4 if name == "find_help" else 10)  # a search asks little


def test_the_survey_of_displacement_comes_in_with_four_languages(shared):
    form = _real(shared, "RMS_CAPI_v3.xlsx")
    assert (form.form_id, form.version) == ("RMS_CAPI_v3", "")
    assert form.languages == ["English (en)", "Español (es)", "Français (fr)", "العربية (ar)"]
    assert (len(form.questions), form.asked) == (269, 237)
    assert form.repeats == {"S2_repeat", "Part1/rpt_hhmnames", "Part1/S1"}


def test_the_trafficking_case_form_comes_in(shared):
    form = _real(shared, "htcds_xlsform.xlsx")
    assert (form.form_id, form.version) == ("htcds_xlsform", "vSmt4GQA3C9uBMLPEVfgND")
    assert form.questions[0].choices["TRUE"] == {"": "Yes"}


@pytest.mark.parametrize("name", ["all-widgets.xml", "xlsform_spec_test.xlsx", "widgets.xls"])
def test_forms_with_every_kind_of_question_come_in(shared, name):
    assert _real(shared, name).asked > 25


def test_an_xform_is_handed_out_exactly_as_it_came(shared):
    content = (shared / "data" / "forms" / "all-widgets.xml").read_bytes()
    assert to_xform(content, "all-widgets.xml").text.encode() == content


def test_a_workbook_without_a_survey_sheet_is_refused_in_words(shared):
    path = shared / "data" / "forms" / "no_survey_sheet.xlsx"
    assert "survey" in _refusal(path.read_bytes(), path.name)


def test_an_expression_on_a_question_that_is_not_there_names_sheet_row_and_column():
    said = _refusal(_rows("text | a | A | ", "text | b | B | ${none} = 1"))
    assert "sheet “survey”, row 3, column “relevant”: ${none} names no question" in said


def test_a_malformed_expression_names_row_and_column():
    said = _refusal(_rows("text | a | A | ", "text | b | B | ${a} = = 1"))
    assert "row 3, column “relevant”: the expression is not well formed near “=”" in said


def test_a_function_no_phone_knows_names_row_and_column_and_the_nearest():
    said = _refusal(_rows("text | a | A | ", "text | b | B | slected(${a}, 'x') or (${a} = 'y')"))
    assert "row 3, column “relevant”: “slected()” is no function of forms" in said
    assert "the nearest is “selected()”" in said
    to_xform(
        _rows("text | a | A | ", "text | b | B | not(selected(${a}, 'x')) and (1 = 1)"), "f.md"
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [(["text | a | A | ${b} = 1", "text | b | B | ${c} = 1", "text | c | C | ${a} = 1"],
      "row 2, column “relevant”: “a” depends on itself: a, b, c, a"),
     (["text | a | A | . = 1"], "row 2, column “relevant”: “a” depends on itself: a, a"),
     (["begin_group | g | G | ${a} = 1", "text | a | A | ", "end_group | | | "],
      "row 2, column “relevant”: “g” depends on itself: g, a, g")],
)  # fmt: skip
def test_what_depends_on_itself_is_told_with_the_way_it_takes(rows, said):
    assert said in _refusal(_rows(*rows))


def test_a_value_kept_once_and_a_running_total_depend_on_nothing_but_what_was_before():
    head = "| survey |\n| | type | name | label | calculation |\n"
    kept = "| | text | a | A | |\n| | calculate | b | | if(${b} = '', ${a}, ${b}) |\n"
    total = (
        "| | begin_repeat | r | R | |\n| | integer | n | N | |\n| | calculate | sum | |"
        " ${n} + coalesce(/data/r[position() = position(current()/..) - 1]/last, 0) |\n"
        "| | calculate | last | | ${sum} |\n| | end_repeat | | | |\n"
    )
    to_xform((head + kept + total).encode(), "f.md")


def test_what_a_condition_within_a_condition_asks_of_a_list_is_no_question_of_the_form():
    said = "instance('l')/root/item[../a[../b = 1] = 2]/x + current()/../c + ../d[1] + /data/e"
    assert set(references(said, here="b", root="data")) == {"c", "e"}


def test_an_unknown_type_names_sheet_and_row():
    assert "sheet “survey”, row 3, column “type”: “no_such” is no type of question" in _refusal(
        _rows("text | a | A | ", "no_such | b | B | ")
    )


@pytest.mark.parametrize(
    "rows",
    [["begin_group | g | G | "], ["text | a b | A | "], ["text | a | A | ", "text | a | A | "],
     ["select_one none | a | A | "], ["text | | A | "], ["text | a | | "]],
)  # fmt: skip
def test_whatever_is_wrong_is_said_in_one_sentence(rows):
    assert "sheet" in _refusal(_rows(*rows))


def _workbook(**sheets):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(out)
    return out.getvalue()


def test_a_workbook_without_settings_takes_its_id_from_the_file_name():
    content = _workbook(
        survey=[["type", "name", "label"], ["text", "a", "A"]], choices=[["list_name"]]
    )
    assert to_xform(content, "my form (2).xlsx").form.form_id == "my_form_2_"


def test_a_workbook_cut_off_in_the_middle_is_refused():
    whole = _workbook(survey=[["type", "name", "label"], ["text", "a", "A"]])
    assert "broken" in _refusal(whole[: len(whole) // 2], "cut.xlsx")


def test_a_workbook_that_unpacks_without_end_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (51 * 1024 * 1024))
    assert "50 MB" in _refusal(out.getvalue(), "bomb.xlsx")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", b"text"), ("a.xls", b"text"), ("a.xls", b"\xd0\xcf\x11\xe0rubbish"),
     ("a.md", b"text"),
     ("a.md", b""), ("a.md", b"\xff\xfe"), ("a.pdf", b"%PDF"), ("a", b""), ("a.xml", b"<html/>"),
     ("a.xml", b'<!DOCTYPE h [<!ENTITY a "b">]><h/>'), ("a.md", b"|" * (10 * 1024 * 1024 + 1))],
)  # fmt: skip
def test_what_is_no_form_is_refused(name, content):
    _refusal(content, name)


def test_a_form_that_could_not_tell_copies_apart_is_refused():
    text = to_xform(survey(), "invented.md").text
    assert "instanceID" in _refusal(text.replace("instanceID", "other").encode(), "a.xml")
