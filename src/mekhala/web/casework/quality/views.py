"""Looking at how the authority decides, and taking the figures along."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mekhala.pathway.determination.policies import may_see_quality
from mekhala.pathway.determination.quality import Quality, quality
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.quality import tables
from mekhala.web.casework.quality.as_csv import as_csv
from mekhala.web.casework.quality.period import Period, read_period
from mekhala.web.officers import officer_of


@require_safe
@login_required
def this_year(request: HttpRequest) -> HttpResponse:
    """Show the calendar year so far, with its months to open."""
    today = timezone.localdate()
    return _page(request, Period(year=today.year), today=today)


@require_safe
@login_required
def one_period(request: HttpRequest, period: str) -> HttpResponse:
    """Show one calendar year or one month."""
    today = timezone.localdate()
    return _page(request, _period(period, today=today), today=today)


@require_safe
@login_required
@copy_taken
def as_file(request: HttpRequest, period: str) -> HttpResponse:
    """Hand out the same figures as CSV, with the same hidden."""
    today = timezone.localdate()
    asked = _period(period, today=today)
    text = as_csv(_counted(request, asked, today=today), str(asked))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="quality-{asked}.csv"'
    return answer


def _period(written: str, *, today: date) -> Period:
    period = read_period(written, today=today)
    if period is None:
        raise Http404
    return period


def _counted(request: HttpRequest, period: Period, *, today: date) -> Quality:
    officer = officer_of(request)
    if not may_see_quality(officer):
        raise Http404
    return quality(period.first_month, period.last_month, today=today, by=officer)


def _page(request: HttpRequest, period: Period, *, today: date) -> HttpResponse:
    found = _counted(request, period, today=today)
    before = Period(year=period.year - 1)
    page = {
        "period": period,
        "months": period.months(today=today) if period.month is None else [],
        "year": Period(year=period.year),
        "before": before
        if period.month is None and read_period(str(before), today=today)
        else None,
        "outcomes": tables.outcomes(found),
        "again": tables.again(found),
        "waiting": tables.waiting(found),
        "has_rows": found.referrers is not None,
        "shows_readers": found.readers is not None,
        "referrers": tables.by_stage(found.referrers),
        "readers": tables.by_stage(found.readers),
        "spread": tables.spread_rows(found.spread),
        "stages": tables.head(""),
    }
    return render(request, "quality/quality.html", page)
