"""Corridors read from ``corridors/*.toml``: who does what by when, on whose calendar."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mekhala.core.calendar.both_sides import due_on
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.repatriation.words import Document, StepCode

FOLDER = Path(__file__).with_name("corridors")
HOME = "KHM"
OURS, THEIRS = "ours", "theirs"
SIDES = ("sending", "receiving", "both")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: ``days`` are working days on the calendars of ``countries``."""

    code: StepCode
    sides: tuple[str, ...]  # ours, theirs, or both
    after: StepCode | None
    days: int
    countries: tuple[str, ...]
    documents: tuple[Document, ...]

    def due_on(self, start: date) -> date:
        """Return the day by which the step is done, its clock having begun on ``start``."""
        return due_on(start, self.days, self.countries)


@dataclass(frozen=True, kw_only=True)
class Corridor:
    """A way between two countries; ``sending`` is empty where it begins anywhere abroad."""

    code: str
    sending: str
    receiving: str
    deported: bool
    steps: tuple[Step, ...]
    source: str
    verified: bool

    @property
    def other(self) -> str:
        """The country on the other side; empty where it may be any."""
        return self.sending if self.receiving == HOME else self.receiving

    def step(self, code: str) -> Step | None:
        """Return one step, None if this corridor has no such step."""
        return next((s for s in self.steps if s.code == code), None)

    def has(self, code: str) -> bool:
        """Return whether the step is part of this corridor."""
        return self.step(code) is not None


@cache
def corridors() -> Mapping[str, Corridor]:
    """Return every corridor by its code. Raises ``WrongInput`` for a file that cannot be meant."""
    found = {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}
    return MappingProxyType(found)


def corridor(code: str) -> Corridor:
    """Return one corridor. Raises ``WrongInput`` where there is none."""
    found = corridors().get(code)
    if found is None:
        known = ", ".join(corridors())
        raise WrongInput(f"corridor: {code[:40]!r} is not known; expected one of {known}.")
    return found


def _read(path: Path) -> Corridor:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    steps: list[Step] = []
    for row in said["step"]:
        steps.append(_step(path.name, row, said, {s.code for s in steps}))
    return Corridor(
        code=path.stem, sending=said["from"], receiving=said["to"],
        deported=said.get("deported", False), steps=tuple(steps), source=said["source"],
        verified=said["verified"],
    )  # fmt: skip


def _step(file: str, row: dict[str, Any], said: dict[str, Any], before: set[StepCode]) -> Step:
    """Return one step of a file. A clock runs from a step before it, so none waits for itself."""
    code, after = row["code"], row.get("after")
    if code not in StepCode.values or row["side"] not in SIDES or code in before:
        raise WrongInput(f"{file}: step {code!r}: expected a known step, once, with a side.")
    if after is not None and after not in before:
        raise WrongInput(f"{file}: step {code!r}: {after!r} does not come before it.")
    calendar = row.get("calendar", row["side"])
    return Step(
        code=StepCode(code), sides=_sides(row["side"], said),
        after=StepCode(after) if after else None, days=row["days"],
        countries=_countries(calendar, said),
        documents=tuple(Document(d) for d in row.get("documents", [])),
    )  # fmt: skip


def _sides(side: str, said: dict[str, Any]) -> tuple[str, ...]:
    if side == "both":
        return (OURS, THEIRS)
    country = said["from"] if side == "sending" else said["to"]
    return (OURS,) if country == HOME else (THEIRS,)


def _countries(calendar: str, said: dict[str, Any]) -> tuple[str, ...]:
    both = {"sending": (said["from"],), "receiving": (said["to"],)}
    named = both.get(calendar, (said["from"], said["to"]))
    return tuple(country for country in named if country) or (HOME,)
