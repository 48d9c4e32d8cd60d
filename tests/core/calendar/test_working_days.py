"""Clocks run on working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.calendar.working_days import (
    after_working_days,
    holidays,
    is_working_day,
    working_days_until,
)

days = st.dates(date(2025, 1, 1), date(2027, 11, 1))


def test_a_weekend_and_a_feast_do_not_count():
    assert after_working_days(date(2026, 4, 10), 5) == date(2026, 4, 22)  # 14 to 16 April: New Year


def test_no_days_is_the_day_itself_and_fewer_is_refused():
    assert after_working_days(date(2026, 3, 7), 0) == date(2026, 3, 7)
    with pytest.raises(ValueError, match="expected 0 or more"):
        after_working_days(date(2026, 3, 7), -1)


@given(days, st.integers(1, 40))
def test_a_clock_ends_on_a_working_day_after_as_many_of_them(start, n):
    end = after_working_days(start, n)
    assert is_working_day(end)
    assert working_days_until(start, end) == n
    assert working_days_until(start, end - timedelta(days=1)) == n - 1


def test_an_earlier_day_is_no_day_away():
    assert working_days_until(date(2026, 3, 9), date(2026, 3, 2)) == 0


def test_five_years_of_holidays_are_listed():
    assert {day.year for day in holidays()} == {2024, 2025, 2026, 2027, 2028}
