"""Providers who have not said for a week how many places are free are asked."""

from django.tasks import task
from django.utils import timezone

from mekhala.pathway.directory import services


@task()
def ask_who_is_quiet() -> int:
    """Tell the providers of quiet services; return how many services that are."""
    return services.ask_to_confirm(at=timezone.now())
