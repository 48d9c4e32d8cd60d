"""What is owed to invented people and what of it came: wages, orders, measures, counsel.

``RATES`` and ``CAME`` are the truth that the pages on redress must find again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from zlib import crc32

from mekhala.core.check_digit import new_number
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.justice.models import Accused, Proceeding
from mekhala.pathway.redress.models import (
    LegalAid,
    Measure,
    Owed,
    Payment,
    Right,
    RightTold,
    WitnessPlan,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency

from .cases import noon
from .cast import Cast
from .decisions import POSITIVE
from .draws import Draws, Weighted
from .journeys import Journey
from .proceedings import ACQUITTED, CONVICTED, DEFENDANT
from .proceedings import Accused as InventedAccused
from .rows import Rows

RATES = MappingProxyType({
    "wages_claimed": 0.3,  # of people recognised as victims
    "compensation_ordered": 0.5,  # of convictions
    "measure_granted": 0.6,  # of measures asked for
    "told": 0.5,  # of rights of people recognised as victims
})  # fmt: skip
CAME = Weighted({"nothing": 50, "part": 30, "all": 20})  # of what was agreed or ordered
LEGAL_AID = ("la-01", "la-02")
SAYS = {"yes": True, "no": False}


class RedressRows:
    """Writes what is owed under cases; what justice keeps is added with the proceeding."""

    def __init__(self, cast: Cast, rows: Rows, *, today: date) -> None:
        """Nothing of it lies after ``today``."""
        self.cast, self.rows, self.today = cast, rows, today

    def add(self, journey: Journey, case: Case) -> None:
        """Add what social workers keep of a person who was recognised."""
        decided = journey.determination
        if decided is None or decided.decision != POSITIVE or not decided.registered_on:
            return
        worker = self.cast.registrar_of(journey.encounter.province_code)
        kept = Kept(self.rows, f"{case.number} redress", worker, self.today, case=case)
        kept.rights(decided.registered_on, case.language)
        if kept.draws.chance(RATES["wages_claimed"]):
            kept.sum_owed(decided.registered_on, what="wages", debtor="employer")
            kept.counsel(self.cast.agencies[kept.draws.pick(LEGAL_AID)], decided.registered_on)


def add_redress(
    rows: Rows, proceeding: Proceeding, accused: Sequence[tuple[Accused, InventedAccused]], *,
    by: Officer, today: date,
) -> None:  # fmt: skip
    """Add orders and measures of a proceeding, and the plan for being heard."""
    kept = Kept(rows, f"{proceeding.number} redress", by, today, proceeding=proceeding.number)
    trials = [s.on for _row, one in accused for s in one.ladder if s.stage == DEFENDANT]
    if trials:
        kept.hearing(min(trials))
    for _row, one in accused:
        judged = [s for s in one.ladder if s.stage in (CONVICTED, ACQUITTED)]
        if not judged:
            continue
        ordered = kept.draws.chance(RATES["compensation_ordered"])
        if judged[0].stage == CONVICTED and ordered:
            kept.sum_owed(judged[0].on, what="compensation", debtor="accused", said="court")


class Kept:
    """What is kept under one file, in the order it was drawn."""

    def __init__(
        self, rows: Rows, stream: str, by: Officer, today: date, *, case: Case | None = None,
        proceeding: str = "",
    ) -> None:  # fmt: skip
        """Open a stream of chance of this file's own."""
        self.rows, self.by, self.today = rows, by, today
        self.draws = Draws(crc32(stream.encode()), "redress")
        self.file = {"case": case, "proceeding": proceeding}

    def _told(self, on: date) -> dict[str, Any]:
        below = self.draws.between
        number = new_number("RD", lambda most: below(0, most - 1))
        return {**self.file, "number": number, "recorded_by": self.by, "recorded_at": noon(on, 5)}

    def sum_owed(self, on: date, *, what: str, debtor: str, said: str = "employer") -> None:
        """Add a sum with a day to be paid by, and as much of it as came until today."""
        amount = Decimal(50 * self.draws.between(4, 40))
        came = self.draws.of(CAME)
        days = self.draws.between(10, 80)
        owed = Owed(
            **self._told(on), what=what, basis="ordered" if said == "court" else "agreed",
            said=said, debtor=debtor, amount=amount, currency="USD", said_on=on,
            due_on=on + timedelta(days=90),
        )  # fmt: skip
        self.rows.add(owed)
        self.rows.note(
            "redress.owed", subject=owed.file_number, by=self.by, at=owed.recorded_at,
            row=owed.number, what=what, basis=owed.basis,
        )  # fmt: skip
        paid_on = on + timedelta(days=days)
        if came != "nothing" and paid_on <= self.today:
            share = amount if came == "all" else (amount / 3).quantize(Decimal(1))
            self.rows.add(Payment(owed=owed, amount=share, on=paid_on, way="cash",
                                  recorded_by=self.by, recorded_at=noon(paid_on, 5)))  # fmt: skip

    def counsel(self, agency: Agency, on: date) -> None:
        """Add a lawyer of the presumed victim asked for, and assigned or awaited."""
        given = {"agency": agency, "fee": "free", "assigned_on": on,
                 "bar_number": f"B-{self.draws.between(100, 999)}"}  # fmt: skip
        assigned = given if self.draws.chance(0.75) else {}
        self.rows.add(LegalAid(**self._told(on), asked_on=on, **assigned))

    def hearing(self, on: date) -> None:
        """Add how somebody is to be heard, and a measure granted or refused before."""
        granted = self.draws.chance(RATES["measure_granted"])
        asked = on - timedelta(days=15)
        measure = Measure(
            **self._told(asked), kind=self.draws.pick(("screen", "video", "closed")),
            asked_by="support", asked_on=asked, granted=granted, answered_by="court",
            answered_on=on, why_refused="" if granted else "no_means",
        )  # fmt: skip
        told = self._told(asked)
        del told["case"]
        plan = WitnessPlan(**told, heard="video" if granted else "in_court", language="km",
                           interpreter=None, agreed_on=asked)  # fmt: skip
        self.rows.add(measure, plan)

    def rights(self, on: date, language: str) -> None:
        """Add the rights that were told."""
        for right in (Right.LEGAL_AID, Right.NOT_TESTIFY):
            if self.draws.chance(RATES["told"]):
                self.rows.add(RightTold(**self._told(on), right=right, told_on=on,
                                        language=language, understood=True))  # fmt: skip
