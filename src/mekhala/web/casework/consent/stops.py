"""Pages for an agency that is told to stop: what it was told, and confirming it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.consent import queries, services
from mekhala.safeguards.consent.models import Held
from mekhala.web.casework.consent import rows
from mekhala.web.casework.consent.forms import StopForm
from mekhala.web.casework.refusals import told_in
from mekhala.web.officers import officer_of

PER_PAGE = 50
TOLD = frozenset({Role.PROVIDER, Role.JUSTICE})


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List what the officer's agency was told to stop."""
    officer = _told(request)
    page = Paginator(queries.stops_for(officer), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "consent/stops.html", {"page": page, "rows": rows.stops_in_words(page)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, stop_id: int) -> HttpResponse:
    """Say what stopping means, and confirm it."""
    officer = _told(request)
    stop = get_object_or_404(queries.stops_for(officer), pk=stop_id)
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form):
            services.confirm_stop(
                stop, held=Held(form.cleaned_data["held"]), by=officer, at=timezone.now()
            )
        if not form.errors:
            return redirect("consent:stops")
    (row,) = rows.stops_in_words([stop])
    return render(request, "consent/stop.html", {"stop": row, "form": form})


def _told(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if officer.role not in TOLD:
        raise Http404
    return officer
