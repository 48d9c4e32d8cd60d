"""Realistic registers of the invented country, at any size, with the truth kept apart.

Seven lists kept by seven kinds of agency (``habits``) of people whose families, births and places
are known (``families``). What goes wrong, and how often, is in ``rates``. The ways a name is
written come from published tables of romanisation and from keyboards (``romanisation_tables``,
``slips``), not from ``core.names``: what compares names is measured on what it did not make.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mekhala.core.wrong_input import WrongInput
from mekhala.sample.draws import Draws

from .families import BLOCK, TruePerson, people
from .habits import DISTINCT, HABITS, Habit
from .inventory import inventory
from .writing import record_of

__all__ = ["DISTINCT", "HABITS", "Registered", "registers"]

MOST = 16  # records of one person, all lists together


class Registered(NamedTuple):
    """A record as a list has it, and who it truly is."""

    record: dict[str, str]
    person: int


def registers(n_people: int, seed: int, *, names: Path | None = None) -> Iterator[Registered]:
    """Yield the records of all lists on ``n_people`` true people, in no order that tells.

    Many people are on no list and some on several. ``names``: a CSV file of more names (locale,
    part, sex, native, roman). The same seed gives the same records, and those of a smaller
    country are among those of a larger. Raises ``WrongInput`` for a negative number or seed, or
    a file of names that cannot be read.
    """
    if n_people < 0 or seed < 0:
        raise WrongInput(f"registers: n={n_people}, seed={seed}: both must be 0 or greater.")
    return _registered(n_people, seed, names)


def _registered(n_people: int, seed: int, names: Path | None) -> Iterator[Registered]:
    waiting: list[tuple[int, Registered]] = []
    draws = Draws(seed, "records")
    for person in people(n_people, seed, inventory(names)):
        if (person.number - 1) % BLOCK == 0:
            yield from _shuffled(waiting)
            draws = Draws(seed, f"records {person.number}")
        for turn, record in enumerate(_records(draws, person)):
            number = _scrambled(person.number * MOST + turn, seed)
            record["record_id"] = f"{record['source']}-{number:010d}"
            waiting.append((number, Registered(record, person.number)))
    yield from _shuffled(waiting)


def _records(draws: Draws, person: TruePerson) -> Iterator[dict[str, str]]:
    for habit in HABITS:
        if draws.chance(_reach(habit, person)):
            yield record_of(draws, person, habit)
            for _ in range(habit.again_until - 1):
                if not draws.chance(habit.again):
                    break
                yield record_of(draws, person, habit)


def _reach(habit: Habit, person: TruePerson) -> float:
    return habit.reaches * (1 if person.name.nationality == "KHM" else habit.foreigners)


def _shuffled(waiting: list[tuple[int, Registered]]) -> Iterator[Registered]:
    waiting.sort(key=lambda pair: pair[0])
    yield from (registered for _, registered in waiting)
    waiting.clear()


def _scrambled(number: int, seed: int) -> int:
    """Another number below 2 ** 32 for each number below it, so that ids tell nothing.

    The finalizer of MurmurHash3 (A. Appleby, public domain), which is one to one.
    """
    number = (number ^ (seed * 0x9E3779B1)) & 0xFFFFFFFF
    number = (number ^ number >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    number = (number ^ number >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return number ^ number >> 16
