"""What became of complaints, by the year they were made; what convictions rest on."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mekhala.population.courts import queries
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.counting import statisticians_only
from mekhala.web.casework.courts import cohort_tables, warning_tables
from mekhala.web.officers import officer_of


@require_safe
@statisticians_only
def cohorts(request: HttpRequest) -> HttpResponse:
    """Show each cohort of complaints: where it stands, and how many came how far by when."""
    as_of, found = _counted(request)
    page: dict[str, Any] = {"as_of": as_of, "cohorts": [cohort_tables.shown(c) for c in found]}
    if found:
        page |= {"standing": cohort_tables.standing(found), "chart": cohort_tables.chart(found)}
    return render(request, "courts/cohorts.html", page)


@require_safe
@statisticians_only
@copy_taken
def cohorts_file(request: HttpRequest) -> HttpResponse:
    """Hand out the same figures, with the same withheld."""
    as_of, found = _counted(request)
    return _file(cohort_tables.as_csv(found, as_of), f"cohorts-{as_of}.csv")


@require_safe
@statisticians_only
def convictions(request: HttpRequest) -> HttpResponse:
    """Show what convictions of closed years rest on, as far as the register tells."""
    year = timezone.localdate().year - 1
    told = warning_tables.page(*_of_convictions(request, year))
    return render(request, "courts/convictions.html", {"year": year, **told})


@require_safe
@statisticians_only
@copy_taken
def convictions_file(request: HttpRequest) -> HttpResponse:
    """Hand out the same shares."""
    year = timezone.localdate().year - 1
    rows, withheld = _of_convictions(request, year)
    return _file(warning_tables.as_csv(rows, year, withheld), f"convictions-{year}.csv")


def _of_convictions(request: HttpRequest, year: int) -> tuple[list[Any], frozenset[str]]:
    """Return the convictions with their warnings, and the warning a table beside gives away."""
    found = queries.convictions(last_year=year, by=officer_of(request))
    withheld = {"no_lawyer"} if queries.lawyers_tell_a_few(found) else set()
    return warning_tables.counted(found), frozenset(withheld)


def _counted(request: HttpRequest) -> tuple[date, list[Any]]:
    from mekhala.core.cohorts.funnel import cohorts as counted

    as_of = queries.last_closed_quarter(timezone.localdate())
    return as_of, counted(queries.histories(as_of=as_of, by=officer_of(request)))


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
