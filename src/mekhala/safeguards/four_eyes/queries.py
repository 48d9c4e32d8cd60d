"""Requests for a second signature. Row security shows them to who asked and to who may answer."""

from datetime import datetime

from django.db.models import QuerySet

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.access.queries import officers_of
from mekhala.safeguards.four_eyes.models import Answer, SecondSignature


def waiting_for(officer: Officer, *, now: datetime) -> QuerySet[SecondSignature]:
    """Return what ``officer`` may sign now, the oldest first."""
    return (
        SecondSignature.objects.filter(
            answer=Answer.WAITING, until__gt=now, answer_roles__contains=[officer.role]
        )
        .exclude(asked_by=officer)
        .exclude(asked_agency_id=officer.agency_id)
        .order_by("id")
    )


def asked_by(officer: Officer) -> QuerySet[SecondSignature]:
    """Return what ``officer`` asked for, the newest first."""
    return SecondSignature.objects.filter(asked_by=officer)


def answered_by(officer: Officer) -> QuerySet[SecondSignature]:
    """Return what ``officer`` signed or refused, the newest first."""
    return SecondSignature.objects.filter(answered_by=officer).exclude(asked_by=officer)


def seen_by(officer: Officer) -> QuerySet[SecondSignature]:
    """Return everything that is there for ``officer``."""
    may = SecondSignature.objects.filter(answer_roles__contains=[officer.role])
    others = may.exclude(asked_agency_id=officer.agency_id)
    return (asked_by(officer) | others).select_related("asked_by__agency", "answered_by__agency")


def agreed_for(officer: Officer, kind: str, *, now: datetime) -> QuerySet[SecondSignature]:
    """Return what ``officer`` asked for, was agreed, and has not been done yet."""
    from mekhala.safeguards.four_eyes.kinds import kinds

    return asked_by(officer).filter(
        kind=kind, answer=Answer.AGREED, done_at=None,
        answered_at__gt=now - kinds()[kind].use_within,
    )  # fmt: skip


def may_answer(signature: SecondSignature) -> list[Officer]:
    """Return the officers of other agencies whose role may answer (of files: by their grants)."""
    found = [o for role in signature.answer_roles for o in officers_of(Role(role))]
    return [o for o in found if o.agency_id != signature.asked_agency_id]
