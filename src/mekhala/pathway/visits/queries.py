"""The visits of one's own agency, and counts of all with what they are out of."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from mekhala.pathway.visits.models import Led, Seen, Visit

FEWEST = 10  # visits that were let in; of fewer it is not told what was seen


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The visits to one province in one half-year; ``seen`` None: too few were let in.

    ``seen`` is by code: how often it was seen, and of how many visits it is known.
    """

    province: str
    half: str
    made: int
    let_in: int
    refused: int
    reported: int
    led: int | None
    seen: dict[str, tuple[int, int]] | None


def visits() -> QuerySet[Visit]:
    """Return the visits that are there for the officer, the latest first; no address is opened."""
    return Visit.objects.select_related("recorded_by", "agency")


def cases_of(visit: Visit) -> list[str]:
    """Return the numbers of the cases it led to, as far as they are open to the officer."""
    return list(Led.objects.filter(visit=visit).values_list("case", flat=True))


def counted() -> list[Counted]:
    """Return the visits by province and half-year, the latest half first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from visits_counted()")
        names = [column.name for column in cursor.description or ()]
        return [_row(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _row(told: dict[str, Any]) -> Counted:
    """Return one count; what was seen is held back where too few were let in."""
    seen = json.loads(told["seen"]) if isinstance(told["seen"], str) else told["seen"]
    if told["let_in"] < FEWEST:
        return Counted(**told | {"seen": None, "led": None})
    return Counted(**told | {"seen": {code: (seen[code][0], seen[code][1]) for code in Seen}})
