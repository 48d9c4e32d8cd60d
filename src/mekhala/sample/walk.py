"""One invented person on the way, and which officers act about her or him."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mekhala.forms.models import Submission
from mekhala.pathway.determination.models import Decision, DeterminationFile
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral.models import Referral
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.models import Officer

from .journeys import Journey
from .people import InventedPerson

if TYPE_CHECKING:
    from .main_job import Job


@dataclass
class Walk:
    """One invented person on the way, and what the officers have made so far."""

    journey: Journey
    submission: Submission | None = None
    case: Case | None = None
    file: DeterminationFile | None = None
    decision: Decision | None = None
    accepted: tuple[Referral, ...] = ()


@contextmanager
def acting_as(officer: Officer) -> Iterator[Officer]:
    """Run the block as this officer, in one transaction."""
    with acting_for(officer.pk):
        yield officer


def first_responder(job: Job, walk: Walk) -> Officer:
    """Return who met the person."""
    met = walk.journey.encounter
    return job.cast.officer(met.agency_code.lower(), met.officer_index)


def registrar(job: Job, walk: Walk) -> Officer:
    """Return the registrar of the province where they met."""
    return job.cast.registrar_of(walk.journey.encounter.province_code)


def identity_of(person: InventedPerson) -> dict[str, str]:
    """Return what a person says of name and birth, for the vault."""
    return {
        "native_name": person.native_name, "latin_name": person.latin_name,
        "birth_date": person.born_on.isoformat() if person.born_on else "",
    }  # fmt: skip


def case_of(walk: Walk) -> Case:
    """Return the case, which is open by now."""
    assert walk.case is not None
    return walk.case
