"""Keeping a name, showing it for one look, and erasing it for good."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity import blind_keys, datakeys, lookup, narrative, sealing
from mekhala.safeguards.identity.errors import (
    CannotBeErasedNow,
    HeldFromErasing,
    NameDamaged,
    NameGone,
    NameNotShown,
)
from mekhala.safeguards.identity.models import DESTROYED, FIELDS, BlindKeys, DataKey, Identity
from mekhala.safeguards.identity.rewrapping import take_in
from mekhala.safeguards.keys.errors import KeyServiceDown


@dataclass(frozen=True)
class Name:
    """What a person said of name, birth and papers, in clear: held for one answer, never kept."""

    subject: str
    file_number: str
    native_name: str = ""
    latin_name: str = ""
    birth_date: str = ""
    national_id: str = ""
    phone: str = ""
    village_code: str = ""


@transaction.atomic
def keep(subject: str, *, file_number: str, by: Any, at: datetime, **details: str) -> Identity:
    """Keep what the person said of name, birth and papers under one number, sealed.

    ``details`` are fields of ``Name``; those left out stay as they are. The key service need not
    answer. Raises ``CannotBeKeptNow``, ``NameGone`` once the number was erased.
    """
    kept, _made = Identity.objects.select_for_update().get_or_create(
        subject=subject, defaults={"file_number": file_number}
    )
    (number,) = narrative.next_numbers(1)
    ((key, row),) = datakeys.made([(subject, number)])
    kept.file_number = file_number
    _seal(kept, details, key, number)
    for column, index in lookup.indexes(details, actor=_actor(by)).items():
        setattr(kept, column, index)
    blind_keys.keep(kept, details, actor=_actor(by))
    kept.save()
    row.save()
    narrative.hold([(key, row)])
    audit.record("identity.kept", subject=subject, by=by, at=at, fields=sorted(details),
                 number=number)  # fmt: skip
    return kept


def sealed(
    names: Sequence[Name],
) -> tuple[list[Identity], list[DataKey], list[BlindKeys]]:
    """Return the rows of many new names, not yet saved: for filling an empty country.

    What else is written of these people in the transaction is sealed with the same keys. Blind
    keys are made as far as the key service gives them.
    """
    numbers = narrative.next_numbers(len(names))
    subjects = [name.subject for name in names]
    made = datakeys.made(list(zip(subjects, numbers, strict=True)))
    rows = []
    for name, (key, kept) in zip(names, made, strict=True):
        row = Identity(subject=name.subject, file_number=name.file_number)
        _seal(row, {field: getattr(name, field) for field in FIELDS}, key, kept.number)
        rows.append(row)
    narrative.hold(made)
    return rows, [row for _key, row in made], blind_keys.of_many(rows, names)


def show(
    subject: str, *, by: Any, at: datetime, purpose: str, act: str = "identity.shown",
    **codes: object,
) -> Name | None:  # fmt: skip
    """Return the name for one look, noted before it is seen; None if none is open or kept.

    ``act`` and ``codes`` are what the log calls the look, where it is more than one.
    Raises ``NotNow``, ``LookedTooOften``, ``NameGone``, ``NameDamaged``, each noted as well.
    """
    found = Identity.objects.filter(subject=subject).first()
    if found is None:
        return None
    try:
        name = opened(found, actor=_actor(by), purpose=purpose)
    except NameNotShown as refusal:
        audit.record("identity.refused", subject=subject, by=by, at=at, purpose=purpose,
                     why=refusal.code)  # fmt: skip
        raise
    audit.record(act, subject=subject, by=by, at=at, purpose=purpose, **codes)
    _index_what_is_not(found, name, actor=_actor(by))
    return name


@transaction.atomic
def shred(subject: str, *, by: Any, at: datetime) -> None:
    """Destroy the data keys of one number, here and for every backup: nobody reads it again.

    The key service keeps the number on its list and opens no key of it, wherever the key comes
    back from. Raises ``CannotBeErasedNow``; ``HeldFromErasing`` under a legal hold; ``NameGone``
    where nothing (more) is kept.
    """
    row = Identity.objects.filter(subject=subject)
    refuse_held({subject, *row.values_list("file_number", flat=True)}, at=at)
    if not DataKey.objects.filter(subject=subject).exclude(form=DESTROYED).exists():
        raise NameGone
    DataKey.objects.filter(subject=subject).update(form=DESTROYED, wrapped=b"")
    gone = dict.fromkeys(FIELDS, b"") | dict.fromkeys([*lookup.INDEXED, "keys_rules"])
    row.update(**gone)
    blind_keys.forget(subject)
    audit.record("identity.shredded", subject=subject, by=by, at=at)
    try:
        datakeys.ask({"op": "shred", "subject": subject})
    except KeyServiceDown:
        raise CannotBeErasedNow from None


def refuse_held(numbers: set[str], *, at: datetime) -> None:
    """Raise ``HeldFromErasing`` where one of these files is under a legal hold at ``at`` (R-24).

    Asked of the database's own function, which answers whoever acts.
    """
    with connection.cursor() as cursor:
        cursor.execute("select from holds_held(%s, %s)", [sorted(numbers), at])
        if cursor.rowcount:
            raise HeldFromErasing


def _seal(row: Identity, details: dict[str, str], key: bytes, number: int) -> None:
    for field, text in details.items():
        if field not in FIELDS:
            raise TypeError(f"{field} is no field of the vault")
        sealed = sealing.seal(key, text, subject=row.subject, field=field, number=number)
        setattr(row, field, sealed)


def _actor(by: Any) -> str:
    return f"officer:{by.pk}" if by else "system"


def _index_what_is_not(row: Identity, name: Name, *, actor: str) -> None:
    """Index a name kept while the service was down, in part, or before there were indexes."""
    missing = {
        field: getattr(name, field)
        for column, fields in lookup.INDEXED.items()
        if getattr(row, column) is None and all(getattr(name, field) for field in fields)
        for field in fields
    }
    made = {c: n for c, n in lookup.indexes(missing, actor=actor).items() if n is not None}
    if row.keys_rules != blind_keys.RULES:
        blind_keys.keep(row, vars(name), actor=actor)
        made |= {"keys_rules": row.keys_rules} if row.keys_rules else {}
    if made:
        Identity.objects.filter(pk=row.pk).update(**made)


def opened(row: Identity, *, actor: str, purpose: str) -> Name:
    """Return the name of a row, for one look. Raises ``NameNotShown``; notes nothing."""
    keys = list(DataKey.objects.filter(subject=row.subject).order_by("number"))
    if not keys or any(key.form == DESTROYED for key in keys):
        raise NameGone if keys else NameDamaged
    try:
        fields = {field: bytes(getattr(row, field)) for field in FIELDS}
        used = {field: sealing.number_of(data) for field, data in fields.items() if data}
        if used:
            _refuse_older(row.subject, used)
        wanted = [key for key in keys if key.number in used.values()]
        held = datakeys.unwrapped(wanted, actor=actor, purpose=purpose) if wanted else {}
        texts = {
            field: sealing.opened(held, data, subject=row.subject, field=field)
            for field, data in fields.items()
        }
    except sealing.DoesNotOpen:
        raise NameDamaged from None
    take_in(wanted)
    return Name(row.subject, row.file_number, **texts)


def _refuse_older(subject: str, used: dict[str, int]) -> None:
    """Refuse a field that was put back from before its last keeping, as the log tells it."""
    with connection.cursor() as cursor:
        cursor.execute("select fields, number from identity_keepings(%s)", [subject])
        kept = cursor.fetchall()
    for fields, number in kept:
        if any(used.get(field, number) < number for field in json.loads(fields)):
            raise sealing.DoesNotOpen
