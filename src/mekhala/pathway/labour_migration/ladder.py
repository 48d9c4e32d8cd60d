"""When a review opens by itself, read from ``ladder.toml``. Nothing here decides a sanction."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("ladder.toml")


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """The thresholds, with their source."""

    complaints: int
    days: int
    at_once: frozenset[str]
    longest_suspension: int
    source: str
    verified: bool


@dataclass(frozen=True)
class Told:
    """One incident, as far as the threshold needs it."""

    kinds: frozenset[str]
    on: date


@cache
def ladder() -> Ladder:
    """Return the ladder of the file."""
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Ladder(
        complaints=said["threshold"]["complaints"], days=said["threshold"]["days"],
        at_once=frozenset(said["at_once"]["kinds"]),
        longest_suspension=said["suspension"]["longest_days"], source=said["source"],
        verified=said["verified"],
    )  # fmt: skip


def why_to_review(told: Sequence[Told], *, today: date, rule: Ladder | None = None) -> str:
    """Return why these incidents since the last review open one: grave, repeated, or "" if not."""
    rule = rule or ladder()
    recent = [one for one in told if today - timedelta(days=rule.days) < one.on <= today]
    if any(one.kinds & rule.at_once for one in recent):
        return "grave"
    return "repeated" if len(recent) >= rule.complaints else ""
