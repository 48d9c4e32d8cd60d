"""Custody that was cut into pieces is told, warned of and counted as what it is: one."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.reasoning.fair_trial.review import review
from mekhala.pathway.justice import clocks, custody, fairness, models, queries, services
from mekhala.safeguards.access.acting import become
from mekhala.web.casework.justice import fair_trial, work
from tests.builders_justice import AT, accused, court_officer

HOUR = timedelta(hours=1)
HERE = ZoneInfo("Asia/Phnom_Penh")
BEGAN = AT - 90 * HOUR
answers = st.sampled_from([None, True, False])
entries = st.builds(
    lambda since, lasted, extended, minor, offence: models.Custody(
        held_at=BEGAN + since * HOUR, released_at=BEGAN + (since + lasted) * HOUR, place="police",
        extended=extended, was_minor=minor, offence_class=offence,
    ),
    st.integers(0, 200), st.integers(0, 60), answers, answers, st.sampled_from(["", "felony"]),
)  # fmt: skip


@given(st.lists(entries, min_size=1, max_size=5), st.sets(st.integers(0, 10)))
def test_no_limit_ends_later_than_that_of_a_part(kept, days):
    for key, one in enumerate(kept):
        one.pk = key
    released = [(BEGAN + timedelta(days=n)).date() for n in days]
    found = custody.joined(kept, released)
    assert sorted(one.pk for each in found for one in each.entries) == list(range(len(kept)))
    for each in found:
        runs = each.clock
        assert runs.since == min(one.held_at for one in each.entries)
        assert all(runs.runs_out_at <= custody.of_custody(one).runs_out_at for one in each.entries)
        assert runs.alarm_at <= runs.runs_out_at


@pytest.fixture
def by(db):
    return court_officer()


def _held(one, by, first, last, **more):
    said = {"held_at": BEGAN + first * HOUR, "place": "police", "was_minor": False} | more
    until = None if last is None else BEGAN + last * HOUR
    return services.record(models.Custody, one, by=by, at=AT, released_at=until, **said)


def _codes(flags):
    return {flag.code for flag in flags}


def _review(one):
    return review(fairness.proceeding_of(queries.for_review().get(pk=one.pk), now=AT))


@pytest.mark.parametrize("gap", [0, 1, 20])
def test_two_custodies_back_to_back_are_warned_of_as_one(by, gap):
    one = accused(by)
    _held(one, by, 0, 40, extended=False)
    _held(one, by, 40 + gap, 75, extended=False)
    assert "unlawful_custody" in _codes(_review(one).raised)
    assert fairness.proceeding_of(
        queries.for_review().get(pk=one.pk), now=AT
    )["custody"] == {"hours": 75.0, "prosecutor_extension": "no"}  # fmt: skip


def test_the_page_tells_of_each_part_with_the_limit_of_the_whole(by):
    one = accused(by)
    _held(one, by, 0, 40)
    _held(one, by, 41, 60)
    page = fair_trial.page_of(queries.for_review().get(pk=one.pk), now=AT)
    assert [held["goes_on"] for held in page["clocks"]] == [False, True]
    assert [held["passed"] for held in page["clocks"]] == [False, True]
    assert len({held["limit"] for held in page["clocks"]}) == 1


def test_a_release_between_that_is_recorded_makes_them_two(by):
    one = accused(by)
    _held(one, by, 0, 40, extended=False)
    _held(one, by, 70, 90, extended=False)
    assert "unlawful_custody" in _codes(_review(one).raised)
    day = (BEGAN + 40 * HOUR).astimezone(HERE).date()
    services.record(models.Release, one, by=by, at=AT, on=day, why="judge")
    assert "unlawful_custody" in _codes(_review(one).not_raised)


def test_the_alarm_of_a_custody_that_goes_on_another_rings_by_the_first(by):
    one = accused(by)
    first = _held(one, by, 0, 40)
    second = _held(one, by, 41, None)
    alone = custody.of_custody(first)
    assert custody.of_custody(second).runs_out_at > alone.runs_out_at
    (shown,) = work.work(by, now=AT).tasks
    assert shown.clock_kind == "overdue"
    become(None)
    (running,) = clocks.running()
    assert running.entry == second.pk
    assert clocks.of_running(running).runs_out_at == alone.runs_out_at
    assert clocks.tell_before_they_run_out(at=alone.alarm_at - HOUR) == 0
    assert clocks.tell_before_they_run_out(at=alone.alarm_at) == 1
    become(by.pk)
    services.record(models.Release, one, by=by, at=AT, on=AT.date(), why="judge")
    (shown,) = work.work(by, now=AT).tasks
    assert shown.clock_kind == "overdue"  # an hour out is not free, whatever is written
    services.record(models.Custody, one, by=by, at=AT, held_at=first.held_at, place="police",
                    was_minor=False, released_at=BEGAN + 2 * HOUR, replaces=first)  # fmt: skip
    released = (BEGAN + 2 * HOUR).astimezone(HERE).date()
    services.record(models.Release, one, by=by, at=AT, on=released, why="limit")
    (shown,) = work.work(by, now=BEGAN + 50 * HOUR).tasks
    assert shown.clock_kind == "progress"
