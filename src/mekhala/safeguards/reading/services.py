"""Noting that a file is asked for; locking who asks for too many; telling who watches."""

import logging
from datetime import datetime

from django.db import connection, transaction

from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.queries import watchers
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.notices import services as notices
from mekhala.safeguards.notices.kinds import Kind
from mekhala.safeguards.reading import policies
from mekhala.safeguards.reading.errors import (
    AlarmNotYours,
    ReadingLocked,
    SayWhatWasFound,
    SayWhy,
)
from mekhala.safeguards.reading.models import Lock

log = logging.getLogger(__name__)
LONG_ENOUGH = 20  # letters of a reason
ALARM = "An invented file was asked for by officer %s at %s (alarm %s)."


def look(officer: Officer, what: str, *, door: str, at: datetime) -> None:
    """Note that ``officer`` asks for the file ``what``; it is not yet known whether it is open.

    One statement, the same for every file. Raises ``ReadingLocked`` where the limit is passed;
    whoever watches has then been told. Asking for an invented file raises the alarm.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from reading_look(%s, %s)", [officer.pk, what[:80]])
        locked, past, is_canary = cursor.fetchone()
    if is_canary:
        _raise_alarm(officer, what, door=door, at=at)
    if past and not locked:
        _lock(officer, past, at=at)
    if past or locked:
        raise ReadingLocked


@transaction.atomic
def lift(lock: Lock, *, because: str, by: Officer, at: datetime) -> None:
    """Let the officer read again, counted from nothing; ``because`` is kept.

    Raises ``LockNotYours`` for somebody of the same agency or another role; ``SayWhy``.
    """
    policies.check_may_lift(by, lock.officer)
    if len(because.strip()) < LONG_ENOUGH:
        raise SayWhy
    with connection.cursor() as cursor:
        cursor.execute("select reading_lift(%s, %s)", [lock.pk, because.strip()])
    audit.record("reading.lifted", subject=lock.officer.username, by=by, at=at, lock=lock.pk)
    subject = lock.officer.username
    notices.tell([lock.officer], Kind.READING_LIFTED, subject=subject, by=by, at=at)


@transaction.atomic
def look_into(alarm: int, *, words: str, by: Officer, at: datetime) -> None:
    """Keep what ``by`` found out about an alarm, once; the database asks again who that is.

    Raises ``AlarmNotYours``; ``SayWhatWasFound`` for fewer than 20 letters.
    """
    if len(words.strip()) < LONG_ENOUGH:
        raise SayWhatWasFound
    with connection.cursor() as cursor:
        cursor.execute("select reading_look_into(%s, %s)", [alarm, words.strip()])
        about = cursor.fetchone()[0]
    if about is None:
        raise AlarmNotYours
    audit.record("reading.looked_into", subject=about, by=by, at=at, alarm=alarm)


def _lock(officer: Officer, reason: str, *, at: datetime) -> None:
    """Lock the officer's reading and tell those who watch, in one transaction."""
    with acting_for(officer.pk):
        with connection.cursor() as cursor:
            cursor.execute("select reading_lock(%s)", [officer.pk])
        audit.record("reading.locked", subject=officer.username, by=officer, at=at, reason=reason)
        _tell_watchers(officer, Kind.ALARM_QUOTA, at=at)


def _raise_alarm(officer: Officer, what: str, *, door: str, at: datetime) -> None:
    """Keep the alarm and tell those who watch; the file's number goes no further."""
    with acting_for(officer.pk), connection.cursor() as cursor:
        cursor.execute("select reading_alarm(%s, %s, %s)", [officer.pk, what, door[:80]])
        alarm = cursor.fetchone()[0]
        cursor.execute("select reading_alarms_waiting(%s)", [officer.pk])
        waiting = cursor.fetchone()[0]
        details = {"alarm": alarm, "door": door}
        audit.record("reading.alarm", subject=officer.username, by=officer, at=at, **details)
        _tell_watchers(officer, Kind.ALARM_CANARY, at=at, **details, waiting=waiting)
    log.warning(ALARM, officer.pk, door, alarm)


def _tell_watchers(officer: Officer, kind: Kind, *, at: datetime, **codes: object) -> None:
    """Tell the watchers of two agencies, neither of them the officer's own, of this officer."""
    notices.tell(watchers(officer), kind, subject=officer.username, by=officer, at=at, **codes)
