"""After a backup came back: whoever was erased since is erased again, before anybody looks.

The key service keeps the numbers, not the database: its list is not older because the database is.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction

from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity import datakeys
from mekhala.safeguards.identity.models import DESTROYED, FIELDS, BlindKeys, DataKey, Identity
from mekhala.safeguards.keys.service import BOXED

TRIED = 20  # data keys the service is asked to open, in search of one it knows


def erased_numbers() -> Iterator[str]:
    """Yield every number on the key service's list. Raises ``KeyServiceDown``."""
    after = ""
    while page := datakeys.ask({"op": "erased", "after": after})["erased"]:
        yield from page
        after = page[-1]


@transaction.atomic
def replay_erasures(*, at: datetime) -> int:
    """Destroy the data keys of every erased number that a backup has brought back; return how many.

    Runs as the owner of the tables, and may run again. Raises ``KeyServiceDown``; then nothing is
    changed.
    """
    _maintain()
    erased = 0
    for number in erased_numbers():
        back = DataKey.objects.filter(subject=number).exclude(form=DESTROYED)
        if back.update(form=DESTROYED, wrapped=b""):
            Identity.objects.filter(subject=number).update(**dict.fromkeys(FIELDS, b""))
            BlindKeys.objects.filter(subject=number).delete()
            audit.record("identity.shredded_again", subject=number, by=None, at=at)
            erased += 1
    return erased


@transaction.atomic
def keys_are_known() -> bool:
    """Return whether the key service is that of this database: it opens a data key of it, or
    there is none.

    No key leaves the service. Runs as the owner of the tables. Raises ``KeyServiceDown``.
    """
    _maintain()
    erased = set(erased_numbers())
    alive = DataKey.objects.exclude(form=DESTROYED).exclude(form=BOXED).order_by("-pk")
    tried = [row for row in alive[: TRIED + len(erased)] if row.subject not in erased][:TRIED]
    return not tried or any(True for _known in datakeys.rewrapped(tried))


def _maintain() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
