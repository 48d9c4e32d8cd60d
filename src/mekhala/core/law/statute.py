"""A statute as data: its articles, what each asks for, what follows, and since when.

An element, an aggravation and a provision are themselves only (``eq=False``): what was worked
out for one is kept under it, and comparing whole expressions would cost more than weighing them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mekhala.core.law.expression import Expression


@dataclass(frozen=True, kw_only=True)
class Period:
    """Days, both ends included; None is an open end."""

    first: date | None
    last: date | None

    def meets(self, other: "Period") -> bool:
        """Whether the two share at least one day."""
        return _not_after(self.first, other.last) and _not_after(other.first, self.last)

    def holds(self, other: "Period") -> bool:
        """Whether every day of ``other`` is one of these."""
        begins = self.first is None or (other.first is not None and self.first <= other.first)
        ends = self.last is None or (other.last is not None and other.last <= self.last)
        return begins and ends


def _not_after(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last


@dataclass(frozen=True, kw_only=True, eq=False)
class Element:
    """One thing a provision asks for."""

    name: str
    label: str
    asks: Expression


@dataclass(frozen=True, kw_only=True)
class Penalty:
    """A range of imprisonment in years, both ends included."""

    min_years: float
    max_years: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Aggravation:
    """A circumstance that raises the range."""

    name: str
    label: str
    asks: Expression


@dataclass(frozen=True, kw_only=True, eq=False)
class Provision:
    """One article under which a person can be charged, as it stood in its period."""

    statute: str
    article: str
    title: str
    elements: tuple[Element, ...]
    penalty: Penalty | None
    aggravated: Penalty | None
    aggravations: tuple[Aggravation, ...]
    in_force: Period
    source: str
    verified: bool
    note: str

    @property
    def citation(self) -> str:
        """The statute and the article, as it is cited."""
        return f"{self.statute} Art. {self.article}"


@dataclass(frozen=True, kw_only=True)
class Statute:
    """One law or treaty, with the provisions that can be judged."""

    code: str
    title: str
    country: str | None
    in_force: Period
    source: str
    verified: bool
    definitions: Mapping[str, Expression]
    provisions: tuple[Provision, ...]
