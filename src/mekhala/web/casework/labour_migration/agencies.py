"""Pages of recruitment agencies: how each stands, what was placed, what is said, what follows."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.core.estimation.rates import FEWEST, Rate
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
    ComplaintFinding,
    Incident,
    Placement,
    Recruiter,
    Review,
)
from mekhala.pathway.labour_migration.words import Kind, Outcome
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.labour_migration import forms
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
        "agencies": [_line(line.name, line.rate, line.is_above, of_agency.get(line.key))
                     for line in by_agency],
        "countries": [
            _line(country_name(str(line.key), reader), line.rate, line.is_above,
                  of_country.get(line.key))
            for line in by_country
        ],
        "everybody": [_line(_("All together"), everybody, False, of_agency.get(""))],
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
        "placements": _placements(one),
        "incident_head": _incident_head(),
        "incidents": [_incident(i, officer) for i in incidents],
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
    if not _may_look_into(one, officer):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = forms.FindingForm(posted, mistake_only=not looking_into.may_be_found_so(one))
    if acted(form, lambda: looking_into.record_finding(
        one, **form.cleaned_data, by=officer, at=timezone.now()
    )):  # fmt: skip
        return redirect("recruitment:agency", recruiter_id=one.recruiter_id)
    back = reverse("recruitment:agency", args=[one.recruiter_id])
    shown = {"title": f"{one.recruiter}: {_what(one)}", "form": form, "back_url": back}
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
        "incident_head": _incident_head(),
        "incidents": [
            _incident(i, officer) for i in queries.with_findings(one.incidents.all())
        ],
    }  # fmt: skip
    return render(request, "recruitment/review.html", shown)


def _line(
    name: str, found: Rate, is_above: bool, findings: Counter[str] | None = None
) -> list[Any]:
    """Return a row: the rate with its interval, or why there is none."""
    if found.rate is None or found.low is None or found.high is None:
        said, note = "", _("Too few placements for a rate")
    else:
        said = f"{found.rate:.1f} ({found.low:.1f} … {found.high:.1f})"
        note = _("The whole interval is above the rate of all together") if is_above else ""
    return [name, {"text": str(found.events), "numeric": True},
            {"text": str(found.size), "numeric": True}, said, _found(findings), note]  # fmt: skip


def _found(counted: Counter[str] | None) -> str:
    """Return how many complaints were found to be so; those of which nobody knows stand apart."""
    if not counted:
        return ""
    looked = counted["established"] + counted["unfounded"]
    told = _("%(established)d of %(looked)d") if looked else _("None looked into")
    said = told % {"established": counted["established"], "looked": looked} if looked else told
    if not counted["unknown"]:
        return said
    return f"{said}; " + _("not known: %(count)d") % {"count": counted["unknown"]}


def _placements(one: Any) -> list[list[Any]]:
    reader = get_language() or "en"
    return [
        [date_format(p.month, "YEAR_MONTH_FORMAT"), str(p.employer),
         country_name(p.employer.country, reader), {"text": _people(p), "numeric": True}]
        for p in queries.placements_of(one)[:50]
    ]  # fmt: skip


def _people(one: Placement) -> str:
    """Return how many were placed, and what stood there before it was corrected, and why."""
    before = [
        _("%(people)d before: %(why)s") % {"people": each.people, "why": each.because}
        for each in one.before.all()
    ]
    return "; ".join([str(one.people), *before])


def _incident_head() -> list[str]:
    return [
        _("Month"),
        _("What is said"),
        _("Source"),
        _("Found to be so?"),
        _("Who found it, and why"),
    ]


def _incident(one: Incident, officer: Officer) -> list[str]:
    found = {True: _("Yes"), False: _("No"), None: _("Not found out yet")}[one.established]
    latest = next(iter(one.findings.all()), None)
    told = _finding(latest) if latest else ""
    if latest and (one.established is None or latest.finding == Outcome.MISTAKEN):
        found = latest.get_finding_display()
    if _may_look_into(one, officer):
        address = reverse("recruitment:look_into", args=[one.pk])
        told = format_html(
            '{} <a class="govuk-link" href="{}">{}'
            '<span class="govuk-visually-hidden">: {}</span></a>',
            told, address, _looked_into_by(one), _what(one),
        )  # fmt: skip
    return [date_format(one.month, "YEAR_MONTH_FORMAT"), _what(one), one.get_source_display(),
            found, told]  # fmt: skip


def _finding(one: ComplaintFinding) -> str:
    return _("%(who)s, %(day)s: %(reasons)s") % {
        "who": one.found_by.agency, "day": date_format(one.found_on, "DATE_FORMAT"),
        "reasons": one.reasons,
    }  # fmt: skip


def _what(one: Incident) -> str:
    return "; ".join(str(Kind(kind).label) for kind in one.kinds)


def _looked_into_by(one: Incident) -> str:
    found = looking_into.may_be_found_so(one)
    return _("Say what was found") if found else _("Entered by mistake?")


def _may_look_into(one: Incident, officer: Officer) -> bool:
    return policies.supervises(officer) and one.recorded_by_id != officer.pk
