"""Once a year, on the last lists joined in the year that closed, every method is run.

Only where no statistician asked for that. Nothing is signed or released by itself: a person reads
the panel first.
"""

from django.tasks import task
from django.utils import timezone

from mekhala.population.estimates import queries, services


@task()
def ask_for_closed_year() -> int | None:
    """Ask for the run of the closed year if there is none; return its number."""
    now = timezone.now()
    table = queries.last_table_of(timezone.localdate(now).year - 1)
    return None if table is None else services.ask_run(table, by=None, at=now).pk
