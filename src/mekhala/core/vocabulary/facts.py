"""The facts that can be found about one person, each with its code and our wording.

Standard: the element a fact can make out is that of the Palermo Protocol (2000), Article 3.
Version 1. ``facts.csv`` beside this module is the list; nothing else in the code repeats it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

FACTS_FILE = Path(__file__).with_name("facts.csv")


class FactGroup(StrEnum):
    """What a fact is about: the part of its code before the dot."""

    ACT = "act"
    MEANS = "means"
    PURPOSE = "purpose"
    VOLITION = "volition"
    CONSENT = "consent"
    AGGRAVATION = "aggravation"
    KNOWLEDGE = "knowledge"  # what whoever moved, received or hid the person knew or meant
    COMPELLED = "compelled"


class PalermoRole(StrEnum):
    """What a fact can do for the definition in Palermo Article 3."""

    ACT = "act"
    MEANS = "means"
    PURPOSE = "purpose"
    PURPOSE_NEEDS_MORE = "purpose_needs_more"  # exploitation must be shown besides
    NONE = ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that can be found, asked or left unknown."""

    code: str
    group: FactGroup
    meaning: str
    palermo: PalermoRole


@cache
def facts() -> Mapping[str, Fact]:
    """Return every fact by its code, in the order of the list."""
    with FACTS_FILE.open(encoding="utf-8", newline="") as lines:
        return MappingProxyType({row["code"]: _fact(row) for row in csv.DictReader(lines)})


def _fact(row: Mapping[str, str]) -> Fact:
    return Fact(
        code=row["code"],
        group=FactGroup(row["group"]),
        meaning=row["meaning"],
        palermo=PalermoRole(row["palermo"]),
    )


@cache
def codes_in_group(group: FactGroup) -> tuple[str, ...]:
    """Return the codes of one group, in the order of the list."""
    return tuple(code for code, fact in facts().items() if fact.group is group)


@cache
def codes_with_role(role: PalermoRole) -> tuple[str, ...]:
    """Return the codes that can make out one Palermo element, in the order of the list."""
    return tuple(code for code, fact in facts().items() if fact.palermo is role)


def meaning_of(code: str) -> str:
    """Return our wording of a fact; raises ``KeyError`` for a code that is not in the list."""
    return facts()[code].meaning
