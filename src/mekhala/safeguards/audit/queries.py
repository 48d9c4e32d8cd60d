"""What was done, and who looked. Nothing here changes anything.

The table is closed to the application; these ask functions of the database, which answer about
a file only while it is open to the officer who acts.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from mekhala.safeguards.audit.heads import is_signed_by
from mekhala.safeguards.audit.models import Head
from mekhala.safeguards.audit.tree import Edge, Hash, leaf_of


@dataclass(frozen=True)
class Act:
    """What was done, when, and by which agency; no officer."""

    at: datetime
    act: str
    agency: str


@dataclass(frozen=True)
class Look:
    """One look at a file: which officer (None: the system), on which page, under which purposes."""

    at: datetime
    act: str
    officer: int | None
    agency: str
    page: str
    purposes: tuple[str, ...]
    in_emergency: bool


def acts_about(number: str, acts: Collection[str]) -> list[Act]:
    """Return those of ``acts`` that were done on a file, newest first; none if it is not open."""
    asked = "select at, act, agency from audit_acts_about(%s) where act = any(%s) order by id desc"
    return [Act(*row) for row in _asked(asked, [number, list(acts)])]


def looks_at(number: str) -> list[Look]:
    """Return who looked at a file, newest first.

    Looks are acts called ``case.opened``, ``….shown`` and ``….emergency…``. None is told unless
    the file is open to the officer for determination, registration or support.
    """
    asked = """select at, act, officer, agency, page, purpose, emergency
      from audit_looks_at(%s) order by id desc"""
    return [
        Look(at, act, officer, agency, page, _purposes(purpose), in_emergency)
        for at, act, officer, agency, page, purpose, in_emergency in _asked(asked, [number])
    ]


def _purposes(kept: Any) -> tuple[str, ...]:
    """Read the purposes of a look: a list of codes, or codes with commas."""
    said = json.loads(kept) if isinstance(kept, str) else kept
    codes = said.split(",") if isinstance(said, str) else said
    return tuple(code for code in codes if code)


def digests_after(last: int) -> Iterator[tuple[int, str]]:
    """Return id and digest of the entries after the one with the id ``last``, in order."""
    yield from _asked("select id, digest from audit_digests(%s) order by id", [last])


def newest_signed(public: str, *, at_most: int | None = None) -> Head | None:
    """Return the newest head this key signed whose edge is the one that was signed.

    ``at_most``: of no more entries than that. A row that somebody put in is passed over.
    """
    kept = Head.objects.order_by("-size", "-id")
    found = kept if at_most is None else kept.filter(size__lte=at_most)
    for head in found.iterator(chunk_size=10):
        if is_signed_by(public, head.as_shown()) and head.edge.root().hex() == head.root:
            return head
    return None


def edge_at(size: int, *, public: str) -> tuple[Edge, list[tuple[int, str]]]:
    """Return the edge of the tree at ``size`` entries, and id and digest of those after it.

    It starts from the newest signed head of no more entries, so that little is read.
    """
    kept = newest_signed(public, at_most=size)
    edge, last = (kept.edge, kept.last) if kept else (Edge(), 0)
    rest = list(digests_after(last))
    missing = size - edge.size
    return edge.grown(leaves_of(rest[:missing])), rest[missing:]


def leaves_of(digests: Collection[tuple[int, str]]) -> list[Hash]:
    """Return the leaves of the tree over these entries."""
    return [leaf_of(entry_id, digest) for entry_id, digest in digests]


def _asked(question: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())
