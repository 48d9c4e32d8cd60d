"""How forms are used, on a page and as a file: for the authority and an agency's administrator."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mekhala.core.table_cells import csv_text
from mekhala.intake.use import Use, may_see_use, use_of
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.quality.period import Period, read_period
from mekhala.web.officers import officer_of

PEOPLE = ("refer", "do_not_refer", "unsure", "refused", "missed")
HEAD = ["month", "agency", "officer", "form_id", "form", "sent",
        "seconds_lower_quarter", "seconds_median", "seconds_upper_quarter", *PEOPLE]  # fmt: skip


@login_required
@require_GET
def use(request: HttpRequest, period: str = "") -> HttpResponse:
    """Show a month or a calendar year: this month if none is named."""
    today = timezone.localdate()
    asked = _period(request, period or f"{today:%Y-%m}", today=today)
    return render(
        request, "forms/use.html",
        {"period": asked, "year": (year := Period(year=asked.year)),
         "months": year.months(today=today),
         "rows": [_minutes(row) for row in use_of(asked.first_month, asked.last_month)]},
    )  # fmt: skip


@login_required
@require_GET
@copy_taken
def as_file(request: HttpRequest, period: str) -> HttpResponse:
    """Hand out the same figures as CSV, with the same left out."""
    asked = _period(request, period, today=timezone.localdate())
    text = "\ufeff" + csv_text([HEAD, *map(_cells, use_of(asked.first_month, asked.last_month))])
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="use-of-forms-{asked}.csv"'
    return answer


def _period(request: HttpRequest, written: str, *, today: date) -> Period:
    if not may_see_use(officer_of(request)):
        raise Http404
    found = read_period(written, today=today)
    if found is None:
        raise Http404
    return found


def _cells(row: Use) -> list[object]:
    quarters = row.quarters or (None, None, None)
    return [f"{row.month:%Y-%m}", row.agency, row.officer, row.form_id, row.form, row.sent,
            *quarters, *(getattr(row, name) for name in PEOPLE)]  # fmt: skip


def _minutes(row: Use) -> dict[str, object]:
    """Return a line with its times in whole and half minutes."""
    times = [round(each / 30) / 2 for each in row.quarters] if row.quarters else None
    return {"use": row, "times": times}
