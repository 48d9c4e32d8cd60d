"""Two returns between Cambodia and Viet Nam, one each way, whose other side has its own account.

The other side is the desk of the Viet Nam embassy (``em-01``). Of the first return a step of theirs
is overdue, of the second one of ours; both people said yes to that desk, and are invented. The
woman also asks for a place to sleep, and the house has not answered yet.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from mekhala.pathway.directory import queries as directory
from mekhala.pathway.directory.models import Service
from mekhala.pathway.directory.needs import needs_of
from mekhala.pathway.encounter import services as encounters
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral import services as referrals
from mekhala.pathway.repatriation import queries, services
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.consent import services as consent
from mekhala.safeguards.consent.models import Answer, DataClass

from .walk import acting_as

if TYPE_CHECKING:
    from .main_job import Job

DESK, HELPERS = "em-01", "fr-01"
WAYS: tuple[tuple[str, dict[str, Any], tuple[str, ...]], ...] = (
    ("khm-vnm", {"sex": "female", "age": 24, "nationality": "VNM", "language": "vi"},
     ("identified", "statement", "notified")),
    ("vnm-khm", {"sex": "male", "age": 31, "nationality": "KHM", "language": "km"},
     ("identified",)),
)  # fmt: skip


def both_ways(job: Job) -> list[queries.StepState]:
    """Begin both returns as the first officer of ``fr-01``; return their overdue steps."""
    late: list[queries.StepState] = []
    with acting_as(job.cast.officer(HELPERS, 0)) as officer:
        for corridor, person, done in WAYS:
            case = _met(job, officer, person)
            _begun(job, officer, case, corridor, done)
            one = queries.of_case(case)
            assert one is not None
            states = queries.states(one, today=timezone.localdate(job.now))
            late += [state for state in states if state.is_overdue]
            if person["sex"] == "female":
                _asks_for_a_place(job, officer, case)
    return late


def _met(job: Job, officer: Officer, person: dict[str, Any]) -> Case:
    return encounters.open_case(
        by=officer, at=job.now, met_at=job.met_at, place_code="12", age_certainty="known",
        urgent_needs=["safety"], consents_to_go_on=True, was_alone=True, **person,
    )  # fmt: skip


def _begun(
    job: Job, officer: Officer, case: Case, corridor: str, done: tuple[str, ...]
) -> None:  # fmt: skip
    told: dict[str, Any] = {"by": officer, "at": job.now}
    day = timezone.localdate(job.met_at)
    desk = job.cast.agencies[DESK]
    one = services.begin(case, corridor, started_on=day, counterpart=desk, **told)
    _agrees(case, desk.code, told)
    services.record_statement(one, "return", said_on=day + timedelta(days=2), **told)
    for code in done:
        states = {str(s.step.code): s for s in queries.states(one, today=day)}
        services.record_step(
            one, code, side=states[code].step.sides[0], done_on=day + timedelta(days=4),
            reference="INV-2", **told,
        )  # fmt: skip


def _asks_for_a_place(job: Job, officer: Officer, case: Case) -> None:
    """Ask the first house that can be asked; nobody answers it in the walk."""
    found = directory.suitable("shelter", needs_of(case), now=job.now, most=1)
    for fit in found.can_be_asked[:1]:
        house = Service.objects.select_related("agency").get(pk=fit.service.pk)
        told: dict[str, Any] = {"by": officer, "at": job.now}
        _agrees(case, house.agency.code, told)
        referrals.ask(case=case, service=house, need="shelter", urgent="nowhere", **told)


def _agrees(case: Case, recipient: str, told: dict[str, Any]) -> None:
    consent.record_answer(
        case.number, recipient=recipient, purpose=Purpose.SUPPORT, data_class=DataClass.NEEDS,
        answer=Answer.GIVEN, is_adult=True, manner="spoken", present=["alone"],
        language=case.language, **told,
    )  # fmt: skip
