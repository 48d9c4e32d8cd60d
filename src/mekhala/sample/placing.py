"""Places in invented houses: which of them could not wait, and what the ministry decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.referral import placing
from mekhala.pathway.referral.codes import Outcome, PlacementReason, Urgent
from mekhala.pathway.referral.models import Referral

from .walk import Walk, acting_as, registrar

if TYPE_CHECKING:
    from .main_job import Job


def cannot_wait(case: Case) -> str:
    """Return why a place cannot wait for the ministry: for two people in three something says."""
    urgent = ("", Urgent.NOWHERE, Urgent.CARE if is_known_adult(case) else Urgent.CHILD_ALONE)
    return str(urgent[_draw(case, 4) % 3])


def decided(job: Job, walk: Walk, asked: Referral, *, is_given: bool) -> list[str]:
    """Let the ministry agree to a place that can wait, and to every second that cannot.

    The others stay on its list, given already and to be decided. Return what to count.
    """
    with acting_as(registrar(job, walk)) as officer:
        place = placing.of_referral(asked)
        if place is None:
            return []
        if place.urgent and _draw(asked.case, 5) % 2:
            return ["undecided"] * is_given
        reasons = [PlacementReason.SUITS, PlacementReason.OWN_WISH]
        placing.decide(place.number, Outcome.AGREED, reasons, by=officer, at=job.now)
    return ["agreed"]


def _draw(case: Case, place: int) -> int:
    """Return a number that is the same for one invented person at each run."""
    return case.pk.encode()[place]
