"""Noting an act or a look, in the same transaction as the act itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from mekhala.safeguards import prepared
from mekhala.safeguards.audit import chain

_APPEND = "select audit_append(%s::jsonb)"
type Row = dict[str, Any]
_waiting: ContextVar[list[tuple[Row, Any]] | None] = ContextVar("audit_waiting", default=None)


def record(act: str, *, subject: object, by: Any, at: datetime, **details: Any) -> None:
    """Note one act or look. ``subject`` is a number or an object with one; ``details`` are codes.

    ``by`` is the officer, None for the system. Inside ``together`` the entry is written just
    before the transaction commits, so that the chain's lock is held for a moment only; an act
    that is rolled back takes its entry with it. Elsewhere it is written at once.
    """
    row = _row(act, subject=subject, by=by, at=at, details=details)
    waiting = _waiting.get()
    if waiting is None:
        append([row])
        return
    mark = lambda: None  # noqa: E731 - lives in Django's list until its savepoint is undone
    transaction.on_commit(mark)
    waiting.append((row, mark))


@contextmanager
def together() -> Iterator[None]:
    """Gather the entries of one transaction and write those whose act still stands at its end."""
    if _waiting.get() is not None:
        yield
        return
    kept = _waiting.set([])
    try:
        yield
        if not connection.needs_rollback:
            append(_standing(_waiting.get() or []))
    finally:
        _waiting.reset(kept)


def _standing(waiting: list[tuple[Row, Any]]) -> list[Row]:
    """Return the rows whose savepoint was not undone: Django still holds their mark."""
    alive = {id(hook[1]) for hook in connection.run_on_commit}
    return [row for row, mark in waiting if id(mark) in alive]


def append(rows: list[Row]) -> None:
    """Append prepared entries, chained in order by the database under one lock."""
    if not rows:
        return
    entries = [_spelled(row) for row in rows]
    prepared.execute(_APPEND, [json.dumps(entries, ensure_ascii=False)])


def entry(act: str, *, subject: object, by: Any, at: datetime, **details: Any) -> Row:
    """Return an entry as ``audit_append`` takes it, for a function that appends with its rows."""
    return _spelled(_row(act, subject=subject, by=by, at=at, details=details))


def _spelled(row: Row) -> Row:
    return row | {"text": chain.text_of(**row), "at": row["at"].isoformat()}


def _row(act: str, *, subject: object, by: Any, at: datetime, details: dict[str, Any]) -> Row:
    number = subject if isinstance(subject, str) else str(getattr(subject, "pk", subject))
    agency = by.agency.code if by is not None else ""
    officer = by.pk if by is not None else None
    return {"at": at, "act": act, "subject": number, "by": officer, "agency": agency,
            "details": details}  # fmt: skip
