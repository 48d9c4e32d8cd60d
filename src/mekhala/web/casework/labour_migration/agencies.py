"""Pages of recruitment agencies: how each stands, what was placed, what is said, what follows."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.core.estimation.rates import FEWEST
from mekhala.core.vocabulary.countries import country_name
from mekhala.pathway.labour_migration import (
    looking_into,
    policies,
    queries,
    services,
    taking_back,
)
from mekhala.pathway.labour_migration.ladder import ladder
from mekhala.pathway.labour_migration.models import (
    Incident,
    Recruiter,
    Review,
)
from mekhala.web.casework.labour_migration import forms, rows
from mekhala.web.casework.labour_migration.acting import acted
from mekhala.web.casework.labour_migration.taking_back import TakeBackForm
from mekhala.web.officers import officer_of

METHODS = ["GET", "HEAD", "POST"]
ACTS: dict[str, tuple[Any, Any, Callable[..., object]]] = {
    "licence": (gettext_lazy("Record a licence"), forms.LicenceForm, services.license_recruiter),
    "placements": (
        gettext_lazy("Count placements"), forms.PlacementForm, services.record_placement,
    ),
    "correction": (
        gettext_lazy("Correct a count of placements"), forms.CorrectionForm,
        lambda _one, **said: services.correct_placement(**said),
    ),
    "incident": (gettext_lazy("Note an incident"), forms.IncidentForm, services.record_incident),
    "review": (gettext_lazy("Open a review"), forms.ReviewForm, services.open_review),
    "licence-back": (
        gettext_lazy("Take back a licence"), TakeBackForm,
        lambda _one, what, **said: taking_back.take_back_licence(what, **said),
    ),
    "decision-back": (
        gettext_lazy("Take back a decision"), TakeBackForm,
        lambda _one, what, **said: taking_back.take_back_decision(what, **said),
    ),
}  # fmt: skip
KNOWN: dict[str, Callable[[Recruiter], dict[str, Any]]] = {  # what a form lets choose from
    "correction": lambda one: {"counts": queries.placements_of(one)[:50]},
    "licence-back": lambda one: {"rows": queries.standing_of(one.licences.all())},
    "decision-back": lambda one: {
        "rows": [r for r in queries.standing_of(one.reviews.all()) if r.decided_at]
    },
}


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
        {"text": _("Placements"), "numeric": True}, _("Per 1,000, from … to …"),
        _("Established, of those looked into"), _("Note"),
    ]  # fmt: skip
    of_agency = queries.found_of("recruiter", since=since, until=today)
    of_country = queries.found_of("country", since=since, until=today)
    shown = {
        "head": head, "since": since, "today": today, "fewest": FEWEST,
        "agencies": [rows.rate_row(line.name, line.rate, line.is_above, of_agency.get(line.key))
                     for line in by_agency],
        "countries": [
            rows.rate_row(country_name(str(line.key), reader), line.rate, line.is_above,
                  of_country.get(line.key))
            for line in by_country
        ],
        "everybody": [rows.rate_row(_("All together"), everybody, False, of_agency.get(""))],
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
    incidents = list(queries.with_findings(one.incidents.all())[:50])
    shown = {
        "one": one, "standing": queries.STANDING[queries.standing(one, today)],
        "supervises": policies.supervises(officer), "ladder": ladder(),
        "takes_complaints": policies.takes_complaints(officer),
        "acts": [(name, title) for name, (title, form, _act) in ACTS.items()
                 if form is not TakeBackForm or KNOWN[name](one)["rows"]],
        "placement_head": [_("Month"), _("Employer"), _("Country"), _("Workers")],
        "placements": rows.placement_rows(one),
        "incident_head": rows.incident_head(),
        "incidents": [rows.incident_row(i, officer) for i in incidents],
    }  # fmt: skip
    return render(request, "recruitment/agency.html", shown)


@login_required
@require_http_methods(METHODS)
def look_into(request: HttpRequest, incident_id: int) -> HttpResponse:
    """Say what was found of a complaint, or that an incident was entered by mistake.

    Labour inspection, never who wrote it down.
    """
    officer = officer_of(request)
    found = queries.with_findings(Incident.objects.select_related("recruiter"))
    one = get_object_or_404(found, pk=incident_id)
    if not rows.may_look_into(one, officer):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = forms.FindingForm(posted, mistake_only=not looking_into.may_be_found_so(one))
    if acted(form, lambda: looking_into.record_finding(
        one, **form.cleaned_data, by=officer, at=timezone.now()
    )):  # fmt: skip
        return redirect("recruitment:agency", recruiter_id=one.recruiter_id)
    back = reverse("recruitment:agency", args=[one.recruiter_id])
    shown = {"title": f"{one.recruiter}: {rows.what_is_said(one)}", "form": form, "back_url": back}
    return render(request, "recruitment/form.html", shown)


@login_required
@require_http_methods(METHODS)
def act(request: HttpRequest, recruiter_id: int, act: str) -> HttpResponse:
    """Do one act of labour inspection on an agency."""
    officer = officer_of(request)
    if not policies.supervises(officer) or act not in ACTS:
        raise Http404
    one = get_object_or_404(queries.recruiters(), pk=recruiter_id)
    title, kind, service = ACTS[act]
    known = KNOWN[act](one) if act in KNOWN else {}
    form = kind(request.POST if request.method == "POST" else None, **known)
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
        "incident_head": rows.incident_head(),
        "incidents": [
            rows.incident_row(i, officer) for i in queries.with_findings(one.incidents.all())
        ],
    }  # fmt: skip
    return render(request, "recruitment/review.html", shown)
