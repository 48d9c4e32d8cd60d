"""A statute as data: its articles, what each asks for, what follows, and since when.

What is kept of the law equals only itself (``eq=False``): what was worked out for an element or a
provision is kept under it, and comparing whole expressions would cost more than weighing them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mekhala.core.law.expression import Expression


@dataclass(frozen=True, kw_only=True)
class Period:
    """Days, both ends included; None is an open end.

    ``throughout`` is the first day in the whole country, where a law began earlier in a part of
    it; between ``first`` and that day it may hold or not.
    """

    first: date | None
    last: date | None
    throughout: date | None = None

    def meets(self, other: "Period") -> bool:
        """Whether the two share at least one day."""
        return _not_after(self.first, other.last) and _not_after(other.first, self.last)

    def holds(self, other: "Period") -> bool:
        """Whether every day of ``other`` is one of these, wherever in the country."""
        first = self.throughout or self.first
        begins = first is None or (other.first is not None and first <= other.first)
        ends = self.last is None or (other.last is not None and other.last <= self.last)
        return begins and ends


def _not_after(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last


class Kind(StrEnum):
    """What an article does."""

    OFFENCE = "offence"
    OUTLINE = "outline"  # an offence whose elements no list of facts can tell
    DEFINITION = "definition"
    GENERAL = "general"
    CIVIL = "civil"
    PENALTY = "penalty"
    PROCEDURE = "procedure"
    FINAL = "final"


class How(StrEnum):
    """How a later provision meets an earlier one (Penal Code over older law, by its own rule)."""

    CONTRADICTING = "contradicting"  # the later prevails
    IDENTICAL = "identical"  # the later prevails
    COMPLEMENTARY = "complementary"  # other elements: both stand
    NOT_SETTLED = "not_settled"  # nobody has compared the two texts yet


@dataclass(frozen=True, kw_only=True, eq=False)
class Element:
    """One thing a provision asks for."""

    name: str
    label: str
    asks: Expression


@dataclass(frozen=True, kw_only=True)
class Penalty:
    """A range of imprisonment in years (a day is 1/365), and of a fine in riel where known."""

    min_years: float
    max_years: float
    fine_riel: tuple[int, int] | None = None
    in_words: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Aggravation:
    """A circumstance that raises the range, to ``penalty``; None where that is not known."""

    name: str
    label: str
    asks: Expression
    penalty: Penalty | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Displacement:
    """A later provision that meets this one, how, and from when."""

    statute: str
    article: str
    how: How
    in_force: Period
    source: str

    @property
    def citation(self) -> str:
        """The later statute and article, as it is cited."""
        return f"{self.statute} Art. {self.article}"


@dataclass(frozen=True, kw_only=True)
class Verification:
    """Whether a lawyer compared our words with the official text; who and when if so."""

    verified: bool
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Provision:
    """One article under which a person can be charged, as it stood in its period."""

    statute: str
    article: str
    title: str
    elements: tuple[Element, ...]
    penalty: Penalty | None
    aggravated: Penalty | None  # the range most aggravations lead to
    aggravations: tuple[Aggravation, ...]
    in_force: Period
    source: str
    verified: bool
    note: str
    displaced_by: tuple[Displacement, ...] = ()

    @property
    def citation(self) -> str:
        """The statute and the article, as it is cited."""
        return f"{self.statute} Art. {self.article}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Article:
    """One article of whatever kind, in our own words; ``provision`` if it can be judged."""

    statute: str
    article: str
    title: str
    kind: Kind
    in_force: Period
    source: str
    verification: Verification
    note: str
    because: str  # of an outline: why the facts cannot tell whether it is made out
    penalty: Penalty | None
    defines: Mapping[str, Expression]
    displaced_by: tuple[Displacement, ...]
    provision: Provision | None

    @property
    def citation(self) -> str:
        """The statute and the article, as it is cited."""
        return f"{self.statute} Art. {self.article}"


@dataclass(frozen=True, kw_only=True)
class GeneralRule:
    """How somebody is punished who tried, helped or incited, by a statute's general article."""

    statute: str
    article: str
    punished_as: str
    applies_to: tuple[str, ...]  # articles; empty: every article of the statute
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A length of time: an amount of hours, days, weeks or months."""

    amount: int
    unit: str

    def __str__(self) -> str:
        """The limit as it is said: ``48 hours``."""
        return f"{self.amount} {self.unit if self.amount > 1 else self.unit[:-1]}"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A limit of time that procedure sets: on whom, how long, from when, how it is extended."""

    statute: str
    article: str
    name: str
    applies_to: str
    limit: Limit
    runs_from: str
    extension: str
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True)
class Statute:
    """One law or treaty: every article kept, and among them the provisions that can be judged."""

    code: str
    title: str
    country: str | None
    in_force: Period
    source: str
    verified: bool
    definitions: Mapping[str, Expression]
    articles: tuple[Article, ...]
    general_rules: Mapping[str, GeneralRule]  # by attempt, accomplice or instigator
    clocks: tuple[Clock, ...]

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """The articles under which a person can be charged and which facts can make out."""
        return tuple(a.provision for a in self.articles if a.provision is not None)
