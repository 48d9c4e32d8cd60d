"""Linkage runs that wait, or whose worker never came back, are worked out; closed ones settled."""

from django.tasks import task
from django.utils import timezone

from mekhala.population.linkage.runs import queries, settling, working


@task()
def link_waiting() -> dict[str, int]:
    """Take up what was left lying, oldest first; return how many runs came to which state."""
    for run in list(queries.broken_off(now=timezone.now())):
        working.note_failure(run, at=timezone.now())
    states: dict[str, int] = {}
    for run in list(queries.waiting()):
        state = working.work_out.func(run.pk)
        states[state] = states.get(state, 0) + 1
    for run in list(queries.to_settle()):
        state = settling.settle.func(run.pk)
        states[state] = states.get(state, 0) + 1
    return states
