"""Pages of published figures: the list, one figure's way, what does not add up."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from mekhala.population.claims import policies, queries
from mekhala.population.claims.queries import Origin, Traced
from mekhala.population.claims.series import panels
from mekhala.population.claims.travel import travel
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.claims import drawing, series_drawing, wording
from mekhala.web.casework.claims.asked import BADGE_WORDS, Asked, as_csv

PER_PAGE = 50
# A figure is never sorted by its size: unlike definitions have no common order.
SORTS: dict[str, tuple[object, Callable[[Traced], Any]]] = {
    "claim": (gettext_lazy("Claim"), lambda one: one.claim.claim_id),
    "quantity": (gettext_lazy("What is counted"), lambda one: one.definition),
    "place": (gettext_lazy("Place"), lambda one: one.claim.place.casefold()),
    "period": (gettext_lazy("Period"), lambda one: one.claim.period),
    "method": (gettext_lazy("Method"), lambda one: one.claim.method.casefold()),
    "origin": (gettext_lazy("Origin"), lambda one: list(Origin).index(one.origin)),
}


@login_required
def claims(request: HttpRequest) -> HttpResponse:
    """List published figures, each definition apart, narrowed as the reader asks."""
    kept = queries.kept()
    asked = Asked.of(request.GET)
    found = asked.narrowed(queries.traced(kept))
    page = Paginator(_sorted(found, asked.sort), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "groups": _groups(page.object_list),
        "total": len(found),
        "all": len(kept),
        "chains": queries.chains(kept),
        "badges": BADGE_WORDS,
        "asked": asked,
        "columns": _columns(asked.sort),
        "may_load": policies.may_load(_officer(request)),
    }
    return render(request, "claims/claims.html", shown)


@login_required
def as_file(request: HttpRequest) -> HttpResponse:
    """Hand out the claims of the list, as narrowed, with what stands behind each."""
    asked = Asked.of(request.GET)
    found = _sorted(asked.narrowed(queries.traced(queries.kept())), asked.sort)
    answer = HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="claims.csv"'
    return answer


@login_required
def series(request: HttpRequest) -> HttpResponse:
    """Draw the figures asked for over the years, an axis for each unit; nothing without words."""
    asked = Asked.of(request.GET)
    found = asked.narrowed(queries.traced(queries.kept())) if asked.words else []
    shown = {"panels": [series_drawing.drawn(one) for one in panels(found)], "asked": asked}
    return render(request, "claims/series.html", shown)


@login_required
def remarks(request: HttpRequest) -> HttpResponse:
    """Show what does not add up, what stands against each other, what must be asked."""
    kept = queries.kept()
    found = wording.remarks_told(queries.remarks(kept))
    shown = {
        "weights": [
            {"heading": heading, "remarks": [one for one in found if one["weight"] == weight]}
            for weight, heading in wording.WEIGHTS.items()
        ],
        "conflicts": wording.conflicts_told(queries.conflicts(kept)),
        "all": len(kept),
    }
    return render(request, "claims/remarks.html", shown)


@login_required
def claim(request: HttpRequest, claim_id: str) -> HttpResponse:
    """Show where one figure comes from, and what changed on the way."""
    found = queries.whole(claim_id)
    if found is None:
        raise Http404
    way = travel(found["alike"] or found["joined"], found["joined"], found["years"])
    found |= {
        "groups": _groups(sorted(found["joined"], key=lambda one: one.definition)),
        "drawn": drawing.drawn(way, found["it"]),
        "path": wording.steps_told(found["path"]),
        "conflicts": wording.conflicts_told(found["conflicts"]),
        "checks": wording.remarks_told(found["checks"]),
        "may_load": policies.may_load(_officer(request)),
    }
    return render(request, "claims/claim.html", found)


def _sorted(found: list[Traced], sort: str) -> list[Traced]:
    """Sort by a column, downwards with a minus before it; by what is counted if unknown."""
    _label, key = SORTS.get(sort.removeprefix("-"), SORTS["quantity"])
    by_number = sorted(found, key=lambda one: one.claim.claim_id)
    return sorted(by_number, key=key, reverse=sort.startswith("-"))


def _columns(sort: str) -> list[dict[str, object]]:
    """Return the sortable heads: where each leads, and how the table stands now."""
    now, down = sort.removeprefix("-"), sort.startswith("-")
    return [
        {
            "label": label,
            "sort": f"-{name}" if name == now and not down else name,
            "aria": ("descending" if down else "ascending") if name == now else "none",
        }
        for name, (label, _key) in SORTS.items()
    ]


def _groups(found: Any) -> list[dict[str, Any]]:
    """Return claims in runs of one definition, so that unlike figures never stand as one list."""
    groups = []
    for _definition, run in groupby(found, key=lambda one: one.definition):
        rows = list(run)
        groups.append({"first": rows[0].claim, "rows": rows})
    return groups


def _officer(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    return request.user
