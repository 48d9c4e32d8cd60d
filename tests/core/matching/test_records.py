import pytest

from mekhala.core.matching.records import COLUMNS, read_records
from mekhala.core.wrong_input import WrongInput


def test_every_column_is_there_and_what_is_not_written_is_empty():
    [record] = read_records("source,record_id,full_name,colour\npolice, 7 ,Sok Dara,red\n", "r.csv")

    assert set(record) == set(COLUMNS)
    assert (record["record_id"], record["full_name"], record["sex"]) == ("7", "Sok Dara", "")


def test_a_record_cannot_be_changed():
    [record] = read_records("source,record_id\npolice,7\n")

    with pytest.raises(TypeError):
        record["sex"] = "female"


def test_two_sources_may_use_one_number():
    assert len(read_records("source,record_id\npolice,7\nngo,7\n")) == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "r.csv: row 1: has no column record_id"),
        ("record_id\n1\n", "r.csv: row 1: has no column source"),
        ("record_id,source\n", "r.csv: holds no records"),
        ("record_id,source\n,police\n", "r.csv: row 2, column record_id: is empty"),
        ("record_id,source\n1,\n", "r.csv: row 2, column source: is empty"),
        ("record_id,source\n1,a\n1,a\n", "r.csv: row 3, column record_id: '1' of a is there twice"),
        ("record_id,source\n1,a,b\n", "r.csv: row 2: has more cells than the header"),
        ("record_id,source,sex,sex\n1,a,f,f\n", "r.csv: row 1: column sex is there twice"),
    ],
)
def test_refuses_what_cannot_be_read_naming_row_and_column(text, complaint):
    with pytest.raises(WrongInput) as refusal:
        read_records(text, "r.csv")

    assert complaint in str(refusal.value)
