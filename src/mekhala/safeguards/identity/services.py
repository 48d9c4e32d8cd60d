"""Keeping and showing a name."""

from datetime import datetime
from typing import Any

from django.db import transaction

from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity.models import Identity


@transaction.atomic
def keep(subject: str, *, file_number: str, by: Any, at: datetime, **details: str) -> Identity:
    """Keep what the person said of name, birth and papers under one number."""
    kept, _made = Identity.objects.update_or_create(
        subject=subject, defaults={"file_number": file_number, **details}
    )
    audit.record("identity.kept", subject=subject, by=by, at=at, fields=sorted(details))
    return kept


@transaction.atomic
def show(subject: str, *, by: Any, at: datetime, purpose: str) -> Identity | None:
    """Return the identity for one look, noted before it is seen; None if it is not open."""
    found = Identity.objects.filter(subject=subject).first()
    if found is not None:
        audit.record("identity.shown", subject=subject, by=by, at=at, purpose=purpose)
    return found
