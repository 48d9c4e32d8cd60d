"""Runs that were asked for while no worker ran are worked out."""

from django.tasks import task

from mekhala.population.estimates import queries, services


@task()
def work_out_waiting() -> dict[str, int]:
    """Work out every waiting run, the oldest first; return how many came to which state."""
    states: dict[str, int] = {}
    for run in list(queries.waiting()):
        state = services.work_out.func(run.pk)
        states[state] = states.get(state, 0) + 1
    return states
