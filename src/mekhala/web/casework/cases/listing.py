"""Pages of cases in rows of words: number, status, province, since when. Never a name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mekhala.core.vocabulary.places import province_name
from mekhala.pathway.determination.queries import CaseStatus, status_of, ways, with_status
from mekhala.pathway.encounter.queries import newest_first
from mekhala.safeguards.access.models import Officer

PAGE = 50
CLOSED = "closed"
FAR = 2000  # pages; nobody turns further


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """One page of cases; nothing is counted over all of them."""

    rows: tuple[dict[str, Any], ...]
    number: int
    has_next: bool
    show: str

    @property
    def filters(self) -> list[dict[str, Any]]:
        """The statuses a list can be narrowed to."""
        every = [("", _("All")), *((s.value, s.label) for s in CaseStatus), (CLOSED, _("Closed"))]
        return [{"value": v, "text": t, "active": v == self.show} for v, t in every]


def page_of(officer: Officer, *, now: datetime, page: str | None, show: str) -> CasePage:
    """Return one page of the cases open to ``officer``, the newest first, in three queries."""
    number = min(int(page), FAR) if page and page.isascii() and page.isdigit() and int(page) else 1
    cases = newest_first(officer, now=now)
    if show in CaseStatus.values:
        cases = with_status(cases, CaseStatus(show))
    elif show == CLOSED:
        cases = cases.exclude(closed_at=None)
    start = (number - 1) * PAGE
    found = list(cases[start : start + PAGE + 1])
    rows = _rows([(case.number, case.opened_at) for case in found[:PAGE]])
    return CasePage(rows=rows, number=number, has_next=len(found) > PAGE, show=show)


def _rows(cases: list[tuple[str, datetime]]) -> tuple[dict[str, Any], ...]:
    way_of = ways(number for number, _opened in cases)
    return tuple(
        {"number": number, "opened_at": opened_at, "status": status_of(way_of[number]),
         "province": _province(way_of[number])}
        for number, opened_at in cases
    )  # fmt: skip


def _province(way: list[Any]) -> str:
    met = next((step for step in way if step.kind == "encounter"), None)
    return province_name(met.details["place"], get_language() or "en") if met else ""


def day_and_time(at: datetime) -> str:
    """Return an instant as it is written on pages."""
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
