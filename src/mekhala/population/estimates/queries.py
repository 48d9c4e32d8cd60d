"""Questions about runs. Nothing here changes anything."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from mekhala.population.estimates.models import EstimateRun, Method, Repeat, RepeatState, RunState
from mekhala.population.linkage.models import OverlapTable

SIGNATURES = 2
LONGEST = timedelta(hours=6)  # a run in hand for longer: its worker is gone


def runs() -> QuerySet[EstimateRun]:
    """Return all runs with their tables and how many signed each, the latest first."""
    counted = EstimateRun.objects.select_related("table").annotate(signed=Count("signatures"))
    return counted.order_by("-asked_at", "-id")


def waiting() -> QuerySet[EstimateRun]:
    """Return the runs nobody has worked on, the oldest first."""
    return runs().filter(state=RunState.WAITING).order_by("asked_at", "id")


def broken_off(*, now: datetime) -> QuerySet[EstimateRun]:
    """Return the runs whose worker never came back."""
    return runs().filter(state=RunState.RUNNING, started_at__lt=now - LONGEST)


def repeats_waiting() -> QuerySet[Repeat]:
    """Return the repeats nobody has worked on, the oldest first."""
    return Repeat.objects.filter(state=RepeatState.WAITING).order_by("asked_at", "id")


def others_of(run: EstimateRun) -> QuerySet[EstimateRun]:
    """Return other runs on equal lists, the latest first."""
    return runs().filter(data_hash=run.data_hash).exclude(pk=run.pk)


def last_table_of(year: int) -> OverlapTable | None:
    """Return the last overlap table joined in a year that no run by all methods was asked on."""
    last = OverlapTable.objects.filter(made_at__year=year).first()
    if last is None or last.runs.filter(method=Method.ALL).exists():  # type: ignore[attr-defined]
        return None
    return last


def estimates_of(run: EstimateRun) -> list[dict[str, Any]]:
    """Return the estimates of a run in the fixed order of methods, none while it waits."""
    return list((run.result or {}).get("estimates", []))


def reasons_of(run: EstimateRun) -> list[dict[str, str]]:
    """Return why no number can be defended: ``{"code", "because"}``, none if one can."""
    return list((run.result or {}).get("reasons", []))


def is_signed(run: EstimateRun) -> bool:
    """Return whether two statisticians answer for the run (one of ``runs()``)."""
    return int(run.signed) >= SIGNATURES  # type: ignore[attr-defined]


def command_that_repeats(run: EstimateRun, file_name: str = "LISTS.csv") -> str:
    """Return the command line that gives the same answer from the same overlap table."""
    return (
        f"mekhala estimate mse {file_name} --method {run.method} --level {run.level:g}"
        f" --bootstrap {run.bootstrap} --seed {run.seed} --json"
    )
