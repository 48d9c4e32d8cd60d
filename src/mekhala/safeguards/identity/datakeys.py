"""Data keys on their way: made here, wrapped by the key service, opened by it for one look."""

from collections.abc import Iterable, Sequence
from itertools import batched
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from mekhala.safeguards.identity.errors import BY_CODE, CannotBeKeptNow, NameDamaged, NotNow
from mekhala.safeguards.identity.models import DataKey
from mekhala.safeguards.keys import client, wrapping
from mekhala.safeguards.keys.asking import ask
from mekhala.safeguards.keys.errors import KeyServiceDown, Refused
from mekhala.safeguards.keys.protocol import packed, unpacked
from mekhala.safeguards.keys.service import BOXED, MOST_AT_ONCE, MOST_KEYS_OF_ONE, WRAPPED

type Made = tuple[bytes, DataKey]
BITS = 256  # of a data key


def made(wanted: Sequence[tuple[str, int]]) -> list[Made]:
    """Return a new data key for each (subject, number), with its row, not yet saved.

    Wrapped by the service; while it does not answer, sealed to its public key. Raises
    ``CannotBeKeptNow`` where no service has ever answered, ``NameGone`` for a number erased.
    """
    keys = [AESGCM.generate_key(BITS) for _one in wanted]
    rows: list[DataKey] = []
    for start in range(0, len(wanted), MOST_AT_ONCE):
        part = slice(start, start + MOST_AT_ONCE)
        rows += _wrapped(wanted[part], keys[part])
    return list(zip(keys, rows, strict=True))


def _wrapped(wanted: Sequence[tuple[str, int]], keys: Sequence[bytes]) -> list[DataKey]:
    items = [
        {"subject": subject, "number": number, "key": packed(key)}
        for (subject, number), key in zip(wanted, keys, strict=True)
    ]
    try:
        answer = ask({"op": "wrap", "items": items}, patience=_patience(items))
        _meet(answer["version"])
    except Refused as refusal:
        raise BY_CODE.get(refusal.why, CannotBeKeptNow)() from None
    except KeyServiceDown:
        return _boxed(wanted, keys)
    return [
        DataKey(subject=subject, number=number, form=WRAPPED, version=answer["version"],
                wrapped=unpacked(text))
        for (subject, number), text in zip(wanted, answer["wrapped"], strict=True)
    ]  # fmt: skip


def _meet(version: int) -> None:
    """Keep the public key of a version of the service not met before."""
    place = Path(settings.KEYS_PUBLIC)
    kept = client.kept_public(place)
    if kept is None or kept[0] != version:
        client.keep_public(place, ask({"op": "status"}))


def _boxed(wanted: Sequence[tuple[str, int]], keys: Sequence[bytes]) -> list[DataKey]:
    """Seal keys to the service's public key: nothing waits in clear for it to come back."""
    kept = client.kept_public(Path(settings.KEYS_PUBLIC))
    if kept is None:
        raise CannotBeKeptNow
    version, public = kept
    return [
        DataKey(subject=subject, number=number, form=BOXED, version=version,
                wrapped=wrapping.box(key, public, wrapping.Place(subject, number, version)))
        for (subject, number), key in zip(wanted, keys, strict=True)
    ]  # fmt: skip


def unwrapped(rows: Sequence[DataKey], *, actor: str, purpose: str) -> dict[int, bytes]:
    """Return one person's data keys by number, for one look. Raises ``NameNotShown``."""
    request = {"op": "unwrap", "subject": rows[0].subject, "actor": actor,
               "purpose": purpose or "none"}  # fmt: skip
    keys: list[str] = []
    try:
        for part in batched(rows, MOST_KEYS_OF_ONE):
            keys += ask(request | {"items": [_item(row) for row in part]})["keys"]
    except KeyServiceDown:
        raise NotNow from None
    except Refused as refusal:
        raise BY_CODE.get(refusal.why, NameDamaged)() from None
    return {row.number: unpacked(text) for row, text in zip(rows, keys, strict=True)}


def taken_over(rows: Sequence[DataKey], *, actor: str) -> dict[int, bytes] | None:
    """Return the keys of a filled form that nobody took over yet; None where somebody did.

    Raises ``NameNotShown``.
    """
    items = [_item(row) for row in rows]
    try:
        keys = ask({"op": "take_over", "subject": rows[0].subject, "actor": actor, "items": items})
    except KeyServiceDown:
        raise NotNow from None
    except Refused as refusal:
        if refusal.why == "taken":
            return None
        raise BY_CODE.get(refusal.why, NameDamaged)() from None
    return {row.number: unpacked(text) for row, text in zip(rows, keys["keys"], strict=True)}


def rewrapped(rows: Sequence[DataKey]) -> Iterable[tuple[DataKey, int, bytes]]:
    """Return (row, version, wrapped anew) for each row the service could open.

    Raises ``KeyServiceDown``.
    """
    answer = ask({"op": "rewrap", "items": [_item(row) for row in rows]}, patience=_patience(rows))
    for row, text in zip(rows, answer["wrapped"], strict=True):
        if text:
            yield row, answer["version"], unpacked(text)


def _item(row: DataKey) -> dict[str, Any]:
    return {"subject": row.subject, "number": row.number, "version": row.version,
            "form": row.form, "wrapped": packed(bytes(row.wrapped))}  # fmt: skip


def _patience(many: Sequence[object]) -> float:
    return client.PATIENCE if len(many) < 50 else client.PATIENCE_WITH_MANY
