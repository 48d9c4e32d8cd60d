"""An anonymous table of defendants: codes from fixed lists, a sentence in months, no number."""

from collections.abc import Sequence
from dataclasses import dataclass, field

VARIABLES = (
    "sex", "nationality", "ethnicity", "education", "occupation", "age_band", "offence", "tried",
    "counsel",
)  # fmt: skip
AGES = ((18, "under_18"), (25, "18_24"), (35, "25_34"), (45, "35_44"), (200, "45_over"))
UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Defendant:
    """One row: ``complaint`` says who was tried in one case, and nothing else about it.

    ``months`` is the prison sentence, 0 where there was none, None where it is not known or the
    case is not over; ``of`` maps a variable to its category, absent where unknown.
    """

    complaint: int
    months: float | None
    year: int | None = None
    of: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SentencingTable:
    """Rows taken from a file by a mapping.

    ``most`` is what life counts as, in months; ``unread`` counts the values, by column, that the
    mapping has no category for: they are unknown.
    """

    title: str
    source: str
    rows: Sequence[Defendant]
    most: float | None = None
    unread: dict[str, int] = field(default_factory=dict)


def age_band(age: int) -> str:
    """The band an age falls into, by birthdays reached."""
    return next(name for below, name in AGES if age < below)
