"""What each flag means, when it is raised, how grave it is and where that comes from.

``flags.yaml`` beside this module holds them, in the order they are told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mekhala.core.law.written import load

FLAGS_FILE = Path(__file__).with_name("flags.yaml")


class Level(StrEnum):
    """How much one flag asks for review by itself."""

    GRAVE = "grave"
    SERIOUS = "serious"
    MINOR = "minor"


@dataclass(frozen=True, kw_only=True)
class Flag:
    """One warning, its rule in words, and the numbers the rule compares with."""

    code: str
    meaning: str
    family: str
    level: Level
    raised: str
    not_raised: str
    cannot_tell: str
    source: str
    verified: bool
    limits: Mapping[str, float]
    limit_source: str


@cache
def flags() -> Mapping[str, Flag]:
    """Return every flag by its code, in the order they are told."""
    rows: Any = load(FLAGS_FILE)
    read = (_flag(row) for row in rows)
    return MappingProxyType({flag.code: flag for flag in read})


def _flag(row: dict[str, Any]) -> Flag:
    words = {key: str(value) for key, value in row.items() if isinstance(value, str)}
    return Flag(
        **{
            **row,
            **words,
            "level": Level(row["level"]),
            "limits": MappingProxyType(row.get("limits", {})),
            "limit_source": row.get("limit_source", ""),
        }
    )


def limit_of(code: str, name: str) -> float:
    """Return a number that the rule of one flag compares with, as ``hours`` of custody."""
    return flags()[code].limits[name]
