"""What each room shows on a case's overview, in the order of the way.

A room that has something to show has a module ``section`` with
``section(case, *, officer, purposes, now) -> Section | None``: at most one or two queries, None
where the officer's purposes do not open the room. Absent sections are absent, not greyed.
"""

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

ROOMS = [
    "encounter", "screening", "determination", "registration", "referral", "aftercare", "redress",
    "repatriation", "holds", "unsealing", "retention",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Section:
    """One room's part of the overview: a template, and what it needs, as ``shown``."""

    room: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


@cache
def of_rooms() -> tuple[Callable[..., Section | None], ...]:
    """Return the rooms' section functions in order."""
    names = [f"mekhala.web.casework.{room}.section" for room in ROOMS]
    found = [importlib.import_module(name) for name in names if importlib.util.find_spec(name)]
    return tuple(module.section for module in found if hasattr(module, "section"))


@cache
def _rooms_with_tabs() -> tuple[Callable[..., list[tuple[str, Any]]], ...]:
    names = [f"mekhala.web.casework.{room}.section" for room in ROOMS]
    found = [importlib.import_module(name) for name in names if importlib.util.find_spec(name)]
    return tuple(module.tabs for module in found if hasattr(module, "tabs"))


def tabs_of_rooms(number: str, *, purposes: set[Any]) -> list[tuple[str, Any]]:
    """Return the pages of other rooms about one case, as (address, words), without a query.

    A room has them if its module ``section`` has ``tabs(number, *, purposes)``.
    """
    return [tab for tabs in _rooms_with_tabs() for tab in tabs(number, purposes=purposes)]
