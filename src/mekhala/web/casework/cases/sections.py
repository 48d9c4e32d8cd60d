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
    "encounter", "screening", "determination", "registration", "referral", "aftercare",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Section:
    """One room's part of the overview: a template and what it needs."""

    room: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


@cache
def of_rooms() -> tuple[Callable[..., Section | None], ...]:
    """Return the rooms' section functions in order."""
    names = [f"mekhala.web.casework.{room}.section" for room in ROOMS]
    return tuple(
        importlib.import_module(name).section for name in names if importlib.util.find_spec(name)
    )
