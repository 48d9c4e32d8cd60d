"""Coverage and yield of screening, by post and half-year."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mekhala.population.surveys import half_years, queries
from mekhala.population.surveys.half_years import HalfYear
from mekhala.population.surveys.shares import LEVEL
from mekhala.web.casework.surveys import words
from mekhala.web.casework.surveys.door import readers_only
from mekhala.web.officers import officer_of

FRAMES = 10  # on a page
NO_BREAK = "\u00a0"


@require_safe
@readers_only
def coverage(request: HttpRequest) -> HttpResponse:
    """Show of each frame how many were reached and found at each post in each half-year."""
    officer = officer_of(request)
    page = Paginator(queries.frames_for(officer), FRAMES).get_page(request.GET.get("page"))
    shown = {
        "page": page, "head": _head(), "level": f"{100 * LEVEL:g}",
        "frames": [
            (frame, [_row(told) for told in half_years.by_half_year(frame, officer)])
            for frame in page
        ],
    }  # fmt: skip
    return render(request, "surveys/coverage.html", shown)


def _head() -> list[Any]:
    numbers = (
        _("Days"), _("Approached"), _("Refused"), _("Missed"), _("Screened"),
        _("Screened of those approached"), _("Screened of those who come"),
        _("Strong or some indications, of those graded"),
    )  # fmt: skip
    return [_("Post"), _("Half-year"), _("Questionnaire"), *map(words.number, numbers)]


def _row(told: HalfYear) -> list[Any]:
    cell, summed = told.cell, told.totals
    half = _("%(year)s, first half") if cell.half == 1 else _("%(year)s, second half")
    start = [cell.post, half % {"year": cell.year}, cell.tool, words.number(str(told.days))]
    if summed is None:
        return [*start, *[words.number(_("too few to show"))] * 7]
    counts = [summed.people[name] for name in ("approached", "refused", "missed", "screened")]
    shares = [_share(told.coverage), words.percent(told.of_those_who_come), _share(told.found)]
    return [*start, *(words.number(words.people(n)) for n in counts), *map(words.number, shares)]


def _share(found: Any) -> str:
    if found is None:
        return _("not known")
    said = _("%(share)s (%(low)s to %(high)s)") % {
        "share": words.percent(found.estimate), "low": words.percent(found.low),
        "high": words.percent(found.high),
    }  # fmt: skip
    return said.replace(" %", f"{NO_BREAK}%")  # a narrow cell breaks before the bracket
