"""Who may release a table, and when."""

from datetime import date
from typing import TYPE_CHECKING, Any

from mekhala.population.linkage import policies as counting
from mekhala.population.publication.errors import (
    CountedAnew,
    ReleasedBefore,
    StillRecoverable,
    YearStillOpen,
)
from mekhala.population.publication.models import PublishedTable

if TYPE_CHECKING:
    from mekhala.population.publication.drafts import Draft


def may_release(officer: Any) -> bool:
    """Return whether the officer may prepare and release tables."""
    return counting.may_count(officer)


def check_may_release(officer: Any) -> None:
    """Refuse any officer who is not a statistician."""
    counting.check_may_count(officer)


def check_year(year: int, slug: str, *, on: date) -> None:
    """Refuse an open year and one that was released (R-92: closed periods, once)."""
    if year >= on.year:
        raise YearStillOpen
    if PublishedTable.objects.filter(slug=slug).exists():
        raise ReleasedBefore


def check_withstands(draft: "Draft") -> None:
    """Refuse a table whose withheld counts the built-in attack can work out (R-95)."""
    if draft.attack["recoverable"]:
        raise StillRecoverable


def check_as_seen(draft: "Draft", seen: str | None) -> None:
    """Refuse a draft that is not the one the officer looked at; None: it is the same object."""
    if seen is not None and draft.fingerprint != seen:
        raise CountedAnew
