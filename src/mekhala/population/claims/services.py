"""Loading, adding and correcting published figures. Every change is kept beside what stood before.

A file is taken in whole or not at all. Nothing is altered in silence: who changed what, when and
why stays with the claim, and the last change can be put back.
"""

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import CharField

from mekhala.core.provenance.claim import Claim as Read
from mekhala.core.provenance.claim import claim_of, read_claims
from mekhala.core.table_text import rows_of
from mekhala.core.wrong_input import WrongInput
from mekhala.population.claims import errors, policies
from mekhala.population.claims.models import ChangeKind, Claim, ClaimChange
from mekhala.safeguards.audit import services as audit

if TYPE_CHECKING:
    from mekhala.safeguards.access.models import Officer

COLUMNS = tuple(field.name for field in fields(Read))
LONGEST = {
    column: found.max_length
    for column in COLUMNS
    if isinstance(found := Claim._meta.get_field(column), CharField) and found.max_length
}


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many claims a file added, changed and left as they were."""

    added: int
    changed: int
    unchanged: int


@transaction.atomic
def load(text: str, file_name: str, *, by: "Officer", at: datetime) -> Loaded:
    """Take in a CSV file of claims, one figure a row; known ones are brought up to date.

    ``text`` is what stands in the file, ``file_name`` its name for messages. A column the file
    does not have stays as it was. Raises ``WrongInput`` naming row and column, ``NotYourRole``;
    then nothing of the file is kept.
    """
    policies.check_may_load(by)
    read, columns = _read(text.removeprefix("\ufeff"), file_name)
    kept = {one.claim_id: as_read(one) for one in Claim.objects.select_for_update()}
    read = [_filled(one, kept.get(one.claim_id), columns) for one in read]
    changed = [one for one in read if kept.get(one.claim_id) != one]
    _keep(changed)
    _note(((kept.get(c.claim_id), c) for c in changed), ChangeKind.LOADED, file_name, by, at)
    known = [one.claim_id for one in changed if one.claim_id in kept]
    added = len(changed) - len(known)
    audit.record(
        "claims.loaded", subject="claims", by=by, at=at, added=added, changed=known,
        file_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip
    return Loaded(added=added, changed=len(known), unchanged=len(read) - len(changed))


@transaction.atomic
def add(figure: Read, *, why: str, by: "Officer", at: datetime) -> Claim:
    """Add one published figure; ``why`` says where it was found.

    Raises ``NotYourRole``, ``ReasonMissing``, ``AlreadyThere``, ``WrongInput``.
    """
    policies.check_may_load(by)
    _check(figure, why)
    if Claim.objects.filter(claim_id=figure.claim_id).exists():
        raise errors.AlreadyThere
    _keep([figure])
    _note([(None, figure)], ChangeKind.ADDED, why, by, at)
    audit.record("claims.added", subject="claims", by=by, at=at, claim=figure.claim_id)
    return Claim.objects.get(claim_id=figure.claim_id)


@transaction.atomic
def correct(figure: Read, *, why: str, seen: int, by: "Officer", at: datetime) -> Claim:
    """Correct the claim of the figure's claim_id; what stood there stays in its history.

    ``seen`` is the number of the last change the officer saw, 0 for none. Raises ``NotYourRole``,
    ``ReasonMissing``, ``NotThere``, ``ChangedMeanwhile``, ``NothingChanged``, ``WrongInput``.
    """
    policies.check_may_load(by)
    _check(figure, why)
    kept = Claim.objects.select_for_update().filter(claim_id=figure.claim_id).first()
    if kept is None:
        raise errors.NotThere
    if last_change(figure.claim_id) != seen:
        raise errors.ChangedMeanwhile
    before = as_read(kept)
    if before == figure:
        raise errors.NothingChanged
    _keep([figure])
    _note([(before, figure)], ChangeKind.CORRECTED, why, by, at)
    audit.record("claims.corrected", subject="claims", by=by, at=at, claim=figure.claim_id)
    return Claim.objects.get(claim_id=figure.claim_id)


@transaction.atomic
def put_back(claim_id: str, *, why: str, seen: int, by: "Officer", at: datetime) -> None:
    """Undo the last change of a claim: it stands as before, and both changes stay in its history.

    What had been added is taken out; what had been taken out is there again. Raises
    ``NotYourRole``, ``ReasonMissing``, ``NotThere`` without a change, ``ChangedMeanwhile``.
    """
    policies.check_may_load(by)
    if not why.strip():
        raise errors.ReasonMissing
    Claim.objects.select_for_update().filter(claim_id=claim_id).first()
    last = ClaimChange.objects.filter(claim_id=claim_id).first()
    if last is None:
        raise errors.NotThere
    if last.pk != seen:
        raise errors.ChangedMeanwhile
    before = Read(**last.before) if last.before else None
    if before is None:
        Claim.objects.filter(claim_id=claim_id).delete()
    else:
        _keep([before])
    after = Read(**last.after) if last.after else None
    _note([(after, before)], ChangeKind.PUT_BACK, why, by, at)
    audit.record("claims.put_back", subject="claims", by=by, at=at, claim=claim_id)


def last_change(claim_id: str) -> int:
    """Return the number of the last change of a claim, 0 for none."""
    found = ClaimChange.objects.filter(claim_id=claim_id).values_list("pk", flat=True).first()
    return found or 0


def as_read(one: Claim) -> Read:
    """Return a kept claim as the core reads it."""
    return Read(**{column: getattr(one, column) for column in COLUMNS})


def _keep(claims: list[Read]) -> None:
    rows = [Claim(**{column: getattr(one, column) for column in COLUMNS}) for one in claims]
    Claim.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["claim_id"],
        update_fields=[column for column in COLUMNS if column != "claim_id"],
    )  # fmt: skip


def _note(
    changed: Iterable[tuple[Read | None, Read | None]], kind: ChangeKind, why: str,
    by: "Officer", at: datetime,
) -> None:  # fmt: skip
    """Keep what stood before and after, by whom, when and why."""
    ClaimChange.objects.bulk_create(
        ClaimChange(
            claim_id=one.claim_id, kind=kind, why=why, changed_by=by, changed_at=at,
            before=asdict(before) if before else None, after=asdict(after) if after else None,
        )
        for before, after in changed if (one := after or before)
    )  # fmt: skip


def _check(figure: Read, why: str) -> None:
    """Refuse a figure without a reason, and what no file could bring in either."""
    if not why.strip():
        raise errors.ReasonMissing
    where = figure.claim_id or "claim"
    claim_of(asdict(figure), where)
    _check_lengths(figure, where)


def _filled(one: Read, kept: Read | None, columns: frozenset[str]) -> Read:
    """Return a claim with what its file does not speak of left as it is kept."""
    if kept is None:
        return one
    left = {name: getattr(kept, name) for name in COLUMNS if name not in columns}
    return replace(one, **left)


def _read(text: str, file_name: str) -> tuple[list[Read], frozenset[str]]:
    """Return the claims of a file, and the columns it has."""
    if "\0" in text:
        raise WrongInput(f"{file_name}: is not text; expected a CSV file in UTF-8")
    try:
        read = read_claims(text, file_name)
    except csv.Error as error:
        raise WrongInput(f"{file_name}: is not CSV ({error}); expected commas and quotes") from None
    for number, one in enumerate(read, start=2):
        _check_lengths(one, f"{file_name}: row {number}")
    return read, frozenset(rows_of(text, file_name)[0][1])


def _check_lengths(one: Read, where: str) -> None:
    for column, longest in LONGEST.items():
        length = len(getattr(one, column))
        if length > longest:
            raise WrongInput(
                f"{where}, column {column}: has {length} characters; expected {longest} at most"
            )
