"""The whole way, walked by invented officers through the same acts the pages call.

Forms come in, cases are opened, screened, decided by two readers, registered, referred; what
nobody can meet is counted; a complaint becomes a charge; lists of agencies meet; the hidden
number is estimated against a truth that is known here; last year's table is released.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from .cast import Cast
from .counting import claims, estimate, link, publish
from .court_figures import count_courts
from .helping import charge, refer, register, support
from .journeys import Journey, journeys
from .leaving import leave
from .linking import review
from .people import people
from .services import services
from .surveying import survey
from .walk import Walk
from .walking import decide, forms, meet, screen

CASES = 40


@dataclass
class Job:
    """What one run is about, and what it has found so far, step by step."""

    seed: int
    people: int
    now: datetime
    cast: Cast
    walks: list[Walk] = field(default_factory=list)
    summary: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def met_at(self) -> datetime:
        """When the people of the job were met and believed: the time to recover is over now."""
        return self.now - timedelta(days=35)


STEPS: tuple[tuple[str, Callable[[Job], dict[str, Any]]], ...] = (
    ("forms", forms), ("encounter", meet), ("screening", screen), ("determination", decide),
    ("registration", register), ("referral", refer), ("aftercare", support), ("leaving", leave),
    ("justice", charge),
    ("review", review), ("linkage", link), ("surveys", survey), ("estimates", estimate),
    ("claims", claims), ("courts", count_courts), ("publication", publish),
)  # fmt: skip


def run(
    *,
    seed: int,
    people: int,
    now: datetime,
    told: Callable[[str, dict[str, Any]], None] | None = None,
) -> dict[str, dict[str, Any]]:
    """Walk every step; return one object per step with its counts and seconds.

    ``people`` is how many the database was filled with: those of the job come after them.
    ``told(step, counts)`` is called as each step is done.
    """
    job = Job(seed=seed, people=people, now=now, cast=Cast())
    job.walks = [Walk(journey) for journey in _new_people(job)]
    for name, step in STEPS:
        with _timed(job.summary, name) as counts:
            counts.update(step(job))
        if told:
            told(name, job.summary[name])
    return job.summary


def _new_people(job: Job) -> list[Journey]:
    """Return journeys of people nobody has met yet, who wish to go on."""
    unseen = islice(people(job.people + 20 * CASES, job.seed), job.people, None)
    today = job.now.date()
    walked = journeys(unseen, job.seed, today=today, services=services(job.seed, today=today))
    return list(islice((j for j in walked if j.encounter.may_go_on and j.screening), CASES))


@contextmanager
def _timed(summary: dict[str, dict[str, Any]], name: str) -> Iterator[dict[str, Any]]:
    began = time.monotonic()
    counts: dict[str, Any] = {}
    yield counts
    summary[name] = counts | {"seconds": round(time.monotonic() - began, 2)}
