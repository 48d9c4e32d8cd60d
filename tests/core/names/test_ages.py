"""Births as intervals of days, compared by overlap."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.names.ages import (
    Days,
    Overlap,
    compare_births,
    span_of_age,
    span_of_date,
    span_of_text,
)
from mekhala.core.names.dates import BirthDate
from mekhala.core.names.zodiac import ANIMALS, years_of
from mekhala.core.wrong_input import WrongInput

DAY = st.dates(date(1905, 1, 1), date(2090, 12, 31))
SAID = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1991-03-05", "1991-03-05", "1991-03-05"),
        ("05/03/1991", "1991-03-05", "1991-03-05"),
        ("1992-02", "1992-02-01", "1992-02-29"),
        ("1991", "1991-01-01", "1991-12-31"),
        ("about 1991", "1989-01-01", "1993-12-31"),
        ("ប្រហែល ១៩៩១", "1989-01-01", "1993-12-31"),
        ("ឆ្នាំមមែ ១៩៩១", "1991-01-01", "1991-12-31"),
        ("about 1991, year of the goat", "1991-04-13", "1992-04-14"),
        ("about 1991, year of the pig", "1989-01-01", "1993-12-31"),  # they do not fit together
        ("age 20", "2005-03-02", "2006-03-01"),
        ("អាយុ ២០ ឆ្នាំ", "2005-03-02", "2006-03-01"),
        ("about 20 years old", "2003-03-02", "2008-03-01"),
    ],
)
def test_what_is_said_of_a_birth_allows_these_days(text, first, last):
    days = Days(date.fromisoformat(first), date.fromisoformat(last))

    assert span_of_text(text, said_on=SAID).days == (days,)


@pytest.mark.parametrize(
    "text", [None, "", "unknown", "20", "age 200", "goats", "31/02/1991", "age"]
)
def test_what_cannot_be_read_is_unknown(text):
    assert span_of_text(text, said_on=SAID) is None
    assert compare_births(span_of_text(text), span_of_text("1991")).overlap is Overlap.UNKNOWN


def test_an_age_says_nothing_without_the_day_it_was_said_on():
    assert span_of_text("age 20") is None


@pytest.mark.parametrize("words", ANIMALS)
def test_every_name_of_an_animal_means_the_same_years(words):
    spans = {
        span_of_text(f"year of the {w}" if w.isascii() else f"ឆ្នាំ{w}", said_on=SAID).days
        for w in words
    }

    assert len(spans) == 1


def test_the_year_of_the_goat_spans_two_calendar_years():
    goat = span_of_text("year of the goat", said_on=SAID)

    for day, overlap in (("1991-06-01", "overlap"), ("1992-02-01", "overlap"),
                         ("1991-02-01", "apart"), ("1992-06-01", "apart")):  # fmt: skip
        assert compare_births(goat, span_of_text(day)).overlap == overlap


def test_nobody_is_born_after_it_was_said():
    assert span_of_text("year of the horse", said_on=SAID).days[-1].last < SAID
    assert span_of_age(0, SAID).days[-1].last == SAID


def test_the_answer_tells_how_far_apart():
    found = compare_births(span_of_text("1991-01-01"), span_of_text("1992-01-01"))

    assert (found.overlap, found.days_apart) == (Overlap.APART, 365)
    assert found.because == "1991-01-01 and 1992-01-01 lie 1 year apart"
    assert compare_births(*[span_of_text("1991-01-01")] * 2).overlap is Overlap.SAME
    assert compare_births(*[span_of_text("1991")] * 2).overlap is Overlap.OVERLAP


@pytest.mark.parametrize("age", [-1, 121])
def test_an_age_nobody_has_is_refused(age):
    with pytest.raises(WrongInput, match="is no age of a person"):
        span_of_age(age, SAID)


@given(DAY, st.integers(0, 40_000))
def test_who_was_born_on_a_day_is_within_the_span_of_every_true_statement(born, later):
    on = born + timedelta(days=later)
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    exact = span_of_date(BirthDate(year=born.year, month=born.month, day=born.day))
    statements = [
        span_of_date(BirthDate(year=born.year)),
        span_of_date(BirthDate(year=born.year, about=True)),
    ]
    if age <= 120 and (born.month, born.day) != (2, 29):
        statements += [span_of_age(age, on), span_of_age(age, on, about=True)]

    assert all(compare_births(exact, said).days_apart == 0 for said in statements)


@given(DAY)
def test_every_day_belongs_to_an_animal_and_to_two_only_at_new_year(day):
    of = [n for n in range(12) if years_of(n, day, day)]

    assert len(of) == (2 if (day.month, day.day) in ((4, 13), (4, 14)) else 1)


@given(DAY, DAY)
def test_which_birth_comes_first_never_matters(one, other):
    spans = [span_of_text(day.isoformat()) for day in (one, other)]

    assert compare_births(*spans).days_apart == compare_births(*spans[::-1]).days_apart
    assert compare_births(*spans).days_apart == abs((one - other).days)


@given(st.text(max_size=30))
def test_nothing_that_is_written_makes_it_fail(text):
    span = span_of_text(text, said_on=SAID)

    assert span is None or all(d.first <= d.last for d in span.days)
