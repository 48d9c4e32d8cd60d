"""Erasing what is due, one number a transaction; asking that something go sooner."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.four_eyes import services as four_eyes
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.safeguards.identity import datakeys
from mekhala.safeguards.identity.errors import CannotBeErasedNow
from mekhala.safeguards.keys.errors import KeyServiceDown
from mekhala.safeguards.retention import queries
from mekhala.safeguards.retention.periods import kinds

WORDS_IN_CLEAR = (
    "encounter_encounter", "encounter_safecontact", "four_eyes_secondsignature",
    "emergency_opening", "notices_notice", "questionnaires_attachment",
)  # fmt: skip
type Step = Callable[[int, int], object]


def erase_due(*, at: datetime, told: Step = max) -> Counter[str]:
    """Erase all that is due and return how many numbers of each kind.

    Stopped anywhere, it goes on with what is left when it is called again. ``told`` hears how
    many are done of how many. Raises ``CannotBeErasedNow`` while the key service is down; what
    was erased before stays erased.
    """
    found, done = queries.due(), Counter[str]()
    for place, (number, kind) in enumerate(found, 1):
        erase(number, kind, at=at)
        done[kind] += 1
        told(place, len(found))
    for one in kinds().values():
        if one.after == "row" and (rows := sweep(one.code, at=at)):
            done[one.code] += rows
    return done


def write_anew() -> None:
    """Write tables with places or words in clear anew, so that no page keeps what is gone.

    Each in a transaction of its own; for as long nobody reads the table. Raises
    ``OperationalError`` where somebody holds it for ten seconds.
    """
    for table in WORDS_IN_CLEAR:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select retention_write_anew(%s)", [table])


@transaction.atomic
def erase(number: str, kind: str, *, at: datetime) -> int:
    """Erase one kind of record under one number for good; return how many rows it touched.

    The database refuses (``DatabaseError``) before the time is over, under a hold, while a
    proceeding goes on, and to whoever acts as an officer. The key service keeps the numbers
    whose keys are gone before the database commits: no backup brings them back.
    """
    with connection.cursor() as cursor:
        cursor.execute("select retention_erase(%s, %s)", [number, kind])
        answer = json.loads(cursor.fetchone()[0])
    audit.record("retention.erased", subject=number, by=None, at=at, kind=kind,
                 because=answer["because"], rows=answer["rows"])  # fmt: skip
    try:
        for person in answer["people"]:
            datakeys.ask({"op": "shred", "subject": person})
    except KeyServiceDown:
        raise CannotBeErasedNow from None
    return int(answer["rows"])


@transaction.atomic
def sweep(kind: str, *, at: datetime) -> int:
    """Erase the rows of one kind that are each past their own time; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("select retention_sweep(%s)", [kind])
        rows = int(cursor.fetchone()[0])
    if rows:
        audit.record("retention.swept", subject="", by=None, at=at, kind=kind, rows=rows)
    return rows


def ask_to_erase(
    number: str, *, because: str, by: Officer, at: datetime, device: str
) -> SecondSignature:
    """Ask that what is kept of the person of a closed case go now, at her or his own wish.

    It is erased in the night after the second signature. Raises ``ActRefused``: while the case
    is open, held or before a court, or where nothing may go sooner.
    """
    wanted = {k.code: True for k in kinds().values() if k.may_be_erased_sooner}
    return four_eyes.ask(
        "retention.erase", subject=number, because=because, by=by, at=at, device=device, **wanted
    )


@transaction.atomic
def erase_again(numbers: list[str], *, at: datetime) -> Counter[str]:
    """Erase, after a restore, all that a backup brought back: of ``numbers``, and all now due.

    ``numbers`` are those whose keys the key service has destroyed. Runs as the owner of the
    tables, before the database is open to anybody.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into retention_again select unnest(%s::text[]), clock_timestamp()"
            " on conflict (number) do update set since = excluded.since",
            [numbers],
        )
    return erase_due(at=at)
