"""Questions about reports, and counts of them in which no official and no reporter can be found."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from mekhala.pathway.incidents.models import Incident, Route

THRESHOLD = 10  # people in a cell that may be told (R-61; UK Government Statistical Service)
RIEL = {"KHR": 1.0, "USD": 4000.0, "THB": 115.0, "VND": 0.16}  # rough, for bands only
BANDS = (  # riel, the upper end; about 12, 125, 500 and 2,500 dollars
    ("under_50k", 50_000), ("to_500k", 500_000), ("to_2m", 2_000_000), ("to_10m", 10_000_000),
)  # fmt: skip
DIMENSIONS = ("kind", "province", "amount", "body", "post", "period")


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """Counts along one dimension; None: withheld, because too few or to protect another."""

    dimension: str
    shown: Mapping[str, int | None]


def incidents() -> QuerySet[Incident]:
    """Return the reports open to the officer, the latest first; no words are opened."""
    return Incident.objects.select_related("of_agency", "recorded_by")


def route_now(incident: Incident) -> Route | None:
    """Return where the reporter last wanted it to go."""
    return Route.objects.filter(incident=incident).select_related("agency").last()


def band_of(amount: float | None, currency: str) -> str:
    """Return the band of an amount; ``not_said`` where none was."""
    if amount is None:
        return "not_said"
    riel = amount * RIEL[currency]
    return next((name for name, end in BANDS if riel < end), "from_10m")


def period_of(month: str) -> str:
    """Return the half-year of a month: 2026-03 → 2026-1."""
    return f"{month[:4]}-{1 if month[5:] <= '06' else 2}"


def patterns() -> tuple[int | None, list[Pattern]]:
    """Return the total and the counts along each dimension, after disclosure control.

    Each table is of one dimension, so that nothing tells which place goes with which post. The
    function of the database counts and gives no row; it answers nobody the room is sealed from.
    """
    rows = _counted()
    total = sum(n for *_codes, n in rows)
    if total < THRESHOLD:
        return None, []
    return total, [
        Pattern(dimension=name, shown=_protected(_along(rows, place)))
        for place, name in enumerate(DIMENSIONS)
    ]


def _counted() -> list[tuple[str, str, str, str, str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("select kind, province, amount, currency, body, post, month from"
                       " incidents_counted()")  # fmt: skip
        counts: Counter[tuple[str, str, str, str, str, str]] = Counter(
            (kind, province, band_of(None if amount is None else float(amount), currency), body,
             post, period_of(month))
            for kind, province, amount, currency, body, post, month in cursor.fetchall()
        )  # fmt: skip
    return [(*codes, n) for codes, n in sorted(counts.items())]


def _along(rows: list[tuple[str, str, str, str, str, str, int]], place: int) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[str(row[place])] += int(row[-1])
    return dict(sorted(counts.items()))


def _protected(counts: dict[str, int]) -> dict[str, int | None]:
    """Suppress small cells, and others until no suppressed one can be worked out."""
    from mekhala.core.disclosure.suppression import protect
    from mekhala.core.disclosure.tables import cross

    table = cross({"of": tuple(counts)}, {(name,): n for name, n in counts.items()})
    done = protect(table, [("of",), ()], threshold=THRESHOLD)
    return {
        cell.categories[0]: shown for cell, shown in done.shown.items() if cell.margin == ("of",)
    }
