"""What a house does for an invented person: help given, a note of its own, a relative found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mekhala.pathway.aftercare import services as aftercare
from mekhala.pathway.aftercare.models import FamilyTrace
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role

from .walk import Walk, acting_as, case_of

if TYPE_CHECKING:
    from .main_job import Job


def helped(job: Job, walk: Walk, officer: Officer) -> int:
    """Record the first help of each accepted request, with the person's yes; return how many."""
    day = job.now.date()
    for need in {request.need for request in walk.accepted}:
        aftercare.record_help(
            case_of(walk), need, given_on=day, agreed=True, by=officer, at=job.now
        )
    return len({request.need for request in walk.accepted})


def noted(job: Job, walk: Walk) -> None:
    """Let the house write two notes of its own, and share one with those who keep the plan."""
    house = walk.accepted[0].service.agency
    with acting_as(job.cast.officer(house.code, role=Role.PROVIDER)) as helper:
        told: dict[str, Any] = {"by": helper, "at": job.now}
        aftercare.write_note(case_of(walk), "Slept well for the first time. (Invented.)", **told)
        shared = aftercare.write_note(
            case_of(walk), "Asks for a course near the market. (Invented.)", **told
        )
        aftercare.share_note(shared, **told)


def family_found(job: Job, walk: Walk, officer: Officer) -> FamilyTrace:
    """Look for a parent, as the person asked, and visit: willing, and not known to be safe."""
    told: dict[str, Any] = {"by": officer, "at": job.now}
    trace = aftercare.start_trace(
        case_of(walk), "parent", who="The mother, who sells fish. (Invented.)", agreed=True, **told
    )
    return aftercare.record_trace(
        trace, "found", visited_on=job.now.date(), family_wants=True, is_safe=None,
        findings="The mother was glad; the uncle lives next door. (Invented.)", **told,
    )  # fmt: skip
