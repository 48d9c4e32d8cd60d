"""Filling a database with the invented country, many rows at a time.

Runs as the owner of the tables with maintenance on (``mekhala sample`` sees to that): it writes
the past of a country in one go, where officers would have acted one by one.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from mekhala.safeguards.access import held
from mekhala.safeguards.signing.services import mark_invented

from .accused import JusticeRows
from .agreements import sign
from .cases import CaseRows
from .cast import put_in_place
from .help_given import HelpRows
from .incidents_told import add_incidents
from .journeys import journeys
from .people import people
from .redress_kept import RedressRows
from .rows import Rows
from .services import services

AT_ONCE = 1000  # journeys gathered before they are written


def load(
    count: int, seed: int, *, now: datetime, told: Callable[[int, int], object] = max
) -> dict[str, Any]:
    """Write ``count`` invented people with all that happened to them; return what was written.

    ``told(done, count)`` is called as people are done (by default nobody is told). All or nothing.
    """
    with transaction.atomic(), held.holding(), connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        mark_invented(at=now)
        cast, rows, today = put_in_place(seed, now=now), Rows(), now.date()
        sign(cast, now=now)
        offered = services(seed, today=today)
        cases = CaseRows(cast, rows, seed)
        parts: tuple[HelpRows, JusticeRows, RedressRows] = (
            HelpRows(cast, rows, cases, offered, seed=seed, today=today),
            JusticeRows(cast, rows, cases, today=today),
            RedressRows(cast, rows, today=today),
        )
        add_incidents(rows, cast, seed, people=count, now=now)
        walked = journeys(people(count, seed), seed, today=today, services=offered)
        for number, journey in enumerate(walked, start=1):
            case = cases.add(journey)
            for part in parts:
                part.add(journey, case)
            if number % AT_ONCE == 0:
                rows.write()
                told(journey.person.number, count)
        rows.write()
    _know_the_sizes()
    told(count, count)
    return {"people": count, **{name: n for name, n in rows.written.items() if n}}


def _know_the_sizes() -> None:
    """Let the planner know how full the tables are now, as it would by itself in a minute."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")
