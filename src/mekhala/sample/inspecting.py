"""Houses of the invented country: where they stand is sealed, and some are inspected."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from mekhala.pathway.directory import addresses, opening
from mekhala.pathway.directory.inspecting import record_inspection
from mekhala.pathway.directory.models import LeftOut, Met, Need, Service, Visit
from mekhala.pathway.directory.standards import standards
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role

from .walk import acting_as

if TYPE_CHECKING:
    from .main_job import Job

INSPECTED = 3  # the last of them keeps no children for now
CAPITAL = "12"


def look_at_houses(job: Job) -> dict[str, int]:
    """Seal where each shelter stands and inspect a few; say how many."""
    houses = [s for s in job.cast.services.values() if s.need == Need.SHELTER]
    for house in houses:
        with acting_as(job.cast.officer(house.agency.code, role=Role.PROVIDER)) as provider:
            text = f"House {house.pk} (invented), behind the market; ask for the manager"
            addresses.keep_address(house, text, by=provider, at=job.now)
            _nights(job, house, provider)
    registrar = job.cast.registrar_of(CAPITAL)
    others = [house for house in houses if house.agency_id != registrar.agency_id][:INSPECTED]
    for turn, house in enumerate(others, start=1):
        _inspect(job, house, restricted=turn == INSPECTED)
    restricted = 1 if len(others) == INSPECTED else 0
    return {"sealed": len(houses), "inspected": len(others), "restricted": restricted}


def _nights(job: Job, house: Service, provider: Officer) -> None:
    """Have one place fewer on Saturdays and Sundays, and none for a week of repairs next month."""
    if not house.places_total:
        return
    today = timezone.localdate(job.now)
    told: dict[str, Any] = {"by": provider, "at": job.now}
    opening.state_nights(house, first_on=today, weekdays=[6, 7],
                         places=house.places_total - 1, **told)  # fmt: skip
    begin = today + timedelta(days=30)
    opening.state_nights(house, first_on=begin, last_on=begin + timedelta(days=6), places=0, **told)


def _inspect(job: Job, house: Service, *, restricted: bool) -> None:
    """Find most standards met, one met in part and one not, whose day is over by now."""
    on = job.now.date() - timedelta(days=40)
    said: list[tuple[str, date | None]] = [
        (Met.NOT_MET, on + timedelta(days=30)),
        (Met.PARTLY, on + timedelta(days=90)),
    ]
    said += [(Met.MET, None)] * (len(standards()) - len(said))
    with acting_as(job.cast.registrar_of(CAPITAL)) as inspector:
        record_inspection(
            house, dict(zip(standards(), said, strict=True)), on=on, visit=Visit.UNANNOUNCED,
            no_tie=True, by=inspector, at=job.now, spoken_with=2,
            leaves_out=[LeftOut.CHILDREN] if restricted else [],
        )  # fmt: skip
