"""Clocks of two countries wait for both, over the long feasts of five years."""

from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.calendar.both_sides import days_between, due_on, is_open_to_all
from mekhala.core.calendar.working_days import HOLIDAYS_FILE, after_working_days, holidays

SIDES = ("KHM", "THA", "VNM")
days = st.dates(date(2024, 1, 1), date(2028, 9, 1))
some = st.lists(st.sampled_from(SIDES), min_size=1, max_size=2, unique=True)
FEASTS = [  # country, feast, its first working day closed, and the first day open again
    ("KHM", "Khmer New Year", "2024-04-15", "2024-04-17"),
    ("KHM", "Khmer New Year", "2025-04-14", "2025-04-17"),
    ("KHM", "Khmer New Year", "2026-04-14", "2026-04-17"),
    ("KHM", "Khmer New Year", "2027-04-14", "2027-04-19"),
    ("KHM", "Khmer New Year", "2028-04-13", "2028-04-17"),
    ("KHM", "Pchum Ben", "2024-10-01", "2024-10-04"),
    ("KHM", "Pchum Ben", "2025-09-22", "2025-09-25"),  # and Constitution Day
    ("KHM", "Pchum Ben", "2026-10-12", "2026-10-13"),
    ("KHM", "Pchum Ben", "2027-09-29", "2027-10-04"),
    ("KHM", "Pchum Ben", "2028-09-18", "2028-09-20"),
    ("THA", "Songkran", "2024-04-15", "2024-04-17"),
    ("THA", "Songkran", "2025-04-14", "2025-04-17"),
    ("THA", "Songkran", "2026-04-13", "2026-04-16"),
    ("THA", "Songkran", "2027-04-13", "2027-04-16"),
    ("THA", "Songkran", "2028-04-13", "2028-04-18"),
    ("VNM", "Tet", "2024-02-08", "2024-02-15"),
    ("VNM", "Tet", "2025-01-27", "2025-02-03"),
    ("VNM", "Tet", "2026-02-16", "2026-02-23"),
    ("VNM", "Tet", "2027-02-05", "2027-02-12"),
    ("VNM", "Tet", "2028-01-25", "2028-02-01"),
]
# Feasts of the new and the full moon, all countries: the middle day where there are three.
NEW_MOON = ["2024-10-02", "2025-09-22", "2026-10-11", "2027-09-30", "2028-09-18",  # Pchum Ben
            "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26"]  # fmt: skip
FULL_MOON = ("Makha Bucha", "Visakha Bucha", "Asalha Bucha", "Visak Bochea", "Water Festival")
A_NEW_MOON, MONTH = date(2000, 1, 6), 29.530588861  # mean lunation (Meeus, ch. 49)


@pytest.mark.parametrize(("country", "feast", "closed", "opened"), FEASTS)
def test_a_clock_stands_still_over_the_feast(country, feast, closed, opened):
    first, again = date.fromisoformat(closed), date.fromisoformat(opened)
    assert holidays(country)[first].startswith(feast)
    assert due_on(first - timedelta(days=1), 1, [country]) == again


def test_the_years_between_two_sides_wait_for_the_longer_feast():
    assert due_on(date(2026, 4, 10), 1, ["THA", "KHM"]) == date(2026, 4, 17)
    assert due_on(date(2026, 2, 13), 20, ["KHM", "VNM"]) == date(2026, 3, 20)


def _age_of_moon(day):
    return ((day - A_NEW_MOON).days + 0.2) % MONTH


def test_tabled_moon_days_fall_on_the_moons_of_their_years():
    for said in NEW_MOON:
        age = _age_of_moon(date.fromisoformat(said))
        assert min(age, MONTH - age) <= 1.6, said
    for country in SIDES:
        for day, name in holidays(country).items():
            if name.startswith(FULL_MOON) and "lieu" not in name and name != "Water Festival":
                assert abs(_age_of_moon(day) - MONTH / 2) <= 1.9, (country, day, name)


@given(days, st.integers(0, 40), some)
def test_a_clock_ends_on_a_day_open_to_all_after_as_many_of_them(start, n, countries):
    end = due_on(start, n, countries)
    assert days_between(start, end, countries) == n
    assert n == 0 or is_open_to_all(end, countries)


@given(days, st.integers(0, 40), some)
def test_waiting_for_another_side_never_ends_sooner(start, n, countries):
    assert all(due_on(start, n, countries) >= due_on(start, n, [one]) for one in countries)
    assert due_on(start, n, ["KHM"]) == after_working_days(start, n)


def test_no_side_or_an_unlisted_one_is_refused():
    with pytest.raises(ValueError, match="some country"):
        due_on(date(2026, 1, 1), 3, [])
    with pytest.raises(KeyError):
        due_on(date(2026, 1, 1), 3, ["LAO"])


def test_every_side_lists_five_years_and_says_from_where_and_whether_it_was_checked():
    listed = yaml.safe_load(HOLIDAYS_FILE.read_text(encoding="utf-8"))["countries"]
    assert set(listed) == set(SIDES)
    for country, said in listed.items():
        assert said["source"].strip()
        assert said["verified"] in (True, False)
        assert {day.year for day in holidays(country)} >= {2024, 2025, 2026, 2027, 2028}
