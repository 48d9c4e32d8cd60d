"""Organisations of the invented country tell the ministry whom they help, without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.registration import duty

from .walk import acting_as

if TYPE_CHECKING:
    from .main_job import Job

OF_EACH = 2  # of what an officer owes; the rest stays owed, some of it overdue


def announce(job: Job) -> int:
    """Let the first officers of each organisation announce some of whom they owe; say how many."""
    told = 0
    for agency in job.cast.agencies.values():
        if agency.kind not in duty.WHO_OWE:
            continue
        with acting_as(job.cast.officer(agency.code, 1)) as officer:
            for one in duty.owed()[:OF_EACH]:
                duty.announce(Case.objects.get(pk=one.number), by=officer, at=job.now)
                told += 1
    return told
