"""Cutting custody into pieces wins nobody an hour, and a release that is recorded ends it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.calendar.limits import Kind, shortest_time_out, source_of_stretches
from mekhala.core.calendar.stretches import Held, stretches

BEGAN = datetime(2026, 2, 27, 20, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERY_DAY = [date(2026, 2, 1) + n * DAY for n in range(400)]
hours = st.integers(0, 2000).map(lambda n: n * HOUR / 4)


def held(key, since, until, kind=Kind.CUSTODY, **more):
    return Held(key=key, kind=kind, since=since, until=until, **more)


@st.composite
def pieces(draw, *, least=timedelta(0)):
    """Custodies one after another: how long each lasted, and how long after it the next began."""
    found, at = [], BEGAN
    for key in range(draw(st.integers(1, 6))):
        ends = at + draw(hours)
        found.append(held(key, at, ends))
        at = ends + max(draw(hours), least)
    return found


@given(pieces(), st.sampled_from([Kind.CUSTODY, Kind.PRE_TRIAL]))
def test_however_custody_is_cut_without_a_release_it_runs_from_the_first_beginning(cut, kind):
    (one,) = stretches([held(p.key, p.since, p.until, kind) for p in reversed(cut)], [])
    assert (one.since, one.until) == (cut[0].since, cut[-1].until)
    assert one.keys == {p.key for p in cut}


@given(pieces())
def test_a_gap_too_short_to_have_been_free_begins_nothing_whatever_is_recorded(cut):
    for one in stretches(cut, EVERY_DAY):
        for before, then in zip(one.parts, one.parts[1:], strict=False):
            assert then.since - before.until < shortest_time_out()
    starts = [one.since for one in stretches(cut, EVERY_DAY)]
    assert starts == sorted(starts)


@given(pieces(least=DAY))
def test_a_release_that_is_recorded_and_a_day_out_begin_it_anew(cut):
    assert [len(one.parts) for one in stretches(cut, EVERY_DAY)] == [1] * len(cut)


@pytest.mark.parametrize(("released", "apart"), [
    (date(2026, 3, 2), True), (date(2026, 3, 3), True), (date(2026, 3, 1), False),
    (date(2026, 3, 4), False),
])  # fmt: skip
def test_a_release_counts_on_a_day_of_the_gap_where_the_office_stands(released, apart):
    first = held(1, BEGAN, datetime(2026, 3, 1, 18, tzinfo=UTC))  # there the 2nd of March
    second = held(2, datetime(2026, 3, 4, 8, tzinfo=UTC), None)
    assert (len(stretches([first, second], [released])) == 2) is apart


@pytest.mark.parametrize(("lasted", "by_order", "apart"), [
    (30 * DAY, True, True), (2 * HOUR, True, False), (30 * DAY, False, False),
])  # fmt: skip
def test_a_prison_between_ends_police_custody_and_a_cell_elsewhere_does_not(
    lasted, by_order, apart
):
    first = held(1, BEGAN, BEGAN + 40 * HOUR)
    between = held(2, first.until, first.until + lasted, Kind.PRE_TRIAL, by_order=by_order)
    again = held(3, between.until, None)
    found = [one for one in stretches([first, between, again], []) if one.kind is Kind.CUSTODY]
    assert (len(found) == 2) is apart


def test_police_custody_between_does_not_begin_detention_before_trial_anew():
    first = held(1, BEGAN, BEGAN + 90 * DAY, Kind.PRE_TRIAL, by_order=True)
    between = held(2, first.until, first.until + 40 * HOUR)
    again = held(3, between.until, None, Kind.PRE_TRIAL, by_order=True)
    found = {one.kind: one for one in stretches([first, between, again], [])}
    assert found[Kind.PRE_TRIAL].since == BEGAN
    assert found[Kind.PRE_TRIAL].until is None
    assert found[Kind.CUSTODY].keys == {2}


def test_custody_nobody_ended_goes_on_into_the_next():
    (one,) = stretches([held(1, BEGAN, None), held(2, BEGAN + 9 * DAY, BEGAN + 10 * DAY)],
                       EVERY_DAY)  # fmt: skip
    assert one.until is None


def test_the_rule_says_that_no_law_is_known_for_it():
    assert shortest_time_out() == DAY
    assert source_of_stretches().startswith("No text known to us")


@pytest.mark.parametrize(("since", "until", "apart"), [
    (0, 24, True), (0, 23, False),  # a day, to the hour
    (-30, 10, False),  # what went before the gap is no time out
    (10, None, True),  # and goes on while the next custody begins
    (60, 300, False),  # most of it after the next custody began
])  # fmt: skip
def test_of_a_prison_between_only_the_hours_of_the_gap_are_counted(since, until, apart):
    first = held(1, BEGAN, BEGAN + 40 * HOUR)
    ends = None if until is None else first.until + until * HOUR
    between = held(2, first.until + since * HOUR, ends, Kind.PRE_TRIAL, by_order=True)
    again = held(3, first.until + 70 * HOUR, None)
    found = [one for one in stretches([first, between, again], []) if one.kind is Kind.CUSTODY]
    assert (len(found) == 2) is apart
