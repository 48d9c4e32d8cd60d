"""Opening several names at once, only to compare them with the one person asked about.

What is opened here is shown to nobody: it is weighed and thrown away.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mekhala.safeguards.identity import sealing
from mekhala.safeguards.identity.errors import BY_CODE, NotNow
from mekhala.safeguards.identity.models import FIELDS
from mekhala.safeguards.identity.services import Name
from mekhala.safeguards.keys.asking import ask
from mekhala.safeguards.keys.errors import KeyServiceDown, Refused
from mekhala.safeguards.keys.protocol import unpacked

type Row = Mapping[str, Any]


def opened(rows: Sequence[Row], *, subject: str, actor: str) -> list[tuple[Row, Name]]:
    """Return each row with its name in clear; one that does not open is left out.

    A row has ``subject``, ``sealed`` (the fields in the order of ``FIELDS``) and ``keys``, JSON of
    [number, version, form, wrapped in base64] of each data key. ``subject`` is whom they are
    compared with. Raises ``NotNow``, ``LookedTooOften``.
    """
    wanted = [(row, keys) for row in rows if (keys := _keys_used(row))]
    if not wanted:
        return []
    items = [{"subject": row["subject"], "items": keys} for row, keys in wanted]
    try:
        request = {"op": "compare", "actor": actor, "subject": subject, "items": items}
        given = ask(request)["keys"]
    except KeyServiceDown:
        raise NotNow from None
    except Refused as refusal:
        raise BY_CODE.get(refusal.why, NotNow)() from None
    names = [
        (row, _opened(row, keys, clear)) for (row, keys), clear in zip(wanted, given, strict=True)
    ]
    return [(row, name) for row, name in names if name]


def _keys_used(row: Row) -> list[dict[str, Any]]:
    """Return the data keys that sealed a field of this row, as the key service takes them; none
    where what is kept was cut short.
    """
    try:
        used = {sealing.number_of(bytes(field)) for field in row["sealed"] if field}
    except sealing.DoesNotOpen:
        return []
    kept = json.loads(row["keys"]) if isinstance(row["keys"], str) else row["keys"] or []
    return [
        {"number": number, "version": version, "form": form, "wrapped": wrapped.replace("\n", "")}
        for number, version, form, wrapped in kept
        if number in used
    ]


def _opened(
    row: Row, keys: Sequence[Mapping[str, Any]], clear: Sequence[str] | None
) -> Name | None:
    """Return the name; None where it was altered, moved or erased."""
    if clear is None:
        return None
    number = row["subject"]
    held = {key["number"]: unpacked(text) for key, text in zip(keys, clear, strict=True)}
    try:
        texts = {
            field: sealing.opened(held, bytes(lies), subject=number, field=field)
            for field, lies in zip(FIELDS, row["sealed"], strict=True)
        }
    except sealing.DoesNotOpen:
        return None
    return Name(number, number, **texts)
