"""Who keeps a proceeding is told before custody or the time to appeal runs out."""

from django.tasks import task
from django.utils import timezone

from mekhala.pathway.justice import clocks


@task()
def tell_before_limits() -> int:
    """Tell of each limit whose alarm is due; return how many that were."""
    return clocks.tell_before_they_run_out(at=timezone.localtime())
