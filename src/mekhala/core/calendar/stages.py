"""The clocks of a determination: target, least time and standard of proof of each stage.

``stages.yaml`` beside this module holds them with their sources; nobody has verified them yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from mekhala.core.calendar.working_days import after_working_days

STAGES_FILE = Path(__file__).with_name("stages.yaml")


@dataclass(frozen=True, kw_only=True)
class StageRule:
    """How one stage is judged and timed. Times in days; None: there is no such limit."""

    standard: str
    target_working_days: int
    minimum_days: int | None
    source: str
    verified: bool

    def due_on(self, opened_on: date) -> date:
        """Return the day a question opened on ``opened_on`` should be answered by.

        Counted in working days, from the end of the least time where there is one.
        """
        return after_working_days(self.not_before(opened_on) or opened_on, self.target_working_days)

    def not_before(self, opened_on: date) -> date | None:
        """Return the first day on which it may be decided; None: at once."""
        if self.minimum_days is None:
            return None
        return opened_on + timedelta(days=self.minimum_days)


@cache
def stage_rule(stage: str) -> StageRule:
    """Return the rule of ``reasonable_grounds`` or ``conclusive_grounds``."""
    row = _rows()[stage]
    return StageRule(
        standard=row["standard"],
        target_working_days=row["target"]["working_days"],
        minimum_days=row.get("minimum", {}).get("days"),
        source=row["source"],
        verified=row["verified"],
    )


def working_days_to_announce() -> int:
    """Return how many working days who helps a person has to tell the ministry."""
    return int(_rows()["duty_to_register"]["announced_within"]["working_days"])


def last_day_to_announce(known_on: date) -> date:
    """Return the day by which who helps a person has told the ministry, without a name."""
    return after_working_days(known_on, working_days_to_announce())


def last_day_to_decide_a_place(given_on: date) -> date:
    """Return the day by which the ministry decides about a place that could not wait for it."""
    return after_working_days(given_on, _rows()["placement"]["decided_within"]["working_days"])


def first_day_to_announce_in_time(today: date) -> date:
    """Return the earliest day of coming to know whose last day to announce is not over."""
    day = today
    while last_day_to_announce(day - timedelta(days=1)) >= today:
        day -= timedelta(days=1)
    return day


def last_day_to_ask_again(decided_on: date) -> date:
    """Return the last day on which reconsideration is asked in time."""
    return decided_on + timedelta(days=_rows()["reconsideration"]["asked_within"]["days"])


def first_day_still_open(today: date) -> date:
    """Return the earliest day of a decision that can still be asked again in time ``today``."""
    return today - timedelta(days=_rows()["reconsideration"]["asked_within"]["days"])


@cache
def _rows() -> Mapping[str, Any]:
    import yaml

    read: Mapping[str, Any] = yaml.safe_load(STAGES_FILE.read_text(encoding="utf-8"))
    return read
