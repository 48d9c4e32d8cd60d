"""What waits for an officer today: each room adds its own list, as in ``sections``.

A room with work to show has a module ``work`` with ``work(officer, *, now)``, which returns a
``WorkList``, several, or None where the officer's role has nothing to do there: one or two
queries, no name, no place.
"""

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from mekhala.safeguards.access.models import Officer

ROOMS = [
    "notices", "second_signatures", "encounter", "screening", "determination", "registration",
    "directory", "referral", "aftercare", "repatriation", "labour_migration", "justice", "consent",
    "forms", "linkage", "estimates", "claims", "publication",
]  # fmt: skip
MODULES = ("work", "returned_work")  # a room's list, and that of what it sent back to others
SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Task:
    """One row: which file, what is asked, its clock, and since when it waits."""

    number: str
    href: str
    asked: Any
    clock: str = ""
    clock_kind: str = ""
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class WorkList:
    """The tasks of one room; ``more`` if there are others behind those shown, at ``href``."""

    title: Any
    tasks: tuple[Task, ...]
    empty: Any = ""
    more: bool = False
    count: str = ""
    href: str = ""

    @property
    def has_clock(self) -> bool:
        """Whether any task has a clock; a column of nothing is not drawn."""
        return any(task.clock for task in self.tasks)

    @property
    def has_since(self) -> bool:
        """Whether any task says since when it waits."""
        return any(task.since for task in self.tasks)


@cache
def of_rooms() -> tuple[Callable[..., WorkList | Sequence[WorkList] | None], ...]:
    """Return the rooms' functions in order."""
    names = [f"mekhala.web.casework.{room}.{of}" for room in ROOMS for of in MODULES]
    return tuple(
        importlib.import_module(name).work for name in names if importlib.util.find_spec(name)
    )


def work_of(officer: Officer, *, now: datetime) -> list[WorkList]:
    """Return what waits for ``officer``, in the order of the way."""
    found = [ask(officer, now=now) for ask in of_rooms()]
    lists = [[one] if isinstance(one, WorkList) else one or () for one in found]
    return [one for several in lists for one in several]
