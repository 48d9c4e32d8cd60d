"""Who may count what the courts do: the statisticians of the national committee."""

from typing import TYPE_CHECKING

from mekhala.core.sentencing.table import SentencingTable
from mekhala.population.courts.errors import TooFewToKeep
from mekhala.population.linkage import policies as counting

if TYPE_CHECKING:
    from mekhala.safeguards.access.models import Officer

FEWEST_TO_KEEP = 50  # sentenced people; a smaller table is a list of people in codes


def may_count(officer: "Officer") -> bool:
    """Return whether the officer works with numbers of people."""
    return counting.may_count(officer)


def check_may_count(officer: "Officer") -> None:
    """Refuse any officer who is not a statistician."""
    counting.check_may_count(officer)


def check_large_enough(table: SentencingTable) -> None:
    """Refuse a table in which the sentenced are so few that it tells of each of them."""
    if sum(bool(row.months) for row in table.rows) < FEWEST_TO_KEEP:
        raise TooFewToKeep
