"""Finding a person by two exact fields: by a blind index first, then opened and compared.

Only files that are open to who asks are looked at: row security sees to that.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity import lookup
from mekhala.safeguards.identity.errors import BY_CODE, NameDamaged, NameGone, NotNow
from mekhala.safeguards.identity.models import Identity
from mekhala.safeguards.identity.services import opened
from mekhala.safeguards.keys.errors import KeyServiceDown, Refused

MOST = 50  # people compared in one search


def find(fields: Mapping[str, str], *, by: Any, at: datetime, purpose: str) -> list[Identity]:
    """Return the identities open to ``by`` of which both fields are exactly these.

    ``fields``: two fields of ``Name``, either native name and birth date, or the national
    identity number with another. Compared without regard to case, script of digits or spaces
    around. Each name that was opened to compare is noted, and the search as well. Raises
    ``WrongInput`` for other fields, ``NotNow``, ``LookedTooOften``.
    """
    actor = f"officer:{by.pk}"
    found = []
    for row in _with_this_index(fields, actor=actor):
        audit.record("identity.compared", subject=row.subject, by=by, at=at, purpose=purpose)
        if _is(row, fields, actor=actor, purpose=purpose):
            found.append(row)
    audit.record("identity.searched", subject="", by=by, at=at, fields=sorted(fields),
                 found=len(found))  # fmt: skip
    return found


def _with_this_index(fields: Mapping[str, str], *, actor: str) -> list[Identity]:
    """Return the open rows whose blind index is that of these fields; most are somebody else."""
    column = lookup.column_of(fields)
    try:
        index = lookup.asked({column: lookup.written(fields, column)}, actor=actor)[column]
    except KeyServiceDown:
        raise NotNow from None
    except Refused as refusal:
        raise BY_CODE.get(refusal.why, NotNow)() from None
    return list(Identity.objects.filter(**{column: index}).order_by("subject")[:MOST])


def _is(row: Identity, fields: Mapping[str, str], *, actor: str, purpose: str) -> bool:
    """Open a name and return whether the fields are the same; one that does not open is not."""
    try:
        name = opened(row, actor=actor, purpose=purpose)
    except (NameGone, NameDamaged):
        return False
    return all(
        lookup.plain(field, getattr(name, field)) == lookup.plain(field, said)
        for field, said in fields.items()
    )
