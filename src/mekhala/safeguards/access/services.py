"""Opening a file to an officer, and closing it again."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import ProgrammingError, transaction
from psycopg.errors import InsufficientPrivilege

from mekhala.safeguards.access.errors import ClassNotOfPurpose, NotOpenToYou
from mekhala.safeguards.access.models import ApiToken, Grant, Officer
from mekhala.safeguards.access.purposes import CLASSES_OF_PURPOSE, FieldClass, Purpose
from mekhala.safeguards.audit import services as audit

USUAL_TIME = timedelta(days=365)


@transaction.atomic
def open_to(
    officers: Iterable[Officer],
    file_number: str,
    *,
    purpose: Purpose,
    by: Officer,
    at: datetime,
    until: datetime | None = None,
    field_classes: Iterable[FieldClass] | None = None,
    consent: int | None = None,
) -> None:
    """Open ``field_classes`` of one file (None: all of the purpose) to each of ``officers``.

    ``consent`` is the id of the yes it rests on. A grant ``by`` gave before is prolonged and
    from now on carries these classes: fewer at any time, more only with a newer consent.

    The database decides (``access_may_open``): ``by`` holds the file, with these classes, for a
    purpose from which this one follows, or is the first to whom this number is opened. Raises
    ``NotOpenToYou``; ``ClassNotOfPurpose`` for a class the purpose does not carry, or for none.
    """
    ends = until or at + USUAL_TIME
    classes = _carried(purpose, field_classes)
    grants = [
        Grant(
            file_number=file_number, officer=o, purpose=purpose, granted_by=by,
            granted_at=at, until=ends, field_classes=classes, consent=consent,
        )
        for o in officers
    ]  # fmt: skip
    _keep(grants)
    audit.record(
        "access.opened", subject=file_number, by=by, at=at,
        officers=[g.officer_id for g in grants], purpose=purpose.value, classes=classes,
    )  # fmt: skip


def _carried(purpose: Purpose, wanted: Iterable[FieldClass] | None) -> list[str]:
    """Return the classes of a grant in their order; refuse none, and what is not the purpose's."""
    most = CLASSES_OF_PURPOSE[purpose]
    asked = most if wanted is None else frozenset(wanted)
    if not asked or not asked <= most:
        raise ClassNotOfPurpose
    return [c.value for c in FieldClass if c in asked]


def _keep(grants: list[Grant]) -> None:
    """Keep the grants; what row security refuses is not open to who gives it."""
    try:
        with transaction.atomic():
            Grant.objects.bulk_create(
                grants, update_conflicts=True,
                update_fields=["granted_at", "until", "field_classes", "consent"],
                unique_fields=["officer", "file_number", "purpose", "granted_by"],
            )  # fmt: skip
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        raise NotOpenToYou from None


@transaction.atomic
def close_to(officer: Officer, file_number: str, *, by: Officer, at: datetime) -> None:
    """End every grant of ``officer`` on one file; it is closed at the next request."""
    Grant.objects.filter(officer=officer, file_number=file_number, until__gt=at).update(until=at)
    audit.record("access.closed", subject=file_number, by=by, at=at, officers=[officer.pk])


def new_token(officer: Officer, label: str, *, at: datetime, days: int = 30) -> str:
    """Return a fresh API token of ``officer``; it is shown this once and only its digest kept."""
    token = f"mkt_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(
        officer=officer, label=label, digest=digest_of(token), created_at=at,
        expires_at=at + timedelta(days=days),
    )  # fmt: skip
    audit.record("access.token_made", subject=officer.username, by=officer, at=at)
    return token


def digest_of(token: str) -> str:
    """Return the digest under which ``token`` is kept. Tokens are random: no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
