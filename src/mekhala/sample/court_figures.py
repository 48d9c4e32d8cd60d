"""The step of the main job about courts: what became of complaints, beside the rates in truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from mekhala.population.courts import queries, services
from mekhala.population.courts.errors import TooFewToKeep
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role

from .proceedings import CHARGED, CONVICTED, DEFENDANT, NEXT, SUSPECT

if TYPE_CHECKING:
    from .main_job import Job

AT = 24  # months: by then every invented case is judged once
SCALE = 1000


def count_courts(job: Job) -> dict[str, Any]:
    """Count the cohorts as a statistician does, and say what the truth is in this country."""
    from mekhala.core.cohorts.funnel import cohorts

    officer = job.cast.officer("st-01", role=Role.STATISTICIAN)
    as_of = queries.last_closed_quarter(job.now.date())
    with acting_for(officer.pk):
        followed = queries.histories(as_of=as_of, by=officer)
        table = _table(job, officer)
    found = cohorts(followed)
    return {
        "counted_at": as_of.isoformat(), "months": AT, "truth": truth(),
        "years": len(found), "people": len(followed), "sentenced": table,
        "cohorts": [{"year": one.year, "people": one.people, **_shares(one)} for one in found],
    }  # fmt: skip


def _table(job: Job, officer: Officer) -> int:
    """Keep the sentences of the closed years as a table; a small country has too few for one."""
    try:
        with transaction.atomic():
            kept = services.take_register(last_year=job.now.year - 1, by=officer, at=job.now)
    except TooFewToKeep:
        return 0
    return len(kept.rows)


def truth() -> dict[str, float]:
    """The shares the invented courts come to, in the end."""
    charged = _rate(SUSPECT, CHARGED)
    convicted = charged * _rate(CHARGED, DEFENDANT) * _rate(DEFENDANT, CONVICTED)
    return {"charged": round(charged, 4), "convicted_first": round(convicted, 4)}


def _rate(stage: str, then: str) -> float:
    return sum(NEXT[stage].at((n + 0.5) / SCALE) == then for n in range(SCALE)) / SCALE


def _shares(cohort: Any) -> dict[str, Any]:
    wanted = truth()
    return {
        one.target: {key: getattr(then, key) for key in ("share", "low", "high", "why_not")}
        for one in cohort.reached if one.target in wanted
        for then in one.then if then.months == AT
    }  # fmt: skip
