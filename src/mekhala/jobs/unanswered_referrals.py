"""Requests without an answer: at half their time somebody is told, at its end they lapse."""

from django.tasks import task
from django.utils import timezone

from mekhala.pathway.referral import going_on, services


@task()
def let_unanswered_lapse() -> int:
    """Let every overdue request lapse; return how many did."""
    return services.expire_overdue(timezone.now())


@task()
def wake_who_does_not_answer() -> int:
    """Tell of every request that waits for more than half its time; return how many."""
    return going_on.wake(timezone.now())
