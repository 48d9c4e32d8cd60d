"""What an officer was told. Row security shows each their own, whatever is asked."""

from django.db.models import QuerySet

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.notices.models import Notice


def of(officer: Officer) -> QuerySet[Notice]:
    """Return everything ``officer`` was told, the newest first."""
    return Notice.objects.filter(officer=officer).order_by("-id")


def unseen_of(officer: Officer) -> QuerySet[Notice]:
    """Return what ``officer`` was told and has not marked as seen, the newest first."""
    return of(officer).filter(seen_at=None)
