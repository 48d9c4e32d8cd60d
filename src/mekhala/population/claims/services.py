"""Loading published figures: a whole file or nothing."""

import csv
import hashlib
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import CharField

from mekhala.core.provenance.claim import Claim as Read
from mekhala.core.provenance.claim import read_claims
from mekhala.core.wrong_input import WrongInput
from mekhala.population.claims import policies
from mekhala.population.claims.models import Claim
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

    ``text`` is what stands in the file, ``file_name`` its name for messages. Raises ``WrongInput``
    naming row and column, ``NotYourRole``; then nothing of the file is kept.
    """
    policies.check_may_load(by)
    read = _read(text.removeprefix("\ufeff"), file_name)
    kept = {one.claim_id: one for one in Claim.objects.select_for_update()}
    added = [one for one in read if one.claim_id not in kept]
    changed = [one for one in read if one.claim_id in kept and as_read(kept[one.claim_id]) != one]
    _keep(added + changed)
    audit.record(
        "claims.loaded", subject="claims", by=by, at=at, added=len(added),
        changed=[one.claim_id for one in changed],
        file_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip
    unchanged = len(read) - len(added) - len(changed)
    return Loaded(added=len(added), changed=len(changed), unchanged=unchanged)


def as_read(one: Claim) -> Read:
    """Return a kept claim as the core reads it."""
    return Read(**{column: getattr(one, column) for column in COLUMNS})


def _keep(claims: list[Read]) -> None:
    rows = [Claim(**{column: getattr(one, column) for column in COLUMNS}) for one in claims]
    Claim.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["claim_id"],
        update_fields=[column for column in COLUMNS if column != "claim_id"],
    )  # fmt: skip


def _read(text: str, file_name: str) -> list[Read]:
    if "\0" in text:
        raise WrongInput(f"{file_name}: is not text; expected a CSV file in UTF-8")
    try:
        read = read_claims(text, file_name)
    except csv.Error as error:
        raise WrongInput(f"{file_name}: is not CSV ({error}); expected commas and quotes") from None
    for number, one in enumerate(read, start=2):
        _check_lengths(one, f"{file_name}: row {number}")
    return read


def _check_lengths(one: Read, where: str) -> None:
    for column, longest in LONGEST.items():
        length = len(getattr(one, column))
        if length > longest:
            raise WrongInput(
                f"{where}, column {column}: has {length} characters; expected {longest} at most"
            )
