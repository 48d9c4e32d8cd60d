"""Agencies' files, wrong ones too: every row is accepted or kept apart, and says why."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.matching.mapping import read_mapping, same_names, shipped
from mekhala.core.matching.taking.files import Given, found_table, survey
from mekhala.core.matching.taking.judging import REASONS, UNREAD, WHAT_TO_DO
from mekhala.core.matching.taking.proposing import left_out, proposed
from mekhala.core.wrong_input import WrongInput

HEADER = "record_id,full_name,sex,birth_date,phone\n"


def as_given(content, name="list.csv"):
    raw = content.encode() if isinstance(content, str) else content
    return Given(open=lambda: io.BytesIO(raw), name=name)


def judged(content, mapping=None, source="police"):
    found = survey(found_table(as_given(content), mapping or same_names()))
    rows = list(found.judged(source))
    assert len(rows) == found.rows
    return rows


def why(content, mapping=None):
    """Return the reason of each row, "" where it is accepted."""
    return [row.reason for row in judged(content, mapping)]


def book(fill, **sheets):
    """Return a workbook as bytes; ``fill`` gets its first sheet, ``sheets`` are title: state."""
    from openpyxl import Workbook

    made, out = Workbook(), io.BytesIO()
    for title, state in sheets.items():
        made.create_sheet(title).sheet_state = state
    fill(made.active)
    made.save(out)
    return out.getvalue()


def test_a_column_that_is_missing_is_named_as_the_sender_calls_it():
    with pytest.raises(WrongInput, match=r"list\.csv: row 1: has no column Case No; expected"):
        judged("Name,Sex\nSrey Mom,F\n", shipped()["moi"])


def test_a_missing_column_is_told_with_every_name_it_may_have():
    with pytest.raises(WrongInput, match="Worker ID, or Worker No, OCWC No"):
        judged("Worker Name,Sex\nSrey Mom,F\n", shipped()["molvt"])


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n1 0 obj", b"\x89PNG\r\n\x1a\n\0\0", b"a\0b,c\n1,2\n"]
)
def test_a_file_of_another_type_is_refused_as_such(content):
    with pytest.raises(WrongInput, match=r"is neither CSV nor \.xlsx"):
        judged(content)


@pytest.mark.parametrize("mark", ["# mekhala tokens {}", "\ufeff# mekhala pair numbers {}"])
def test_tokens_and_pair_numbers_are_not_taken_for_records(mark):
    with pytest.raises(WrongInput, match="--tokens or --pairs"):
        judged(f"{mark}\nrecord_id,source,block,bits\n1,police,aa,bb\n")


@pytest.mark.parametrize("above", ["", "Invented register\n"])
def test_titles_that_stand_above_the_header_more_than_once_are_no_header(above):
    rows = judged(
        f"{above},Victim,Victim,Victim\nCase No,Victim,Sex,Age\nC1,X Y,F,30\n", shipped()["moj"]
    )
    assert [row.record["full_name"] for row in rows] == ["X Y"]


def test_a_column_that_is_there_twice_is_still_refused():
    with pytest.raises(WrongInput, match="row 1: column 'Victim' is there twice"):
        judged("Case No,Victim,Victim\nC1,X Y,Z\n", shipped()["moj"])


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#name?", "#DIV/0!", "########", "Err:502"])
def test_an_error_of_a_spreadsheet_is_nobodys_name(cell):
    rows = judged(f"{HEADER}1,{cell},f,,\n2,#1 street,f,,\n")
    assert [(row.reason, row.column) for row in rows] == [("error", "full_name"), ("", "")]


def test_each_reason_says_what_to_do():
    assert WHAT_TO_DO.keys() == REASONS.keys() | UNREAD.keys()


def test_of_two_encodings_in_one_file_each_line_stands_for_itself():
    rows = HEADER.encode() + "1,ស្រីមុំ,f,,\n".encode() + b"2,Ren\xe9,m,,\n3,Dara,m,,\n"
    assert [(row.reason, row.column) for row in judged(rows)] == [
        ("", ""), ("not_text", "full_name"), ("", ""),
    ]  # fmt: skip
    both = read_mapping(
        '[file]\nencodings = ["utf-8", "windows-1252"]\n[columns]\nrecord_id = "record_id"\n'
        'full_name = "full_name"\n', "both.toml",
    )  # fmt: skip
    assert [row.record["full_name"] for row in judged(rows, both)] == ["ស្រីមុំ", "René", "Dara"]


def test_a_file_in_utf_16_is_read_by_its_mark():
    assert judged((HEADER + "1,ស្រីមុំ,f,,\n").encode("utf-16"))[0].record["full_name"] == "ស្រីមុំ"


def test_dates_that_prove_both_orders_leave_the_year_of_those_that_prove_none():
    births = ["25/03/1991", "03/25/1992", "05/03/1993", "1994-03-05", "04/04/1995"]
    rows = judged(HEADER + "".join(f"{n},X Y,f,{b},\n" for n, b in enumerate(births)))
    assert [row.record["birth_date"] for row in rows] == [
        "1991-03-25", "1992-03-25", "1993", "1994-03-05", "1995-04-04",
    ]  # fmt: skip
    assert [row.unread for row in rows] == [(), (), (("birth_date", "order"),), (), ()]


def test_dates_are_read_by_the_one_order_they_prove_whatever_the_sender_said():
    rows = judged(HEADER + "1,X Y,f,03/25/1991,\n2,X Y,f,05/03/1991,\n")
    assert rows[1].record["birth_date"] == "1991-05-03"


@given(st.dates(date(1930, 1, 1), date(2020, 1, 1)))
def test_a_date_in_a_column_of_one_order_comes_back_as_the_day_it_was(day):
    rows = judged(HEADER + f"1,X Y,f,25/12/1990,\n2,X Y,f,{day:%d/%m/%Y},\n")
    assert rows[1].record["birth_date"] == day.isoformat()


def test_what_is_no_date_is_kept_as_text_and_told():
    [row] = judged(HEADER + "1,X Y,f,31/02/1991,\n")
    assert (row.record["birth_date"], row.unread) == ("31/02/1991", (("birth_date", "no_day"),))


@pytest.mark.parametrize("said", ["about 1991", "year of the goat", "ឆ្នាំមមែ ១៩៩១", "unknown"])
def test_words_about_a_birth_stay_as_they_were_said(said):
    [row] = judged(HEADER + f"1,X Y,f,{said},\n")
    assert (row.record["birth_date"], row.unread) == (said, ())


def test_a_file_cut_in_the_middle_of_its_last_row_says_so_of_that_row_alone():
    whole = HEADER + "".join(f"{n},X Y,f,1991,012\n" for n in range(50))
    assert why(whole[:-12]) == [""] * 49 + ["cut_off"]


def test_a_file_cut_in_the_middle_of_a_quote_says_so_of_that_row_alone():
    assert why(HEADER + '1,"X, Y",f,,\n2,"Dara\n') == ["", "quote"]


def test_a_quote_never_closed_costs_its_own_row_and_no_other():
    many = "".join(f"{n},X Y,f,,\n" for n in range(100))
    assert why(HEADER + '900,"X,f,,\n' + many) == ["quote"] + [""] * 100


def test_a_cell_may_hold_a_line_end_between_quotes():
    [row] = judged(HEADER + '1,"X\nY",f,,\n')
    assert row.record["full_name"] == "X Y"


@pytest.mark.parametrize(
    "cell", ["=1+2", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "\u200b=A1", "\uff1dA1"]
)
def test_a_formula_is_kept_apart(cell):
    assert why(HEADER + f"1,{cell},f,,\n") == ["formula"]


@pytest.mark.parametrize("phone", ["+855 12 345 678", "-", "(023) 880-880"])
def test_a_telephone_number_is_no_formula(phone):
    assert judged(HEADER + f"1,X Y,f,,{phone}\n")[0].record["phone"] == phone


def test_a_name_of_ten_thousand_characters_is_kept_apart_and_the_next_row_is_not():
    [long, after] = judged(HEADER + f"1,{'ក' * 10_000},f,,\n2,X Y,f,,\n")
    assert (long.reason, long.column, after.reason) == ("too_long", "full_name", "")


def test_zero_bytes_keep_their_row_apart():
    assert why(HEADER.encode() + b"1,X\0Y,f,,\n2,X Y,f,,\n") == ["control", ""]


def test_a_mark_at_the_front_semicolons_and_titles_above_are_no_matter():
    [row] = judged(b"\xef\xbb\xbfList of 2025;;\r\n\r\nrecord_id;full_name;sex\r\n7;X Y;f\r\n")
    assert (row.row, row.record["record_id"]) == (4, "7")


def test_a_row_longer_than_the_header_and_one_without_an_id_are_kept_apart():
    assert why(HEADER + "1,X Y,f,,,more\n,X Y,f,,\n") == ["too_many_cells", "empty"]


def test_a_record_of_another_list_is_kept_apart():
    rows = judged("record_id,source\n1,police\n2,hotline\n3,\n")
    assert [row.reason for row in rows] == ["", "other_list", ""]


def test_words_of_the_sender_become_ours():
    rows = judged("លេខរៀង,ឈ្មោះជនរងគ្រោះ,ភេទ\n១,ស្រីមុំ,ស\n", shipped()["moi"])
    assert rows[0].record["sex"] == "female"


def test_in_a_workbook_formulas_and_merged_cells_keep_their_rows_apart():
    def fill(sheet):
        for row in (
            ["record_id", "full_name", "birth_date"], [1, "Dara", date(1991, 3, 5)],
            [2, "=A1&A2", None], [3, "Sok", None], [4, None, None], [5, "Mom", None],
        ):  # fmt: skip
            sheet.append(row)
        sheet.merge_cells("B4:B5")

    content = book(fill, Hidden="hidden")
    table = found_table(as_given(content, "list.xlsx"), same_names())
    rows = list(survey(table).judged("police"))
    assert [row.reason for row in rows] == ["", "formula", "", "merged", ""]
    assert rows[0].record["birth_date"] == "1991-03-05"


def test_a_workbook_that_shows_two_sheets_asks_for_the_name_of_one():
    content = book(lambda sheet: sheet.append(["record_id"]), Other="visible")
    with pytest.raises(WrongInput, match="shows 2 sheets"):
        found_table(as_given(content, "list.xlsx"), same_names())


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", b"\n\n", b"\xff\xfe"],
)
def test_what_is_no_table_is_refused_in_one_sentence(content):
    with pytest.raises(WrongInput, match="list"):
        judged(content)


@settings(max_examples=300)
@given(st.binary(max_size=400), st.binary(max_size=200))
def test_of_any_bytes_below_a_header_every_row_is_accepted_or_kept_apart_the_same_each_time(a, b):
    content = HEADER.encode() + a + b"\n2,X Y,f,,\n" + b
    rows = judged(content)
    assert all((row.record is None) == bool(row.reason) for row in rows)
    numbers = [row.row for row in rows]
    assert numbers == sorted(set(numbers))
    assert rows == judged(content)


@settings(max_examples=200)
@given(st.text(st.sampled_from('",;\n\r=a1\t '), max_size=120))
def test_whatever_the_quotes_do_a_whole_row_after_fifty_lines_is_accepted(noise):
    good = "".join(f"{n},X Y,f,,\n" for n in range(60))
    rows = judged(HEADER + noise + "\n" + good)
    assert rows[-1].record is not None
    assert rows[-1].record["record_id"] == "59"


def test_a_mapping_is_proposed_for_a_header_nobody_mapped():
    given = as_given("No.;Client name;Gender;Story\n1;X Y;F;long\n")
    mapping = proposed(given)
    assert dict(mapping.columns) == {
        "record_id": ("No.",), "full_name": ("Client name",), "sex": ("Gender",),
    }  # fmt: skip
    assert left_out(given, mapping) == ["Story"]
    assert read_mapping(mapping.text, "again").columns == mapping.columns


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns = 1", "columns: is no table"), ("[columns]\nname = 'x'", "'name' is none of our"),
        ("x = [", "is no TOML"), ("", "columns: names none"),
        ("stage = 'guilty'\n[columns]\nsex='S'", "stage: 'guilty' is none of"),
        ("[file]\nencodings = ['rot13']\n[columns]\nsex='S'", "file.encodings"),
        ("[columns]\nsex = []", "columns.sex: is empty"), ("odd = 1\n[columns]\nsex='S'", "odd"),
        ("[values.sex]\nf = 1\n[columns]\nsex='S'", "values.sex"),
    ],
)  # fmt: skip
def test_a_wrong_mapping_is_refused_naming_the_key(text, said):
    with pytest.raises(WrongInput, match=r"map\.toml") as refusal:
        read_mapping(text, "map.toml")
    assert said in str(refusal.value)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_each_mapping_that_comes_with_mekhala_says_where_it_is_from_and_claims_no_check(name):
    mapping = shipped()[name]
    assert mapping.source
    assert not mapping.verified
    assert mapping.required == ("record_id",)
