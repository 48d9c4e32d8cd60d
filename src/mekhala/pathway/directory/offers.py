"""A service as the match reads it: one light row, so that thousands are judged in a moment."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from django.utils.translation import get_language

from mekhala.pathway.directory.models import Stay
from mekhala.pathway.directory.nights import Fewer, fewer_on, last_night


class Offer(NamedTuple):
    """One open service as it is now. The first fields are columns of ``Service``, in this order.

    ``overdue_held`` are places whose hold is over by the clock, ``restricted`` whom restrictions
    in force leave out, ``closed_until`` the last day of a closure over the night asked about,
    ``fewer_nights`` what was said of nights from ``night_asked`` on.
    """

    id: int
    agency_id: int
    name: str
    name_km: str
    need: str
    stay: str
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
    night_asked: date | None = None
    fewer_nights: Sequence[Fewer] = ()

    @property
    def pk(self) -> int:
        """Return the id, as of a model."""
        return self.id

    @property
    def free_now(self) -> int | None:
        """Return the places free on the night asked about; None where they are not counted."""
        if self.places_free is None:
            return None
        missing = fewer_on(self.night_asked, self.fewer_nights) if self.fewer_nights else 0
        return max(0, self.places_free + self.overdue_held - missing)

    def room_until(self, night: date, needed: int) -> date | None:
        """Return the last night in a row with so many places; None: no end is known."""
        free = (self.places_free or 0) + self.overdue_held
        return last_night(night, free=free, needed=needed, stated=self.fewer_nights)

    def get_stay_display(self) -> str:
        """Return for how long it is meant, in words, as a model does; "" where nobody said."""
        return str(Stay(self.stay).label) if self.stay else ""

    def __str__(self) -> str:
        khmer = (get_language() or "").startswith("km")
        return self.name_km if khmer and self.name_km else self.name


COLUMNS = tuple(name.replace("agency_code", "agency__code") for name in Offer._fields[:-5])
