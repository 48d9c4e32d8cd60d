import pytest

from mekhala.core.estimation.tables import from_counts, read_overlaps
from mekhala.core.wrong_input import WrongInput


def test_counted_rows_of_one_history_are_added_up():
    table = read_overlaps("police,ngo,count\n1,0,4\n0,1,3\n1,1,2\n1,0,5\n", "a.csv")

    assert dict(zip(table.histories, table.counts, strict=True)) == {
        (1, 0): 9,
        (0, 1): 3,
        (1, 1): 2,
    }
    assert table.observed == 14


def test_one_row_per_person_is_counted_to_the_same_table():
    counted = read_overlaps("a,b,count\n1,0,2\n1,1,1\n", "a.csv")
    people = read_overlaps("a,b\n1,0\n1,1\n1,0\n\n", "a.csv")

    assert counted == people


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "l.csv: is empty; expected a header of list names and rows of 0 and 1"),
        ("a,b,count\n1,2,4\n", "l.csv: row 2, column b: '2' is neither 0 nor 1"),
        ("a,b,count\n1,,4\n", "l.csv: row 2, column b: '' is neither 0 nor 1"),
        ("a,b,count\n1,1,-4\n", "row 2, column count: '-4' is not a whole number"),
        ("a,b,count\n1,1,1.5\n", "row 2, column count: '1.5' is not a whole number"),
        ("a,b,count\n1,1,4\n0,0,3\n", "l.csv: row 3: is on no list"),
        ("a,a,count\n1,1,4\n", "row 1, column 2: list 'a' is named twice"),
        ("a,,count\n1,1,4\n", "row 1, column 2: has no name"),
        ("a,count,b\n1,1,1\n", "row 1, column 2: `count` must be the last column"),
        ("a,b,count\n", "l.csv: holds no people"),
        ("a,b,count\n1,1,0\n", "l.csv: holds no people"),
        ("a,count\n1,1\n", "row 1: names 1 lists; expected 2 to 10"),
        ("a,b,count\n1,1\n", "row 2: has 2 columns; expected 3"),
    ],
)
def test_refuses_what_cannot_be_a_table_naming_row_and_column(text, complaint):
    with pytest.raises(WrongInput) as refusal:
        read_overlaps(text, "l.csv")

    assert complaint in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_the_hash_of_the_data_does_not_depend_on_the_order_of_rows_or_columns():
    one = from_counts(("a", "b"), {(1, 0): 3, (0, 1): 4, (1, 1): 2})
    other = from_counts(("b", "a"), {(1, 1): 2, (0, 1): 3, (1, 0): 4})

    assert one.data_hash() == other.data_hash()
    assert one.data_hash() != from_counts(("a", "b"), {(1, 0): 3}).data_hash()
