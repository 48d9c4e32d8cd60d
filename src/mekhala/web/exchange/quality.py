"""API: how the authority decides, in totals; the same figures and the same hidden as the page."""

import re
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination.quality import Quality, Share, quality
from mekhala.web.officers import officer_of

router = Router(tags=["determination"])
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class ToldOut(Schema):
    """What is told of the questions first decided at a stage; days without paused time."""

    positive: int
    negative: int
    median_days: float
    p90_days: float
    late: int
    overrides: int
    further_reader: int
    with_unknown: int
    act_unknown: int
    means_unknown: int
    purpose_unknown: int
    sources_differ: int


class StageOut(Schema):
    """One stage. ``decided`` and ``told`` are null where 1 to 9 were decided, and so on."""

    stage: str
    decided: int | None
    told: ToldOut | None
    asked_again: int
    reconsidered: int | None
    overturned: int | None
    waiting_for_facts: int
    overdue: int
    paused: int


class ShareOut(Schema):
    """A referring agency or a reader; null where the row is hidden. The interval is Wilson's."""

    stage: str
    name: str
    decided: int | None
    positive: int | None
    low: float | None
    high: float | None

    @staticmethod
    def resolve_low(row: Share) -> float | None:
        """Return the lower end of the interval of 95 %."""
        return row.interval[0] if row.interval else None

    @staticmethod
    def resolve_high(row: Share) -> float | None:
        """Return the upper end."""
        return row.interval[1] if row.interval else None


class SpreadOut(Schema):
    """How far the positive shares of readers with ten readings lie apart."""

    stage: str
    readers: int
    lowest: float
    middle: float
    highest: float


class QualityOut(Schema):
    """Totals of whole months. Rows are null but for January to December of one year."""

    first_month: date
    last_month: date
    stages: list[StageOut]
    referrers: list[ShareOut] | None
    readers: list[ShareOut] | None
    spread: list[SpreadOut] | None


@router.get("/quality", response=QualityOut)
def counted(
    request: HttpRequest,
    first: str | None = Query(None, alias="from"),
    last: str | None = Query(None, alias="to"),
) -> Quality:
    """Count the questions decided from one month to another, both included: ``2026-01``.

    Without ``from`` it begins with this January, without ``to`` it ends with this December.
    """
    today = timezone.localdate()
    begins = date(today.year, 1, 1) if first is None else _month("from", first)
    ends = date(today.year, 12, 1) if last is None else _month("to", last)
    return quality(begins, ends, today=today, by=officer_of(request))


def _month(name: str, written: str) -> date:
    found = _MONTH.fullmatch(written)
    if found is None or not found[1].isascii() or int(found[1]) == 0:
        raise WrongInput(f"{name}: {written[:20]!r} is no month; expected one such as 2026-01.")
    return date(int(found[1]), int(found[2]), 1)
