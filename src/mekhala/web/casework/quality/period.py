"""The periods that are counted: a calendar year (``2026``) or a month (``2026-11``)."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from mekhala.pathway.determination.quality import EARLIEST

_WRITTEN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, kw_only=True)
class Period:
    """A calendar year, or one month of it."""

    year: int
    month: int | None = None

    def __str__(self) -> str:
        return f"{self.year}" if self.month is None else f"{self.year}-{self.month:02d}"

    @property
    def first_month(self) -> date:
        """The first day of the first month."""
        return date(self.year, self.month or 1, 1)

    @property
    def last_month(self) -> date:
        """The first day of the last month."""
        return date(self.year, self.month or 12, 1)

    @property
    def in_words(self) -> str:
        """As it is said in the reader's language: ``2026``, ``November 2026``."""
        return str(self) if self.month is None else date_format(self.first_month, "F Y")

    def months(self, *, today: date) -> list["Period"]:
        """The months of the year that have begun, the latest first."""
        last = 12 if self.year < today.year else today.month
        return [Period(year=self.year, month=month) for month in range(last, 0, -1)]


def read_period(written: str, *, today: date) -> Period | None:
    """Return the period an address names; None if it is none or has not begun."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    period = Period(year=int(found[1]), month=int(found[2]) if found[2] else None)
    has_begun = period.year >= EARLIEST and period.first_month <= today
    return period if has_begun else None
