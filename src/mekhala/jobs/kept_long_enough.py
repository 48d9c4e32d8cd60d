"""Each night what was kept long enough is erased."""

from django.tasks import task
from django.utils import timezone

from mekhala.safeguards.retention import services


@task()
def erase_what_is_due() -> dict[str, int]:
    """Erase all that is due and leave no trace in the tables; return how much of each kind."""
    done = services.erase_due(at=timezone.now())
    if done:
        services.write_anew()
    return dict(done)
