"""Whom the database works for. Row security reads it; without it no guarded row is seen.

The setting is local to the transaction: a pooled connection never carries it on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from mekhala.safeguards import prepared
from mekhala.safeguards.access import held
from mekhala.safeguards.audit import services as audit

SETTING = "mekhala.officer"
_BECOME = "select coalesce(current_setting(%s, true), ''), set_config(%s, %s, true)"


@contextmanager
def acting_for(
    officer_id: int | None, begin: Callable[[int | None], str] | None = None
) -> Iterator[None]:
    """Run the block, in one transaction, as the officer with this id (None: nobody).

    ``begin`` stands in for ``become`` where its one statement asks for more at the same time.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic(), audit.together(), held.holding():
        before = (begin or become)(officer_id)
        try:
            yield
        finally:
            if not outermost and not connection.needs_rollback:
                become(before)  # the transaction goes on; the actor before it comes back


def become(officer_id: int | str | None) -> str:
    """Make an officer the actor for the rest of the transaction; return the actor before.

    Keys opened for the actor before are held no longer.
    """
    held.forget()
    [(before, _now)] = prepared.execute(_BECOME, [SETTING, SETTING, str(officer_id or "")])
    return str(before)
