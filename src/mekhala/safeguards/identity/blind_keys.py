"""Blind keys: how a person is found to be known while no name lies where it could be read.

The linker says under which strings a record is looked up (``linker.blocking``); the key service
turns each into a number that many people share (``keys.lookups``). They are made when a name is
kept, while it is there in clear; where that could not be, when it is next shown, or by ``mekhala
keys blind``. People of cases have them, accused people never.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from mekhala.core.matching.linker.blocking import BETWEEN, blocking_keys
from mekhala.core.matching.linker.blocking import RULES as RULES_OF_BLOCKING
from mekhala.core.matching.records import COLUMNS, Record
from mekhala.core.names.khmer import is_khmer
from mekhala.safeguards.identity.errors import BY_CODE, NotNow
from mekhala.safeguards.identity.models import FIELDS, BlindKeys, Identity
from mekhala.safeguards.keys.asking import ask
from mekhala.safeguards.keys.client import PATIENCE, PATIENCE_WITH_MANY
from mekhala.safeguards.keys.errors import KeyServiceDown, Refused
from mekhala.safeguards.keys.lookups import INDEX_BITS
from mekhala.safeguards.keys.service import MOST_BLINDED, MOST_STRINGS, SYSTEM

SEVERAL = {"whole": 2, "sounds": 1}
RULES = 1  # raised when the strings change: then all are made anew
# Of these kinds a person has several, three to seven: cut to as many bits more, a value is shared
# by as many people as one of the others.
BITS = {rule.kind: INDEX_BITS + SEVERAL[rule.columns[0]] for rule in RULES_OF_BLOCKING
        if rule.columns[0] in SEVERAL}  # fmt: skip
ORDER = {rule.kind: n for n, rule in enumerate(RULES_OF_BLOCKING)}
KEEP = "select identity_keep_blind_keys(%s, %s::int[], %s)"
_UNKNOWN = dict.fromkeys(COLUMNS, "")


def record_of(told: Mapping[str, str], **beside: str) -> Record:
    """Return fields of the vault as the linker reads a record; ``beside`` are other columns."""
    native, latin = told.get("native_name", ""), told.get("latin_name", "")
    khmer, place = is_khmer(native), told.get("village_code", "")
    codes = {f"{what}_code": place[:n] if len(place) >= n else "" for what, n in _PLACES.items()}
    return _UNKNOWN | codes | beside | {
        "name_km": native if khmer else "",
        "full_name": latin or ("" if khmer else native),
        "birth_date": told.get("birth_date", ""), "phone": told.get("phone", ""),
        "national_id": told.get("national_id", ""),
    }  # fmt: skip


_PLACES = {"province": 2, "district": 4, "commune": 6, "village": 8}


def made(
    records: Sequence[Record], *, actor: str, kinds: frozenset[str] | None = None
) -> list[list[int]]:
    """Return the blind keys of each record, of some kinds or all.

    Raises ``KeyServiceDown``, ``Refused``.
    """
    found: list[list[int]] = []
    strings = [_strings(record, kinds) for record in records]
    patience = PATIENCE if len(records) < 50 else PATIENCE_WITH_MANY
    for start in range(0, len(strings), MOST_BLINDED):
        part = strings[start : start + MOST_BLINDED]
        request = {"op": "blind", "actor": actor, "items": part, "bits": BITS}
        found += ask(request, patience=patience)["keys"]
    return found


def _strings(record: Record, kinds: frozenset[str] | None) -> list[str]:
    """Return what a record is looked up under, the coarse kinds first where there are too many."""
    said = [key for key in blocking_keys(record) if kinds is None or kind_of(key) in kinds]
    return sorted(said, key=lambda key: (ORDER.get(kind_of(key), len(ORDER)), key))[:MOST_STRINGS]


def kind_of(key: str) -> str:
    """Return the kind of a blocking key, which stands before its first separator."""
    return key.partition(BETWEEN)[0]


def asked(record: Record, *, actor: str, kinds: frozenset[str] | None = None) -> list[int]:
    """Return the blind keys of one record, to look with. Raises ``NotNow``, ``LookedTooOften``."""
    try:
        return made([record], actor=actor, kinds=kinds)[0]
    except KeyServiceDown:
        raise NotNow from None
    except Refused as refusal:
        raise BY_CODE.get(refusal.why, NotNow)() from None


def is_looked_for(row: Identity) -> bool:
    """Return whether this is the person of a case; an accused is never looked for."""
    return row.subject == row.file_number


def keep(row: Identity, told: Mapping[str, str], *, actor: str) -> None:
    """Make and keep the blind keys of what is told, as far as the key service answers.

    Where something is kept that is not among what is told, those made before stay beside them
    and ``row.keys_rules`` is None: not all are made. The row itself is not saved here.
    """
    row.keys_rules = None
    if not is_looked_for(row):
        return
    try:
        (keys,) = made([record_of(told)], actor=actor)
    except (KeyServiceDown, Refused):
        return
    is_all = all(field in told or not getattr(row, field) for field in FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [row.subject, keys, is_all])
    row.keys_rules = RULES if is_all else None


def of_many(rows: Sequence[Identity], names: Sequence[Any]) -> list[BlindKeys]:
    """Return the blind keys of many new names, not yet saved, and mark the rows that have them.

    None where the key service gives none: they are made later.
    """
    looked_for = [(row, vars(name)) for row, name in zip(rows, names, strict=True)
                  if is_looked_for(row)]  # fmt: skip
    try:
        keys = made([record_of(told) for _row, told in looked_for], actor=SYSTEM)
    except (KeyServiceDown, Refused):
        return []
    for row, _told in looked_for:
        row.keys_rules = RULES
    return [
        BlindKeys(subject=row.subject, keys=some)
        for (row, _told), some in zip(looked_for, keys, strict=True)
    ]


def forget(subject: str) -> None:
    """Take away the blind keys of a name that was erased; of one that stands nothing is taken."""
    with connection.cursor() as cursor:
        cursor.execute("select identity_forget_blind_keys(%s)", [subject])
