"""How the authority decides, in totals: times, answers, what was unknown, what was overturned.

Nothing here orders or scores anybody. What leaves the database is described, with its rule of
hiding, in ``docs/methods/decision-quality.md``; None means that too few were counted to say.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import policies
from mekhala.safeguards.access.models import Officer

FEWEST = 10  # decided questions or readings, below which no outcome is told
LEVEL = 0.95
EARLIEST, LATEST = 2000, 2999


@dataclass(frozen=True, kw_only=True)
class Told:
    """Of the questions first decided at one stage: their outcome, time and what was open.

    Days run from opening to decision, without paused time; ``p90_days`` is the 90th percentile.
    The rest are numbers of decisions.
    """

    positive: int
    negative: int
    median_days: float
    p90_days: float
    late: int
    overrides: int
    further_reader: int
    with_unknown: int
    act_unknown: int
    means_unknown: int
    purpose_unknown: int
    sources_differ: int


@dataclass(frozen=True, kw_only=True)
class StageQuality:
    """One stage in a period. ``decided`` and ``told`` are None below ten decisions.

    ``asked_again`` counts questions put again in the period, ``reconsidered`` those decided in
    it, ``overturned`` those answered otherwise than before. The last three hold now.
    """

    stage: str
    decided: int | None
    told: Told | None
    asked_again: int
    reconsidered: int | None
    overturned: int | None
    waiting_for_facts: int
    overdue: int
    paused: int


@dataclass(frozen=True, kw_only=True)
class Share:
    """How often the answer was positive, for one agency that refers or one reader."""

    stage: str
    name: str
    decided: int | None
    positive: int | None
    name_km: str = ""
    is_own: bool = False

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval of the share at 95 %, as shares; None where the row is hidden."""
        from mekhala.core.estimation.proportion import wilson  # scipy is loaded when wanted

        if self.decided is None or self.positive is None:
            return None
        return wilson(self.positive, self.decided, LEVEL)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How far the shares of the readers with ten readings lie apart, without saying whose."""

    stage: str
    readers: int
    lowest: float
    middle: float
    highest: float


@dataclass(frozen=True, kw_only=True)
class Quality:
    """The totals of a period of whole months.

    ``referrers``, ``readers`` and ``spread`` are None but for one whole calendar year; readers
    are told to officers of the authority only. Rows stand in the order of their names.
    """

    first_month: date
    last_month: date
    stages: tuple[StageQuality, ...]
    referrers: tuple[Share, ...] | None
    readers: tuple[Share, ...] | None
    spread: tuple[Spread, ...] | None


def quality(first_month: date, last_month: date, *, today: date, by: Officer) -> Quality:
    """Count the questions decided from the first to the last month, both whole and included.

    ``by`` must be the acting officer. Raises ``ActRefused`` for other roles than authority and
    statistician, ``WrongInput`` for a period that ends before it begins or lies out of reach.
    """
    policies.check_may_see_quality(by)
    if first_month > last_month:
        raise WrongInput("to: it lies before the first month; expected the earlier month first.")
    if not EARLIEST <= first_month.year <= last_month.year <= LATEST:
        raise WrongInput(f"from: expected months of the years {EARLIEST} to {LATEST}.")
    return _read(_counted(first_month, last_month, today), first_month, last_month)


def _counted(first_month: date, last_month: date, today: date) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("select determination_quality(%s, %s, %s)", [first_month, last_month, today])
        answer = cursor.fetchone()[0]
    return dict(json.loads(answer) if isinstance(answer, str) else answer)


def _read(answer: dict[str, Any], first_month: date, last_month: date) -> Quality:
    referrers, readers = answer.get("referrers"), answer.get("readers")
    spread = answer.get("spread")
    return Quality(
        first_month=first_month,
        last_month=last_month,
        stages=tuple(_stage(row) for row in answer["stages"]),
        referrers=None if referrers is None else tuple(Share(**row) for row in referrers),
        readers=None if readers is None else tuple(Share(**row) for row in readers),
        spread=None if spread is None else tuple(Spread(**row) for row in spread),
    )


def _stage(row: dict[str, Any]) -> StageQuality:
    told = row["told"]
    return StageQuality(**(row | {"told": None if told is None else Told(**told)}))
