"""The child rule looks at the day the conduct began, and never judges an adult on a guess."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.law.statute import Period
from mekhala.core.reasoning.age_then import age_then, whole_years
from mekhala.core.reasoning.conduct import read_partial_date
from mekhala.core.vocabulary.person import AgeCertainty

KNOWN, ESTIMATED = AgeCertainty.KNOWN, AgeCertainty.ESTIMATED
MET = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("age", "began", "then"),
    [
        (25, "2026-03-09", (25, KNOWN)),  # the day itself
        (18, "2026-03-09", (18, KNOWN)),
        (18, "2026-03-08", (17, ESTIMATED)),  # may have had her birthday in between
        (20, "2021", (16, KNOWN)),
        (20, "2024", (17, ESTIMATED)),
        (30, "2016", (21, KNOWN)),
        (None, "2016", (None, KNOWN)),
    ],
)
def test_the_age_then_follows_from_the_age_now(age, began, then):
    found = age_then(age, KNOWN, met_on=MET, began=read_partial_date(began, where="it"))
    assert found == then


def test_without_a_date_the_age_at_the_meeting_stands():
    assert age_then(25, KNOWN, met_on=MET, began=None) == (25, KNOWN)
    open_end = Period(first=None, last=MET)
    assert age_then(25, KNOWN, met_on=MET, began=open_end) == (25, KNOWN)


@given(
    st.dates(date(1950, 1, 1), date(2020, 1, 1)),
    st.dates(date(1960, 1, 1), MET),
    st.integers(0, 400),
)
def test_nobody_who_was_a_child_then_is_taken_for_an_adult(born, began, days):
    """Whatever the true day of birth, an answer of known majority is a true one."""
    age = whole_years(born, MET)
    if age < 0 or began < born:
        return
    period = Period(first=began - timedelta(days=days), last=began)
    told, certainty = age_then(age, KNOWN, met_on=MET, began=period)
    if certainty is KNOWN and told >= 18:
        assert whole_years(born, began) >= 18
    if certainty is KNOWN and told < 18:
        assert whole_years(born, period.first) < 18


def test_a_guess_is_not_made_better():
    found = age_then(20, AgeCertainty.DISPUTED, met_on=MET, began=Period(first=MET, last=MET))
    assert found == (20, AgeCertainty.DISPUTED)
    straddling = read_partial_date("2024", where="it")
    assert age_then(20, AgeCertainty.DISPUTED, met_on=MET, began=straddling) == (
        17, AgeCertainty.DISPUTED,
    )  # fmt: skip
