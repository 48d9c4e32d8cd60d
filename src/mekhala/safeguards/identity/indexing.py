"""Making blind keys for names that have none yet, or by rules of before, a few dozen at a time.

What is opened for it goes through the key service's allowance for comparing, which ends it for a
day; called again, it goes on where it stopped. Runs as the owner of the tables.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from mekhala.safeguards.identity import blind_keys, comparing
from mekhala.safeguards.identity.errors import NameNotShown
from mekhala.safeguards.identity.models import DESTROYED, FIELDS, DataKey, Identity
from mekhala.safeguards.keys.errors import Refused
from mekhala.safeguards.keys.protocol import packed
from mekhala.safeguards.keys.service import MOST_COMPARED, SYSTEM

_KEEP = """
insert into identity_blindkeys (subject, keys) values (%s, %s)
on conflict (subject) do update set keys = excluded.keys
"""


def waiting() -> QuerySet[Identity]:
    """Return the names of people of cases whose blind keys are not all made by today's rules."""
    stale = Q(keys_rules=None) | ~Q(keys_rules=blind_keys.RULES)
    named = Q(native_name=b"", latin_name=b"")
    return Identity.objects.filter(stale, subject=F("file_number")).exclude(named)


def make_all(*, told: Callable[[int], object] = abs) -> tuple[int, int]:
    """Make what is waiting; return (how many were made, how many could not be opened).

    ``told(done)`` is called after each few dozen. Stops, and says how far it came, where the
    allowance is used up. Raises ``KeyServiceDown``.
    """
    after, made, left = "", 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
            rows = list(waiting().filter(subject__gt=after).order_by("subject")[:MOST_COMPARED])
            if not rows:
                return made, left
            try:
                done = _made(rows)
            except (NameNotShown, Refused):
                return made, left
        after, made, left = rows[-1].subject, made + done, left + len(rows) - done
        told(made)


def _made(rows: Sequence[Identity]) -> int:
    """Open some names, make their blind keys and keep them; return how many that were."""
    opened = comparing.opened(_sealed(rows), subject=SYSTEM, actor=SYSTEM)
    records = [blind_keys.record_of(vars(name)) for _row, name in opened]
    keys = blind_keys.made(records, actor=SYSTEM) if records else []
    with connection.cursor() as cursor:
        for (_row, name), some in zip(opened, keys, strict=True):
            cursor.execute(_KEEP, [name.subject, some])
    subjects = [name.subject for _row, name in opened]
    Identity.objects.filter(pk__in=subjects).update(keys_rules=blind_keys.RULES)
    return len(subjects)


def _sealed(rows: Sequence[Identity]) -> list[dict[str, Any]]:
    """Return rows as ``comparing`` takes them, each with its data keys."""
    keys: dict[str, list[Any]] = {row.subject: [] for row in rows}
    for key in DataKey.objects.filter(subject__in=keys).exclude(form=DESTROYED):
        keys[key.subject].append([key.number, key.version, key.form, packed(bytes(key.wrapped))])
    return [
        {"subject": row.subject, "sealed": [bytes(getattr(row, field)) for field in FIELDS],
         "keys": keys[row.subject]}
        for row in rows
    ]  # fmt: skip
