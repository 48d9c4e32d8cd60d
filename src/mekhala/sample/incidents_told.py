"""Invented reports about officials: by place, amount and role, taken down outside the police.

The tables of chances are the truth that the page of patterns must find again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from mekhala.core.check_digit import new_number
from mekhala.pathway.incidents.models import Incident, Opening, Reporter, Route
from mekhala.pathway.incidents.services import OPEN_FOR
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role

from .cast import Cast
from .draws import Draws, Weighted
from .rows import Rows

PER_PEOPLE = 20  # one report for so many invented people
KIND = Weighted({"bribe": 40, "settlement": 20, "extortion": 15, "custody": 12, "complicity": 8,
                 "threat": 5})  # fmt: skip
BODY = Weighted({"police": 50, "court": 15, "prosecution": 10, "border": 10, "local": 10,
                 "unknown": 5})  # fmt: skip
POST = {"police": "officer", "court": "clerk", "prosecution": "prosecutor", "border": "officer",
        "local": "chief", "unknown": "unknown"}  # fmt: skip
PROVINCE = Weighted({"12": 40, "17": 20, "18": 15, "01": 15, "02": 10})
DOLLARS = Weighted({0: 30, 50: 20, 300: 25, 1000: 20, 5000: 5})  # 0: no amount was named
BY = Weighted({"counsel": 45, "organisation": 25, "person": 20, "family": 10})
WAY = Weighted({"nobody_yet": 50, "anti_corruption": 35, "monitor": 15})
NAMED = 0.6  # of reports: who reported is kept, apart
PAID = Weighted({True: 35, False: 40, None: 25})
LOGGERS = ("la-01", "la-02", "sh-01")
WORDS = "Told at the office, and written down as it was told. (Invented.)"


def add_incidents(rows: Rows, cast: Cast, seed: int, *, people: int, now: datetime) -> None:
    """Add one report for every twenty invented people, of the last two years."""
    draws = Draws(seed, "incidents")
    for _ in range(people // PER_PEOPLE):
        at = now - timedelta(days=draws.between(1, 700))
        code = draws.pick(LOGGERS)
        by = cast.officer(code, draws.between(0, 1), role=Role.PROVIDER)
        incident = _incident(draws, by, at)
        rows.add_sealed(incident, incident.number)
        rows.add(Opening(incident=incident, officer=by, reporter=True, given_by=by, given_at=at,
                         until=at + OPEN_FOR))  # fmt: skip
        _route(rows, draws, incident)
        if draws.chance(NAMED):
            who = Reporter(number=incident.pseudonym, incident=incident, name="Invented Reporter")
            rows.add_sealed(who, who.number)
        rows.note("incidents.logged", subject=incident.number, by=by, at=at)


def _incident(draws: Draws, by: Officer, at: datetime) -> Incident:
    dollars, body = draws.of(DOLLARS), draws.of(BODY)
    numbers = [new_number(p, lambda most: draws.between(0, most - 1)) for p in ("IN", "RP")]
    return Incident(
        number=numbers[0], pseudonym=numbers[1], kind=draws.of(KIND),
        province_code=draws.of(PROVINCE), month=at.strftime("%Y-%m"),
        amount=Decimal(dollars) if dollars else None, currency="USD" if dollars else "",
        was_paid=draws.of(PAID) if dollars else None, body=body, post=POST[body],
        reporter=draws.of(BY), words=WORDS, recorded_by=by, recorded_at=at,
    )  # fmt: skip


def _route(rows: Rows, draws: Draws, incident: Incident) -> None:
    """Add where the reporter wants it to go: on paper, for no such body works here yet."""
    way = draws.of(WAY)
    receipt = "" if way == "nobody_yet" else f"R-{draws.between(1000, 9999)}"
    rows.add(Route(incident=incident, way=way, chosen_on=incident.recorded_at.date(),
                   receipt=receipt, recorded_by=incident.recorded_by,
                   recorded_at=incident.recorded_at))  # fmt: skip
