"""Runs and repeats that were asked for while no worker ran are worked out.

A run whose worker never came back is marked as failed, so that it does not seem to go on.
"""

from django.tasks import task
from django.utils import timezone

from mekhala.population.estimates import queries, services


@task()
def work_out_waiting() -> dict[str, int]:
    """Work out every waiting run and repeat, oldest first; return how many came to which state."""
    for run in list(queries.broken_off(now=timezone.now())):
        services.note_failure(run, at=timezone.now())
    states: dict[str, int] = {}
    for run in list(queries.waiting()):
        state = services.work_out.func(run.pk)
        states[state] = states.get(state, 0) + 1
    for repeat in list(queries.repeats_waiting()):
        state = services.work_out_repeat.func(repeat.pk)
        states[state] = states.get(state, 0) + 1
    return states
