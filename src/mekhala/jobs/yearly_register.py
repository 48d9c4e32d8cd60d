"""Once a year the register of the year that closed is counted, ready for a statistician.

Nothing is released by itself: a person looks at the table and releases it.
"""

from django.tasks import task
from django.utils import timezone

from mekhala.population.linkage import services


@task()
def count_closed_year() -> int:
    """Take over last year's register as counts; return how many people are in it."""
    now = timezone.now()
    closed = timezone.localdate(now).year - 1
    return services.take_register(closed, closed, by=None, at=now)
