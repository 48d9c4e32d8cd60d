"""The way of a case as it is meant to go: states, who owns each, its clock, where it may lead.

``route.yaml`` beside this module holds it, with its source. Two tracks run side by side:
recognition, and help, which waits for no decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROUTE_FILE = Path(__file__).with_name("route.yaml")
TRACKS = ("recognition", "help")


@dataclass(frozen=True, kw_only=True)
class State:
    """One state of a track. ``clock`` is a key of ``calendar/stages.yaml``, "" where none runs."""

    code: str
    owner: str
    consent: str
    to: tuple[str, ...]
    clock: str = ""
    hours: int | None = None


@cache
def track(name: str) -> tuple[State, ...]:
    """Return the states of ``recognition`` or ``help``, in the order in which they are reached."""
    return tuple(State(**{**row, "to": tuple(row["to"])}) for row in _read()[name])


def may_lead(name: str, before: str, after: str) -> bool:
    """Return whether a track lets a case go from one state to another."""
    return any(state.code == before and after in state.to for state in track(name))


@cache
def _read() -> Mapping[str, Any]:
    import yaml

    read: Mapping[str, Any] = yaml.safe_load(ROUTE_FILE.read_text(encoding="utf-8"))
    return read
