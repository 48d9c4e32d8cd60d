"""Who enters agreements is told of those that end within 30 days: nothing renews itself."""

from django.tasks import task
from django.utils import timezone

from mekhala.safeguards.agreements import services


@task()
def tell_of_ending_agreements() -> int:
    """Tell of each agreement once; return of how many."""
    now = timezone.now()
    return services.tell_of_endings(now, on=timezone.localdate(now))
