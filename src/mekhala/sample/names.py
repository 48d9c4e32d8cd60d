"""Invented names: common parts of names joined at random, with the ways each is spelt.

The parts (``name_parts.csv``) are ordinary family names and given names that thousands of
people share, each in its own script and in the Latin spellings seen for it. No full name was
taken from anybody; any likeness to a person is chance.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources

from .draws import Draws

GIVEN_FIRST = frozenset({"THA", "IDN", "PHL"})
UNSPACED = frozenset({"CHN", "MMR"})  # native script is written without a space
COMPOUND_SHARE = {"KHM": 0.45, "VNM": 0.9}  # given names made of two parts
SOFT_SIGNS = "\u17c8\u17c9\u17ca\u17cb\u17cd"  # Khmer signs that writers often leave out


@dataclass(frozen=True, slots=True)
class NamePart:
    """A family name or a given name: native script, and Latin spellings, the usual one first."""

    native: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InventedName:
    """A whole invented name; ``nationality`` (ISO 3166-1 alpha-3) decides the order of parts."""

    family: NamePart
    given: NamePart
    nationality: str

    @property
    def latin(self) -> str:
        """The usual Latin spelling, in the order usual for the nationality."""
        return self.spelt(self.family.spellings[0], self.given.spellings[0])

    @property
    def native(self) -> str:
        """The name in its own script."""
        joint = "" if self.nationality in UNSPACED else " "
        return joint.join(self._in_order(self.family.native, self.given.native))

    def spelt(self, family: str, given: str) -> str:
        """Both parts in Latin letters, in the order usual for the nationality."""
        return " ".join(self._in_order(family, given))

    def _in_order(self, family: str, given: str) -> tuple[str, str]:
        return (given, family) if self.nationality in GIVEN_FIRST else (family, given)


@cache
def parts() -> dict[tuple[str, str, str], tuple[NamePart, ...]]:
    """All parts by nationality, place in the name and sex (``female``, ``male``, ``other``).

    Places: ``family``, ``given``, and for given names of two parts ``first`` and ``second``.
    A part for ``any`` stands under each sex; a person of sex ``other`` may have any part.
    """
    found = defaultdict(list)
    with resources.files(__package__).joinpath("name_parts.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            part = NamePart(row["native"], tuple(row["spellings"].split()))
            for sex in _sexes(row["sex"]):
                found[row["nationality"], row["place"], sex].append(part)
    return {key: tuple(value) for key, value in found.items()}


def _sexes(sex: str) -> tuple[str, ...]:
    return ("female", "male", "other") if sex == "any" else (sex, "other")


def invent_name(draws: Draws, *, nationality: str, sex: str) -> InventedName:
    """A name at random for a person of this nationality and sex."""
    return InventedName(_family(draws, nationality), _given(draws, nationality, sex), nationality)


def _family(draws: Draws, nationality: str) -> NamePart:
    if nationality == "THA":  # Thai surnames are long and nearly one to a family
        return _joined(draws, nationality, "family_first", "family_second", "any")
    return draws.pick(parts()[nationality, "family", "other"])


def _given(draws: Draws, nationality: str, sex: str) -> NamePart:
    if draws.chance(COMPOUND_SHARE.get(nationality, 0)):
        return _joined(draws, nationality, "first", "second", sex)
    return draws.pick(parts()[nationality, "given", sex])


def _joined(draws: Draws, nationality: str, first: str, second: str, sex: str) -> NamePart:
    sex = "other" if sex == "any" else sex
    left = draws.pick(parts()[nationality, first, sex])
    right = draws.pick(parts()[nationality, second, sex])
    if nationality == "VNM":  # middle name and given name stay two words
        spelt = tuple(f"{a} {b}" for a in left.spellings for b in right.spellings)
        return NamePart(f"{left.native} {right.native}", spelt)
    spelt = tuple(a + b.lower() for a in left.spellings for b in right.spellings)
    return NamePart(left.native + right.native, spelt)


def respell(draws: Draws, name: InventedName) -> tuple[str, str]:
    """The name as another clerk might write it: Latin, native.

    One thing happens: another usual spelling, the parts in the other order, a letter left out,
    or (Khmer) a small sign left out. Where the name allows none of the first, a letter goes.
    """
    way = draws.between(0, 3)
    family, given = draws.pick(name.family.spellings), draws.pick(name.given.spellings)
    spelt = name.spelt(family, given)
    if way == 1:
        spelt = " ".join(reversed(name._in_order(*_usual(name))))
    if way == 2 or spelt == name.latin:  # one spelling, or two parts that are the same word
        spelt = _without_a_letter(draws, name.latin)
    return spelt, _without_soft_signs(name.native) if way == 3 else name.native


def _usual(name: InventedName) -> tuple[str, str]:
    return name.family.spellings[0], name.given.spellings[0]


def _without_a_letter(draws: Draws, spelt: str) -> str:
    """Leave out one letter, never the first, and never the only one of a word."""
    words = spelt.split(" ")
    longest = max(range(len(words)), key=lambda i: len(words[i]))
    at = draws.between(1, len(words[longest]) - 1)
    words[longest] = words[longest][:at] + words[longest][at + 1 :]
    return " ".join(words)


def _without_soft_signs(native: str) -> str:
    return native.translate(dict.fromkeys(map(ord, SOFT_SIGNS)))
