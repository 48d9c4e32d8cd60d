"""Pages of recruitment agencies: how each stands, what was placed, what is said, what follows."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.core.estimation.rates import FEWEST, Rate
from mekhala.core.vocabulary.countries import country_name
from mekhala.pathway.labour_migration import policies, queries, services
from mekhala.pathway.labour_migration.ladder import ladder
from mekhala.pathway.labour_migration.models import Review
from mekhala.pathway.labour_migration.words import Kind
from mekhala.web.casework.labour_migration import forms
from mekhala.web.casework.labour_migration.acting import acted
from mekhala.web.officers import officer_of

METHODS = ["GET", "HEAD", "POST"]
ACTS: dict[str, tuple[Any, Any, Callable[..., object]]] = {
    "licence": (gettext_lazy("Record a licence"), forms.LicenceForm, services.license_recruiter),
    "placements": (
        gettext_lazy("Count placements"), forms.PlacementForm, services.record_placement,
    ),
    "incident": (gettext_lazy("Note an incident"), forms.IncidentForm, services.record_incident),
    "review": (gettext_lazy("Open a review"), forms.ReviewForm, services.open_review),
}  # fmt: skip


@login_required
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """List agencies by name with how each stands today."""
    officer, today = officer_of(request), timezone.localdate()
    page = Paginator(queries.recruiters(), 50).get_page(request.GET.get("page"))
    listed = [(one, queries.STANDING[queries.standing(one, today)]) for one in page]
    reviews = list(queries.open_reviews()) if policies.supervises(officer) else []
    shown = {"page": page, "listed": listed, "reviews": reviews,
             "supervises": policies.supervises(officer)}  # fmt: skip
    return render(request, "recruitment/agencies.html", shown)


@login_required
@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    """Show complaints per 1,000 placements by agency and by country, by name, with intervals."""
    today = timezone.localdate()
    since = queries.a_year_before(today)
    everybody, by_agency = queries.rates("recruiter", since=since, until=today)
    _all, by_country = queries.rates("country", since=since, until=today)
    reader = get_language() or "en"
    head = [
        _("Name"), {"text": _("Complaints"), "numeric": True},
        {"text": _("Placements"), "numeric": True}, _("Per 1,000, from … to …"), _("Note"),
    ]  # fmt: skip
    shown = {
        "head": head, "since": since, "today": today, "fewest": FEWEST,
        "agencies": [_line(line.name, line.rate, line.is_above) for line in by_agency],
        "countries": [
            _line(country_name(str(line.key), reader), line.rate, line.is_above)
            for line in by_country
        ],
        "everybody": [_line(_("All together"), everybody, False)],
    }  # fmt: skip
    return render(request, "recruitment/rates.html", shown)


@login_required
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Enter an agency in the register."""
    officer = officer_of(request)
    if not policies.supervises(officer):
        raise Http404
    form = forms.RecruiterForm(request.POST if request.method == "POST" else None)
    if acted(form, lambda: services.register_recruiter(
        **form.cleaned_data, by=officer, at=timezone.now()
    )):  # fmt: skip
        return redirect("recruitment:agencies")
    back = reverse("recruitment:agencies")
    shown = {"title": _("A new agency"), "form": form, "back_url": back}
    return render(request, "recruitment/form.html", shown)


@login_required
@require_safe
def agency(request: HttpRequest, recruiter_id: int) -> HttpResponse:
    """Show one agency: licences, placements, incidents by kind and month, reviews."""
    officer, today = officer_of(request), timezone.localdate()
    one = get_object_or_404(queries.recruiters(), pk=recruiter_id)
    incidents = list(one.incidents.all()[:50])
    shown = {
        "one": one, "standing": queries.STANDING[queries.standing(one, today)],
        "supervises": policies.supervises(officer), "ladder": ladder(),
        "takes_complaints": policies.takes_complaints(officer),
        "acts": [(name, title) for name, (title, _form, _act) in ACTS.items()],
        "placement_head": [_("Month"), _("Employer"), _("Country"), _("Workers")],
        "placements": _placements(one),
        "incident_head": [_("Month"), _("What is said"), _("Source"), _("Found to be so?")],
        "incidents": [_incident(i) for i in incidents],
    }  # fmt: skip
    return render(request, "recruitment/agency.html", shown)


@login_required
@require_http_methods(METHODS)
def act(request: HttpRequest, recruiter_id: int, act: str) -> HttpResponse:
    """Do one act of labour inspection on an agency."""
    officer = officer_of(request)
    if not policies.supervises(officer) or act not in ACTS:
        raise Http404
    one = get_object_or_404(queries.recruiters(), pk=recruiter_id)
    title, kind, service = ACTS[act]
    form = kind(request.POST if request.method == "POST" else None)
    if acted(form, lambda: service(one, **form.cleaned_data, by=officer, at=timezone.now())):
        return redirect("recruitment:agency", recruiter_id=one.pk)
    back = reverse("recruitment:agency", args=[one.pk])
    shown = {"title": f"{one}: {title}", "form": form, "back_url": back}
    return render(request, "recruitment/form.html", shown)


@login_required
@require_http_methods(METHODS)
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    """Show a review and what it looks at; decide what follows."""
    officer = officer_of(request)
    if not policies.supervises(officer):
        raise Http404
    found = Review.objects.select_related("recruiter", "decided_by")
    one = get_object_or_404(found, pk=review_id)
    posted = request.POST if request.method == "POST" and one.decided_at is None else None
    form = forms.DecisionForm(posted)
    if acted(form, lambda: services.decide_review(
        one, **form.cleaned_data, by=officer, at=timezone.now()
    )):  # fmt: skip
        return redirect("recruitment:agency", recruiter_id=one.recruiter_id)
    shown = {
        "one": one, "form": form, "ladder": ladder(),
        "incident_head": [_("Month"), _("What is said"), _("Source"), _("Found to be so?")],
        "incidents": [_incident(i) for i in one.incidents.all()],
    }  # fmt: skip
    return render(request, "recruitment/review.html", shown)


def _line(name: str, found: Rate, is_above: bool) -> list[Any]:
    """Return a row: the rate with its interval, or why there is none."""
    if found.rate is None or found.low is None or found.high is None:
        said, note = "", _("Too few placements for a rate")
    else:
        said = f"{found.rate:.1f} ({found.low:.1f} … {found.high:.1f})"
        note = _("The whole interval is above the rate of all together") if is_above else ""
    return [name, {"text": str(found.events), "numeric": True},
            {"text": str(found.size), "numeric": True}, said, note]  # fmt: skip


def _placements(one: Any) -> list[list[Any]]:
    reader = get_language() or "en"
    return [
        [date_format(p.month, "YEAR_MONTH_FORMAT"), str(p.employer),
         country_name(p.employer.country, reader), {"text": str(p.people), "numeric": True}]
        for p in queries.placements_of(one)[:50]
    ]  # fmt: skip


def _incident(one: Any) -> list[str]:
    words = "; ".join(str(Kind(kind).label) for kind in one.kinds)
    found = {True: _("Yes"), False: _("No"), None: _("Not found out yet")}[one.established]
    return [date_format(one.month, "YEAR_MONTH_FORMAT"), words, one.get_source_display(), found]
