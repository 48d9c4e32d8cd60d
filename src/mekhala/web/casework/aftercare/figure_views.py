"""Page: how support goes in a calendar year, in totals."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mekhala.pathway.aftercare.codes import StayKind
from mekhala.pathway.aftercare.figures import (
    FollowUps,
    Outcome,
    SupportFigures,
    may_see_figures,
    support_figures,
)
from mekhala.web.charts import whole
from mekhala.web.officers import officer_of

YEARS = 5  # so many are offered
OUTCOMES = {
    "housing": gettext_lazy("Lives somewhere she or he may stay, outside a shelter"),
    "work": gettext_lazy("Has paid work or an own business or farm"),
    "pay": gettext_lazy("Has enough to live on"),
    "safety": gettext_lazy("Feels safe"),
}
PARTS = (
    ("due", gettext_lazy("Fell due")),
    ("met", gettext_lazy("Of these: met or spoken to")),
    ("not_met", gettext_lazy("Of these: not met that time")),
    ("lost", gettext_lazy("Of these: lost")),
    ("died", gettext_lazy("Of these: died")),
    ("waiting", gettext_lazy("Of these: still to be done")),
)


@require_safe
@login_required
def figures(request: HttpRequest, year: int = 0) -> HttpResponse:
    """Show stays, follow-ups due, met and lost, and outcomes with their denominators."""
    officer, today = officer_of(request), timezone.localdate()
    asked = year or today.year
    if not may_see_figures(officer) or not today.year - YEARS < asked <= today.year:
        raise Http404
    found = support_figures(asked, by=officer)
    shown = {
        "year": asked, "years": range(today.year, today.year - YEARS, -1),
        "stays": [_stay(row) for row in found.stays],
        "months": [f.months for f in found.follow_ups], "parts": _parts(found),
        "outcomes": [(f.months, [_outcome(o) for o in f.outcomes]) for f in found.follow_ups],
    }  # fmt: skip
    return render(request, "aftercare/figures.html", shown)


def _few(count: int | None) -> str:
    return _("fewer than 10, or hidden with them") if count is None else whole(count)


def _stay(row: Any) -> list[str]:
    days = "–" if row.median_days is None else number_format(row.median_days, 1)
    return [
        str(StayKind(row.kind).label), _few(row.began), _few(row.ended), days, _few(row.long_now)
    ]  # fmt: skip


def _parts(found: SupportFigures) -> list[tuple[str, list[str]]]:
    def told(row: FollowUps, name: str) -> str:
        return _few(getattr(row, name))

    return [(str(words), [told(row, name) for row in found.follow_ups]) for name, words in PARTS]


def _outcome(row: Outcome) -> list[str]:
    words = str(OUTCOMES[row.what])
    if row.interval is None or row.yes is None or not row.asked:
        return [words, _few(row.asked), _("not shown"), ""]
    low, high = (round(100 * end) for end in row.interval)
    share = _("%(share)s %%") % {"share": round(100 * row.yes / row.asked)}
    between = _("%(low)s to %(high)s %%") % {"low": low, "high": high}
    return [words, whole(row.asked), share, between]
