import pytest

from mekhala.core.table_text import named_rows, rows_of
from mekhala.core.wrong_input import WrongInput


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(end):
    assert rows_of(f"a,b{end}1, 2 {end}", "f.csv") == [(1, ["a", "b"]), (2, ["1", "2"])]


def test_empty_rows_are_passed_over_and_still_counted():
    assert named_rows("a,b\n\n,\n1,\n", "f.csv", ["a"]) == [("f.csv: row 4", {"a": "1", "b": ""})]


def test_a_short_row_is_filled_and_a_long_one_refused():
    assert named_rows("a,b\n1\n", "f.csv", [])[0][1] == {"a": "1", "b": ""}
    assert named_rows("a,b\n1,2,,\n", "f.csv", [])[0][1] == {"a": "1", "b": "2"}
    with pytest.raises(WrongInput, match="row 2: has more cells"):
        named_rows("a,b\n1,2,3\n", "f.csv", [])


def test_what_is_not_csv_is_refused_in_words():
    with pytest.raises(WrongInput, match="cannot be read as CSV"):
        rows_of('"' + "x" * 200_000 + '"', "f.csv")


@pytest.mark.parametrize("end", ["", "\n", "\n7,8"])
def test_a_quote_that_is_not_closed_swallows_no_rows(end):
    with pytest.raises(WrongInput, match="row 3: has a quote that is not closed"):
        rows_of(f'a,b\n"1\n2",x\n"3,4\n5,6{end}', "f.csv")
