from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.names.dates import BirthDate, read_birth


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1991-03-05", BirthDate(year=1991, month=3, day=5)),
        ("05/03/1991", BirthDate(year=1991, month=3, day=5)),
        ("5.3.1991", BirthDate(year=1991, month=3, day=5)),
        ("05-03-1991", BirthDate(year=1991, month=3, day=5)),
        ("1991-03", BirthDate(year=1991, month=3)),
        ("1991", BirthDate(year=1991)),
        ("about 1991", BirthDate(year=1991, about=True)),
        ("c. 1991", BirthDate(year=1991, about=True)),
        ("~1991", BirthDate(year=1991, about=True)),
        ("ប្រហែល ១៩៩១", BirthDate(year=1991, about=True)),
        ("born about year 1991", BirthDate(year=1991, about=True)),
        ("១៩៩១", BirthDate(year=1991)),
        ("០៥/០៣/១៩៩១", BirthDate(year=1991, month=3, day=5)),
        ("ឆ្នាំមមែ ១៩៩១", BirthDate(year=1991)),
        ("1991-03-05T00:00:00", BirthDate(year=1991, month=3, day=5)),
        (" 1991\u200b ", BirthDate(year=1991)),
    ],
)
def test_reads_dates_as_agencies_write_them(text, read):
    assert read_birth(text) == read


@pytest.mark.parametrize(
    "text",
    [None, "", "unknown", "year of the goat", "ឆ្នាំមមែ", "91", "05/03/91", "31/02/1991",
     "03/25/1991", "1991-13-01",
     "1801", "2534", "1991 or 1992", "1990-1995", "05/03-1991", "about"],
)  # fmt: skip
def test_what_cannot_be_read_is_unknown(text):
    assert read_birth(text) is None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_both_forms(day):
    assert read_birth(day.isoformat()) == read_birth(day.strftime("%d/%m/%Y"))
    assert read_birth(day.isoformat()) == BirthDate(year=day.year, month=day.month, day=day.day)


@given(st.text(max_size=20))
def test_nothing_that_is_written_makes_it_fail(text):
    read = read_birth(text)

    assert read is None or 1900 <= read.year <= 2099
