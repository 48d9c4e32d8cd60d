"""How the authority decides is counted rightly, and no case can be read out of it."""

import json
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from mekhala.core.estimation.proportion import wilson
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import services
from mekhala.pathway.determination.quality import quality
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, officer
from tests.builders_casework import authority, referred, told
from tests.builders_quality import asked_again, negative, override, paused, positive, split

MARCH, YEAR = date(2026, 3, 1), (date(2026, 1, 1), date(2026, 12, 1))
TODAY = date(2026, 3, 20)


def seen(by, first=MARCH, last=None, *, today=TODAY):
    from mekhala.safeguards.access.acting import become

    become(by.pk)
    return quality(first, last or first, today=today, by=by)


def first_stage(found):
    return found.stages[0]


def ten(readers, by=None, **more):
    return [positive(readers, by, **more) for _ in range(10)]


def test_a_month_is_counted_as_it_was(db):
    readers = authority(4)
    for days in (1, 1, 2, 2, 3):
        positive(readers, days=days)
    positive(readers, answers={"act.recruitment": True})
    for made in (negative, negative, override, split, paused):
        made(readers)
    stage = first_stage(seen(readers[0]))
    assert stage.decided == 11
    assert (stage.told.positive, stage.told.negative) == (8, 3)
    assert (stage.told.overrides, stage.told.further_reader) == (1, 1)
    assert (stage.told.with_unknown, stage.told.act_unknown) == (1, 0)
    assert (stage.told.means_unknown, stage.told.purpose_unknown) == (1, 1)


def test_time_runs_from_opening_to_decision_without_what_was_paused(db):
    readers = authority(2)
    for _ in range(10):
        paused(readers)
    told = first_stage(seen(readers[0])).told
    assert (told.median_days, told.p90_days) == (2.9, 2.9)  # two hours short of 7 - 4 days


def test_a_median_and_a_90th_percentile_stand_between_the_days(db):
    readers = authority(2)
    for days in range(1, 11):
        positive(readers, days=days)
    told = first_stage(seen(readers[0])).told
    assert (told.median_days, told.p90_days) == (5.4, 9.0)
    assert told.late == 3  # due on Monday 16 March, a week of five working days on


def test_sources_that_differ_are_counted(db):
    readers = authority(3)
    ten(readers)
    file = referred()
    told(file, readers[0], {"means.deception": False})
    from tests.builders_casework import read

    for reader in readers[:2]:
        read(file, reader, grounds=["sources_weighed"], differs_because="She is believed.")
    assert first_stage(seen(readers[0])).told.sources_differ == 1


def test_no_outcome_out_of_fewer_than_ten_leaves_the_database(db):
    readers = authority(2)
    for _ in range(9):
        positive(readers)
    stage = first_stage(seen(readers[0]))
    assert (stage.decided, stage.told) == (None, None)
    positive(readers)
    assert first_stage(seen(readers[0])).decided == 10


def test_nothing_decided_is_nought_and_says_nothing_of_anybody(db):
    stage = first_stage(seen(authority(1)[0]))
    assert (stage.decided, stage.told, stage.reconsidered) == (0, None, 0)


def test_what_was_looked_at_again_is_counted_apart(db):
    readers, here = authority(4), authority(1)[0]
    for n in range(10):
        old = negative(readers)
        asked_again(old, readers[2:], here) if n < 9 else None
    few = first_stage(seen(readers[0]))
    assert (few.decided, few.asked_again) == (10, 9)
    assert (few.reconsidered, few.overturned) == (None, None)
    asked_again(old, readers[2:], here)
    enough = first_stage(seen(readers[0]))
    assert (enough.decided, enough.reconsidered, enough.overturned) == (10, 10, 10)


def test_what_waits_now_is_counted(db):
    readers = authority(2)
    reader = readers[0]
    overdue, waits, still = referred(), referred(), referred()
    from mekhala.safeguards.access.acting import become

    become(reader.pk)
    at = NOW + timedelta(days=1)
    services.ask_for_fact(
        file=waits, code="means.threat", question="Was there a threat?", by=reader, at=at
    )
    services.pause(file=still, reason="health", because="She is ill.", by=reader, at=at)
    early, later = seen(reader, today=overdue.due_on), seen(reader, today=TODAY)
    assert (first_stage(early).overdue, first_stage(later).overdue) == (0, 2)
    assert (first_stage(later).waiting_for_facts, first_stage(later).paused) == (1, 1)


def test_a_decision_belongs_to_the_month_it_was_made_in(db):
    readers = authority(2)
    ten(readers, days=30)  # the 8th of April
    assert first_stage(seen(readers[0])).decided == 0
    assert first_stage(seen(readers[0], date(2026, 4, 1))).decided == 10
    assert first_stage(seen(readers[0], MARCH, date(2026, 4, 1))).decided == 10


def _agencies(readers, *sizes):
    """Let each of several agencies refer so many people; return their names in order."""
    names = []
    for n, size in enumerate(sizes):
        by = officer(at=agency(AgencyKind.POLICE, name=f"Post {n}"))
        names.append(by.agency.name)
        for k in range(size):
            (positive if k % 2 else negative)(readers, by)
    return names


def _rows(found):
    return [(row.name, row.decided) for row in found.referrers]


def test_shares_by_referring_agency_stand_in_order_of_name_with_an_interval(db):
    readers = authority(2)
    _agencies(readers, 12, 10, 11)
    rows = seen(readers[0], *YEAR).referrers
    assert [(r.name, r.decided, r.positive) for r in rows] == [
        ("Post 0", 12, 6), ("Post 1", 10, 5), ("Post 2", 11, 5)
    ]  # fmt: skip
    assert rows[0].interval == wilson(6, 12, 0.95)


def test_one_small_agency_takes_the_next_smallest_with_it(db):
    readers = authority(2)
    _agencies(readers, 12, 3, 10)
    assert _rows(seen(readers[0], *YEAR)) == [("Post 0", 12), ("Post 1", None), ("Post 2", None)]


def test_two_small_agencies_below_ten_together_take_one_with_them(db):
    readers = authority(2)
    _agencies(readers, 12, 3, 2, 10)
    found = _rows(seen(readers[0], *YEAR))
    assert found == [("Post 0", 12), ("Post 1", None), ("Post 2", None), ("Post 3", None)]


def test_two_small_agencies_that_are_ten_together_hide_each_other(db):
    readers = authority(2)
    _agencies(readers, 12, 6, 5)
    assert _rows(seen(readers[0], *YEAR)) == [("Post 0", 12), ("Post 1", None), ("Post 2", None)]


def test_rows_are_there_for_one_calendar_year_and_for_nothing_that_overlaps_it(db):
    readers = authority(2)
    ten(readers)
    for first, last in ((MARCH, MARCH), (date(2025, 4, 1), MARCH), (date(2025, 1, 1), YEAR[1])):
        found = seen(readers[0], first, last)
        assert (found.referrers, found.readers, found.spread) == (None, None, None)
    assert seen(readers[0], *YEAR).referrers


def test_readers_stand_in_order_of_service_number_and_each_knows_the_own_row(db):
    readers = authority(3)
    ten(readers[:2])
    for _ in range(10):
        split([readers[1], readers[2], readers[0]])
    rows = seen(readers[1], *YEAR).readers
    assert [row.name for row in rows] == sorted(r.shown_as for r in readers)
    assert {row.name: (row.decided, row.positive) for row in rows} == {
        readers[0].shown_as: (20, 20), readers[1].shown_as: (20, 20),
        readers[2].shown_as: (10, 0),
    }  # fmt: skip
    assert [row.name for row in rows if row.is_own] == [readers[1].shown_as]


def test_a_reading_of_an_open_question_is_not_counted(db):
    readers = authority(3)
    ten(readers[:2])
    before = seen(readers[0], *YEAR)
    from tests.builders_casework import read

    read(referred(), readers[0])
    assert seen(readers[0], *YEAR).readers == before.readers


def test_a_statistician_sees_how_far_readers_lie_apart_and_not_whose_share_is_whose(db):
    readers, counts = authority(3), officer(Role.STATISTICIAN)
    ten(readers[:2])
    for _ in range(10):
        split([readers[1], readers[2], readers[0]])
    found = seen(counts, *YEAR)
    assert found.readers is None
    (spread,) = found.spread
    assert (spread.readers, spread.lowest, spread.middle, spread.highest) == (3, 0, 1, 1)


def test_the_answer_of_the_database_names_no_case(db):
    readers = authority(2)
    numbers = [decision.case_id for decision in ten(readers)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select determination_quality('2026-01-01', '2026-12-01', %s)",
            [timezone.localdate()],
        )
        said = json.dumps(cursor.fetchone()[0])
    assert not [number for number in numbers if number in said]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUTHORITY, Role.STATISTICIAN}))
def test_no_other_role_counts_neither_by_the_room_nor_by_the_database(db, acting, role):
    other = officer(role)
    acting(other)
    with pytest.raises(NotYourRole):
        quality(MARCH, MARCH, today=TODAY, by=other)
    with pytest.raises(ProgrammingError, match="quality is counted"), transaction.atomic():
        _ask("select determination_quality('2026-03-01', '2026-03-01', '2026-03-20')")


def test_the_parts_of_the_function_are_not_for_the_application(db, acting):
    acting(authority(1)[0])
    for call in (
        "_decided('2026-01-01', '2027-01-01')",
        "_by_reader('2026-01-01', '2027-01-01', 1)",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            _ask(f"select determination_quality{call}")


def test_the_wall_stands_again_once_it_was_counted(db, acting):
    from mekhala.pathway.determination.models import Decision

    ten(authority(2))
    counts = officer(Role.STATISTICIAN)
    seen(counts)
    assert not Decision.objects.exists()


def test_a_period_that_ends_before_it_begins_is_refused(db, acting):
    reader = authority(1)[0]
    acting(reader)
    with pytest.raises(WrongInput, match="before the first month"):
        quality(date(2026, 4, 1), MARCH, today=TODAY, by=reader)


def _ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
