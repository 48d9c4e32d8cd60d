"""The two officers of a legal hold are told a fortnight before it is to be reviewed."""

from django.tasks import task
from django.utils import timezone

from mekhala.safeguards.holds import services


@task()
def tell_of_holds_to_review() -> int:
    """Tell of each hold whose review comes near; return how many that were."""
    return services.tell_of_reviews(at=timezone.localtime())
