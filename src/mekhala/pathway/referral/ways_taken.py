"""Which ways cases took, held against the route: every move, how long it took, how many were late.

The database counts, for the authority and for statisticians; a count below ten is told to nobody,
nor what would tell it. No case stands here.
"""

from dataclasses import dataclass

from django.db import connection

from mekhala.core import route
from mekhala.core.disclosure.flows import hidden_moves

FEWEST = 10


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One move between two states. ``after`` is "" for cases that are in ``before`` still.

    ``cases`` is None where it is hidden; then nothing else is told. ``late``: later than the day
    that was set, of moves that have one.
    """

    before: str
    after: str
    is_on_route: bool
    cases: int | None
    median_days: float | None = None
    p90_days: float | None = None
    late: int | None = None


def ways_taken(year: int) -> dict[str, list[Taken]]:
    """Return the moves of cases opened in a year, by track; none for other roles."""
    with connection.cursor() as cursor:
        cursor.execute("select * from referral_ways_taken(%s)", [year])
        rows = cursor.fetchall()
    return {name: _told(name, [row[1:] for row in rows if row[0] == name]) for name in route.TRACKS}


def _told(name: str, rows: list[tuple]) -> list[Taken]:
    hidden = hidden_moves({(row[0], row[1]): row[2] for row in rows}, threshold=FEWEST,
                          outside=("", "closed"))  # fmt: skip
    order = {state.code: place for place, state in enumerate(route.track(name))} | {"": -1}
    rows = sorted(rows, key=lambda row: (order[row[0]], order[row[1]]))
    return [_taken(name, row, is_hidden=(row[0], row[1]) in hidden) for row in rows]


def _taken(name: str, row: tuple, *, is_hidden: bool) -> Taken:
    before, after, cases, median, p90, late = row
    on_route = not after or route.may_lead(name, before, after)
    if is_hidden:
        return Taken(before=before, after=after, is_on_route=on_route, cases=None)
    return Taken(before=before, after=after, is_on_route=on_route, cases=cases, median_days=median,
                 p90_days=p90, late=late if after in ("grounds", "decided") else None)  # fmt: skip
