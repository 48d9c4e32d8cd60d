"""Questions about runs. Nothing here changes anything."""

from typing import Any

from django.db.models import QuerySet

from mekhala.population.estimates.models import EstimateRun, RunState


def runs() -> QuerySet[EstimateRun]:
    """Return all runs with their tables, the latest first."""
    return EstimateRun.objects.select_related("table")


def waiting() -> QuerySet[EstimateRun]:
    """Return the runs nobody has worked on, the oldest first."""
    return runs().filter(state=RunState.WAITING).order_by("asked_at", "id")


def estimates_of(run: EstimateRun) -> list[dict[str, Any]]:
    """Return the estimates of a run in the fixed order of methods, none while it waits."""
    return list((run.result or {}).get("estimates", []))


def reasons_of(run: EstimateRun) -> list[dict[str, str]]:
    """Return why no number can be defended: ``{"code", "because"}``, none if one can."""
    return list((run.result or {}).get("reasons", []))


def command_that_repeats(run: EstimateRun, file_name: str = "LISTS.csv") -> str:
    """Return the command line that gives the same answer from the same overlap table."""
    return (
        f"mekhala estimate mse {file_name} --method {run.method} --level {run.level:g}"
        f" --bootstrap {run.bootstrap} --seed {run.seed} --json"
    )
