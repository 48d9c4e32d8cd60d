"""Requests that no service answered in time lapse, and their places are free again."""

from django.tasks import task
from django.utils import timezone

from mekhala.pathway.referral import services


@task()
def let_unanswered_lapse() -> int:
    """Let every overdue request lapse; return how many did."""
    return services.expire_overdue(timezone.now())
