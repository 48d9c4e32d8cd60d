"""Who may close a case is told when nobody did anything in it for half a year."""

from django.tasks import task
from django.utils import timezone

from mekhala.pathway.encounter import closing


@task()
def tell_of_quiet_cases() -> int:
    """Tell of each case once in half a year; return of how many."""
    return closing.tell_of_quiet(at=timezone.now())
