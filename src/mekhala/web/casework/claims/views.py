"""Pages of published figures: the list, one figure's way, loading a file."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.core.wrong_input import WrongInput
from mekhala.population.claims import policies, queries, services
from mekhala.population.claims.queries import Origin, Traced
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.claims import drawing
from mekhala.web.casework.claims.forms import UploadForm

PER_PAGE = 50
BADGES = {Origin.COUNTED: "progress", Origin.REPEAT: "", Origin.NONE: "silent"}
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
    """List published figures, each definition apart, by chain if one is chosen."""
    kept = queries.kept()
    chain, sort = request.GET.get("chain", ""), request.GET.get("sort", "quantity")
    found = [one for one in queries.traced(kept) if not chain or one.claim.chain == chain]
    page = Paginator(_sorted(found, sort), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "groups": _groups(page.object_list),
        "total": len(found),
        "chains": queries.chains(kept),
        "chain": chain,
        "columns": _columns(sort),
        "may_load": policies.may_load(_officer(request)),
    }
    return render(request, "claims/claims.html", shown)


@login_required
def claim(request: HttpRequest, claim_id: str) -> HttpResponse:
    """Show where one figure comes from, and what changed on the way."""
    found = queries.whole(claim_id)
    if found is None:
        raise Http404
    found |= {
        "badge": BADGES[found["it"].origin],
        "groups": _groups(sorted(found["joined"], key=lambda one: one.definition)),
        "drawn": drawing.drawn(found["joined"], found["it"]),
    }
    return render(request, "claims/claim.html", found)


@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Load a file of claims, whole or not at all."""
    if not policies.may_load(_officer(request)):
        raise Http404
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if sent and form.is_valid():
        text, name = form.cleaned_data["file"]
        try:
            done = services.load(text, name, by=_officer(request), at=timezone.now())
        except WrongInput as wrong:
            form.add_error("file", str(wrong))
        else:
            messages.success(request, _told(done))
            return redirect("claims:claims")
    return render(request, "claims/upload.html", {"form": form})


def _told(done: services.Loaded) -> str:
    return _("%(added)s claims added, %(changed)s changed, %(unchanged)s as they were.") % {
        "added": done.added, "changed": done.changed, "unchanged": done.unchanged,
    }  # fmt: skip


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
        groups.append({"first": rows[0].claim, "rows": [(one, BADGES[one.origin]) for one in rows]})
    return groups


def _officer(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    return request.user
