"""Openings in an emergency that nobody reviewed in 72 hours suspend the officer."""

from django.tasks import task
from django.utils import timezone

from mekhala.safeguards.emergency import services


@task()
def suspend_where_overdue() -> int:
    """Suspend the officers concerned; return how many."""
    return services.suspend_overdue(at=timezone.now())
