"""Detentions of an accused as they count: which are one stretch, and when its limit runs out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mekhala.core.calendar.limits import Clock, Kind, Offence, detention_clock, earliest
from mekhala.core.calendar.stretches import Held, Stretch, stretches
from mekhala.core.reasoning.logic import disjunction
from mekhala.pathway.justice.models import Accused, Custody, PlaceKind
from mekhala.pathway.justice.standing import current

ADULT, MINOR = 18, 14  # ages that stand for "18 or older" and "14 to 17" where only that is known
BY_ORDER = frozenset({PlaceKind.PRISON, PlaceKind.YOUTH})


@dataclass(frozen=True, kw_only=True)
class Detention:
    """A stretch with the entries it is made of, in its order."""

    stretch: Stretch
    entries: tuple[Custody, ...]

    @property
    def pairs(self) -> list[tuple[Held, Custody]]:
        """Each part with its entry."""
        return list(zip(self.stretch.parts, self.entries, strict=True))

    @property
    def extended(self) -> bool | None:
        """Whether the prosecutor extended it: what is recorded of one part is of the whole."""
        return disjunction(one.extended for one in self.entries)

    @property
    def clock(self) -> Clock:
        """The limit of the whole, or that of a part where it ends first.

        A class of offence counts only where all parts name the same.
        """
        classes = {one.offence_class for one in self.entries}
        whole = _clock(
            self.stretch.kind, self.stretch.since,
            minor=disjunction(one.was_minor for one in self.entries),
            offence=classes.pop() if len(classes) == 1 else "", extended=self.extended,
        )  # fmt: skip
        return earliest([whole, *(of_custody(one) for one in self.entries)])


def of_custody(held: Custody) -> Clock:
    """Return the clock of one custody, as if it stood alone."""
    return _clock(
        kind_of(held), held.held_at, minor=held.was_minor, offence=held.offence_class,
        extended=held.extended,
    )  # fmt: skip


def kind_of(held: Custody) -> Kind:
    """Return what kind of limit a custody has."""
    return Kind.CUSTODY if held.place == PlaceKind.POLICE else Kind.PRE_TRIAL


def _clock(
    kind: Kind, since: datetime, *, minor: bool | None, offence: str, extended: bool | None
) -> Clock:
    age = None if minor is None else MINOR if minor else ADULT
    return detention_clock(
        kind, since, age=age, charged_with=Offence(offence) if offence else None,
        extensions=1 if extended else 0,
    )  # fmt: skip


def detentions_of(accused: Accused) -> list[Detention]:
    """Return the stretches of an accused, by the entries and the releases that stand."""
    released_on = [one.on for one in current(accused.release_entries.all())]
    return joined(current(accused.custody_entries.all()), released_on)


def joined(entries: Iterable[Custody], released_on: Collection[date]) -> list[Detention]:
    """Return custodies as the stretches they are."""
    by_key = {one.pk: one for one in entries}
    found = stretches([_held(one) for one in by_key.values()], released_on)
    return [
        Detention(stretch=each, entries=tuple(by_key[part.key] for part in each.parts))
        for each in found
    ]


def _held(one: Custody) -> Held:
    return Held(
        key=one.pk, kind=kind_of(one), since=one.held_at, until=one.released_at,
        by_order=one.place in BY_ORDER,
    )  # fmt: skip


def around(entry: int, parts: Iterable[Mapping[str, Any]], released_on: Iterable[str]) -> Detention:
    """Return the stretch of one entry, from custodies and days of release told as JSON."""
    days = [date.fromisoformat(day) for day in released_on]
    found = joined([_read(part) for part in parts], days)
    return next(each for each in found if entry in each.stretch.keys)


def _read(part: Mapping[str, Any]) -> Custody:
    times = {name: part[name] for name in ("held_at", "released_at") if part[name]}
    return Custody(**dict(part) | {n: datetime.fromisoformat(at) for n, at in times.items()})
