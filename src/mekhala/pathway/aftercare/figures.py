"""How support goes, in totals of a calendar year. None: too few to say.

What leaves the database, and what it hides, stands in its migration and in
``docs/methods/support-figures.md``. Nobody is scored, and houses are not put in an order.
"""

import json
from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role

LEVEL = 0.95
WHO_SEE = frozenset({Role.REGISTRAR, Role.STATISTICIAN, Role.AUTHORITY})
EARLIEST, LATEST = 2000, 2999


@dataclass(frozen=True, kw_only=True)
class Stays:
    """Stays of one kind that began in the year; ``long_now``: open, and due to be looked at."""

    kind: str
    began: int | None
    ended: int | None
    long_now: int | None
    median_days: float | None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Of those who were met and answered (``asked``), how many ``yes``: housing, work, safety."""

    what: str
    yes: int | None
    asked: int | None

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval of the share at 95 %; None where the row is hidden."""
        from mekhala.core.estimation.proportion import wilson  # scipy is loaded when wanted

        if self.yes is None or self.asked is None:
            return None
        return wilson(self.yes, self.asked, LEVEL)


@dataclass(frozen=True, kw_only=True)
class FollowUps:
    """Days to look in that fell due in the year, ``months`` after the beginning."""

    months: int
    due: int | None
    met: int | None
    not_met: int | None
    lost: int | None
    died: int | None
    waiting: int | None
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, kw_only=True)
class SupportFigures:
    """The totals of one calendar year."""

    year: int
    stays: tuple[Stays, ...]
    follow_ups: tuple[FollowUps, ...]


def may_see_figures(officer: Officer) -> bool:
    """Answer whether the officer sees the totals of support."""
    return officer.role in WHO_SEE


def support_figures(year: int, *, by: Officer) -> SupportFigures:
    """Count the support of a calendar year. ``by`` must be the acting officer.

    Raises ``NotYourRole``, and ``WrongInput`` for a year out of reach.
    """
    if not may_see_figures(by):
        raise NotYourRole
    if not EARLIEST <= year <= LATEST:
        raise WrongInput(f"year: {year}; expected one from {EARLIEST} to {LATEST}.")
    with connection.cursor() as cursor:
        cursor.execute("select aftercare_counted(%s)", [year])
        answer = cursor.fetchone()[0]
    read = json.loads(answer) if isinstance(answer, str) else answer
    return SupportFigures(
        year=year,
        stays=tuple(Stays(**row) for row in read["stays"]),
        follow_ups=tuple(
            FollowUps(**(row | {"outcomes": tuple(Outcome(**o) for o in row["outcomes"])}))
            for row in read["follow_ups"]
        ),
    )
