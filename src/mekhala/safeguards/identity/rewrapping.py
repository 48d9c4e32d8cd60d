"""Wrapping data keys anew: after a rotation all of them, and those that waited sealed.

Both versions open meanwhile. A key changed or destroyed while its batch was away is left alone:
each row is written only where it is still what was sent.
"""

from collections.abc import Callable, Sequence

from django.db import connection, transaction
from django.db.models import Count, Q

from mekhala.safeguards.identity import datakeys
from mekhala.safeguards.identity.models import DESTROYED, DataKey
from mekhala.safeguards.keys.errors import KeyServiceDown
from mekhala.safeguards.keys.service import BOXED, WRAPPED

AT_ONCE = 2000  # keys in one request and one transaction
_WRITE = """
update identity_datakey d set form = %s, version = n.version, wrapped = n.after
from unnest(%s::bigint[], %s::int[], %s::bytea[], %s::bytea[]) as n(id, version, before, after)
where d.id = n.id and d.wrapped = n.before
"""


def take_in(rows: Sequence[DataKey]) -> None:
    """Have keys of one person that waited sealed to the service wrapped by it, if it answers."""
    waiting = [row for row in rows if row.form == BOXED]
    if waiting:
        try:
            _write_anew(waiting)
        except KeyServiceDown:
            return


def count() -> dict[str, int]:
    """Return how many data keys there are, under an older version, waiting, and destroyed.

    Runs as the owner of the tables.
    """
    version = int(datakeys.ask({"op": "status"})["version"])
    alive = ~Q(form=DESTROYED)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        return DataKey.objects.aggregate(
            data_keys=Count("pk"),
            under_an_older_version=Count("pk", filter=alive & Q(version__lt=version)),
            waiting_for_the_service=Count("pk", filter=Q(form=BOXED)),
            destroyed=Count("pk", filter=~alive),
        )  # fmt: skip


def rewrap_all(*, told: Callable[[int], object] = abs) -> tuple[int, int]:
    """Wrap every key with the current version, in batches; return (done, could not be opened).

    Runs as the owner of the tables. May be stopped and called again: what is done is not done
    twice. ``told(done)`` is called after each batch. Raises ``KeyServiceDown``.
    """
    version = int(datakeys.ask({"op": "status"})["version"])
    stale = (Q(version__lt=version) | Q(form=BOXED)) & ~Q(form=DESTROYED)
    last = done = left = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
            rows = list(DataKey.objects.filter(stale, pk__gt=last).order_by("pk")[:AT_ONCE])
            if not rows:
                return done, left
            written = _write_anew(rows)
        last, done, left = rows[-1].pk, done + written, left + len(rows) - written
        told(done)


def _write_anew(rows: Sequence[DataKey]) -> int:
    """Write what the service wrapped anew; return how many rows that were."""
    again = list(datakeys.rewrapped(rows))
    ids = [row.pk for row, _version, _wrapped in again]
    versions = [version for _row, version, _wrapped in again]
    before = [bytes(row.wrapped) for row, _version, _wrapped in again]
    after = [wrapped for _row, _version, wrapped in again]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [WRAPPED, ids, versions, before, after])
        return int(cursor.rowcount)
