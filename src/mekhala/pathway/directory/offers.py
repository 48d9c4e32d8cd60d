"""A service as the match reads it: one light row, so that thousands are judged in a moment."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from django.utils.translation import get_language


class Offer(NamedTuple):
    """One open service as it is now. The first fields are columns of ``Service``, in this order.

    ``overdue_held`` are places whose hold is over by the clock, ``restricted`` whom restrictions
    in force leave out, ``closed_until`` the last day of a closure over the night asked about.
    """

    id: int
    agency_id: int
    name: str
    name_km: str
    need: str
    takes_sexes: Sequence[str]
    takes_transgender: bool | None
    youngest: int
    oldest: int
    takes_families: bool | None
    boys_to: int | None
    girls_to: int | None
    nationalities: Sequence[str]
    languages: Sequence[str]
    forms: Sequence[str]
    step_free: bool | None
    opens_at: time | None
    closes_at: time | None
    closed_days: Sequence[int]
    province_code: str
    places_free: int | None
    confirmed_at: datetime
    agency_code: str
    overdue_held: int = 0
    restricted: Sequence[str] = ()
    closed_until: date | None = None

    @property
    def pk(self) -> int:
        """Return the id, as of a model."""
        return self.id

    @property
    def free_now(self) -> int | None:
        """Return the places free, those whose hold is over too; None where they are not counted."""
        return None if self.places_free is None else self.places_free + self.overdue_held

    def __str__(self) -> str:
        khmer = (get_language() or "").startswith("km")
        return self.name_km if khmer and self.name_km else self.name


COLUMNS = tuple(name.replace("agency_code", "agency__code") for name in Offer._fields[:-3])
