"""A day is one of the country: between 17:00 and 24:00 UTC it is tomorrow in Phnom Penh."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.evidence import custody
from mekhala.pathway.evidence.models import CustodyEntry, Move
from mekhala.pathway.labour_migration.models import Review
from mekhala.pathway.registration.candidates import record
from mekhala.population.dossiers import errors
from mekhala.population.dossiers.policies import PREFIX, check_request
from mekhala.safeguards.identity.services import Name
from mekhala.web.casework.labour_migration.taking_back import called
from mekhala.web.casework.referral.placing import due_words
from tests.test_house import PACKAGE

DAY = date(2026, 3, 21)
NIGHTS = [datetime(2026, 3, 20, hour, 30, tzinfo=UTC) for hour in (17, 23)]  # the 21st, there
EVENING = datetime(2026, 3, 20, 16, 30, tzinfo=UTC)  # half past eleven of the 20th
at_night = pytest.mark.parametrize("at", NIGHTS, ids=["17:30", "23:30"])
BY_THE_CONNECTION = r"current_date|localtimestamp|localtime|now\(\)\s*::\s*date"
BARE_DAY = re.compile(r"\b(?:at|now|\w+_at)\.(?:date\(\)|year\b)")
BARE_WORDS = re.compile(r"date_format\((?!timezone\.localtime|localtime)[^()]*(?:_at|\.at)\b")


def _is_silent(until, at):
    with connection.cursor() as cursor:
        cursor.execute("select unsealing_is_silent(%s, %s)", [until, at])
        return cursor.fetchone()[0]


@at_night
def test_what_an_order_forbids_to_tell_is_told_from_the_day_after_by_the_country(db, at):
    assert not _is_silent(DAY - timedelta(days=1), at)  # its last day is over
    assert _is_silent(DAY, at)
    assert not _is_silent(DAY, at + timedelta(days=1))
    assert _is_silent(DAY - timedelta(days=1), EVENING)
    assert not _is_silent(None, at)


def test_no_rule_of_the_database_takes_its_day_from_the_connection(db):
    rules = f"""select proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'public' and prosrc ~* '{BY_THE_CONNECTION}'
      union all select policyname from pg_policies
        where concat(qual, with_check) ~* '{BY_THE_CONNECTION}'
      union all select viewname from pg_views
        where schemaname = 'public' and definition ~* '{BY_THE_CONNECTION}'
      union all select conname from pg_constraint
        where pg_get_constraintdef(oid) ~* '{BY_THE_CONNECTION}'"""
    with connection.cursor() as cursor:
        cursor.execute(rules)
        assert cursor.fetchall() == []


def test_no_door_and_no_room_takes_or_tells_the_day_of_an_instant_by_utc():
    found = [
        f"{path.relative_to(PACKAGE)}: {bare}"
        for room in ("forms", "intake", "jobs", "pathway", "population", "safeguards", "web")
        for path in (PACKAGE / room).rglob("*.py")
        for said in [path.read_text(encoding="utf-8")]
        for bare in BARE_DAY.findall(said) + BARE_WORDS.findall(said)
    ]
    assert found == []


@at_night
def test_an_approval_of_the_day_is_none_to_come(at):
    told = {"until": at + timedelta(days=9), "approval": "E-12", "by": None, "at": at,
            "supervisor": SimpleNamespace(role="", agency=SimpleNamespace(kind=""))}  # fmt: skip
    with pytest.raises(errors.NotASupervisor):
        check_request([_dossier()], approved_on=DAY, **told)
    with pytest.raises(errors.ApprovalUnclear):
        check_request([_dossier()], approved_on=DAY + timedelta(days=1), **told)


def _dossier():
    from mekhala.core.check_digit import new_number

    return new_number(PREFIX)


@at_night
def test_an_age_is_of_the_day_the_case_was_opened(at):
    told = record(Name("MK", "MK", latin_name="Sok"), Case(age=20, opened_at=at))
    assert told["age_on"] == DAY.isoformat()


@at_night
def test_a_thing_taken_in_on_the_second_day_after_has_a_gap_before_it(at):
    entry = CustodyEntry(move=Move.TAKEN_IN, at=at, by_id=1)
    gaps = custody.gaps([entry], taken_on=DAY - timedelta(days=2), now=at)
    assert custody.Gap.TAKEN_IN_LATE in [one.gap for one in gaps]


@at_night
def test_days_are_told_as_those_of_the_country(at):
    assert called(Review(decision="warning", decided_at=at)) == "Written warning, 21 March 2026"
    late = due_words(SimpleNamespace(due_at=at), now=at + timedelta(hours=1))
    assert late == "Overdue since 21 March 2026"
