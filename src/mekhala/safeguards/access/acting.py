"""Whom the database works for. Row security reads it; without it no guarded row is seen.

The setting is local to the transaction: a pooled connection never carries it on.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SETTING = "mekhala.officer"


@contextmanager
def acting_for(officer_id: int | None) -> Iterator[None]:
    """Run the block, in one transaction, as the officer with this id (None: nobody)."""
    with transaction.atomic():
        before = _swap(str(officer_id or ""))
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _swap(before)


def _swap(value: str) -> str:
    """Set the actor for the rest of the transaction and return the one before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(current_setting(%s, true), ''), set_config(%s, %s, true)",
            [SETTING, SETTING, value],
        )
        return str(cursor.fetchone()[0])
