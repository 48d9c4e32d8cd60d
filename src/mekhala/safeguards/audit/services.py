"""Noting an act or a look, in the same transaction as the act itself."""

from datetime import datetime
from typing import Any

from django.db import connection

from mekhala.safeguards.audit import chain
from mekhala.safeguards.audit.models import Entry

LOCK = 0x6D656B68  # one writer at a time appends to the chain


def record(act: str, *, subject: object, by: Any, at: datetime, **details: Any) -> None:
    """Append one entry. ``subject`` is a number or an object with one; ``details`` are codes.

    ``by`` is the officer, None for the system. The chain is extended under a lock that is held
    to the end of the transaction, so that order and digests agree.
    """
    rows = [_row(act, subject=subject, by=by, at=at, details=details)]
    append(rows)


def append(rows: list[dict[str, Any]]) -> None:
    """Append several prepared entries at once, chained in order."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("select digest from audit_entry order by id desc limit 1")
        last = cursor.fetchone()
    previous = last[0] if last else chain.START
    entries = []
    for row in rows:
        mark = chain.digest(previous, **row)
        entries.append(Entry(previous=previous, digest=mark, **row))
        previous = mark
    Entry.objects.bulk_create(entries, batch_size=2000)


def _row(act: str, *, subject: object, by: Any, at: datetime, details: dict[str, Any]) -> Any:
    number = subject if isinstance(subject, str) else str(getattr(subject, "pk", subject))
    agency = by.agency.code if by is not None else ""
    officer = by.pk if by is not None else None
    return {"at": at, "act": act, "subject": number, "by": officer, "agency": agency,
            "details": details}  # fmt: skip
