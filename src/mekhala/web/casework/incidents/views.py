"""Pages of reports about officials. For police, prosecution and courts they do not exist."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from mekhala.core.vocabulary.places import province_name
from mekhala.pathway.incidents import policies, queries, services
from mekhala.pathway.incidents.models import Body, Incident, Kind, Post
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.fresh import after_fresh_sign_in
from mekhala.web.casework.incidents import forms
from mekhala.web.casework.partial_days import day_in_words
from mekhala.web.casework.refusals import told_in

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 50
DIMENSIONS: dict[str, Any] = {
    "kind": _("What happened"), "province": _("Province"), "amount": _("Amount, in riel"),
    "body": _("Whom the official serves"), "post": _("Role of the official"),
    "period": _("Half-year"),
}  # fmt: skip
BANDS: dict[str, Any] = {
    "not_said": _("No amount said"), "under_50k": _("Under 50,000"),
    "to_500k": _("50,000 to under 500,000"), "to_2m": _("500,000 to under 2 million"),
    "to_10m": _("2 to under 10 million"), "from_10m": _("10 million and more"),
}  # fmt: skip


@login_required
def incidents(request: HttpRequest) -> HttpResponse:
    """List the reports open to the officer: number, month, place and codes; no name."""
    _logger(request)
    page = Paginator(queries.incidents(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, day_in_words(one.month), province_name(one.province_code, request.LANGUAGE_CODE))
            for one in page]  # fmt: skip
    return render(request, "incidents/list.html", {"page": page, "rows": rows})


@login_required
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Take a report down."""
    officer = _logger(request)
    form = forms.IncidentForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            kept = services.log(by=officer, at=timezone.now(), **form.cleaned_data)
        if not form.errors:
            return redirect("incidents:one", incident=kept.number)
    shown = {"form": form, "heading": _("Take a report down"), "back": reverse("incidents:list")}
    return render(request, "incidents/act.html", shown)


@login_required
def one(request: HttpRequest, incident: str) -> HttpResponse:
    """Show one report with its words; the look is noted."""
    officer, found = _logger(request), _report(incident)
    audit.record("incidents.read", subject=incident, by=officer, at=timezone.now())
    return render(request, "incidents/one.html", _shown(request, found))


@login_required
def paper(request: HttpRequest, incident: str) -> HttpResponse:
    """Show the report as it is handed over on paper: without who reported, and without by whom."""
    officer, found = _logger(request), _report(incident)
    audit.record("incidents.printed", subject=incident, by=officer, at=timezone.now())
    return render(request, "incidents/paper.html", _shown(request, found))


@login_required
@require_http_methods(METHODS)
def route(request: HttpRequest, incident: str) -> HttpResponse:
    """Keep where the reporter wants the report to go."""
    officer, found = _logger(request), _report(incident)
    form = forms.RouteForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            services.choose_route(found, by=officer, at=timezone.now(), **form.cleaned_data)
        if not form.errors:
            return redirect("incidents:one", incident=incident)
    back = reverse("incidents:one", args=[incident])
    shown = {"form": form, "heading": _("Choose where it goes"), "back": back}
    return render(request, "incidents/act.html", shown)


@login_required
@require_POST
@after_fresh_sign_in
def reporter(request: HttpRequest, incident: str) -> HttpResponse:
    """Show who reported, for one look that is noted."""
    officer, found = _logger(request), _report(incident)
    shown: dict[str, Any] = {"incident": found}
    try:
        kept = services.show_reporter(found, by=officer, at=timezone.now())
        shown |= {"name": kept.name, "contact": kept.contact}
    except ActRefused as refusal:
        shown["refused"] = refusal
    return render(request, "incidents/reporter.html", shown)


@login_required
def patterns(request: HttpRequest) -> HttpResponse:
    """Show counts along one dimension each, with small numbers held back; nobody is named."""
    officer = _officer(request)
    if not policies.may_see_patterns(officer):
        raise Http404
    total, found = queries.patterns()
    tables = [
        (
            DIMENSIONS[p.dimension],
            [(_label(p.dimension, c, request), n) for c, n in _in_order(p)],
        )
        for p in found
    ]
    shown = {"total": total, "tables": tables, "least": queries.THRESHOLD}
    return render(request, "incidents/patterns.html", shown)


def _in_order(pattern: queries.Pattern) -> list[tuple[str, int | None]]:
    """Return the counts in the order of their codes; amounts from the smallest up."""
    if pattern.dimension != "amount":
        return list(pattern.shown.items())
    return [(band, pattern.shown[band]) for band in BANDS if band in pattern.shown]


def _label(dimension: str, code: str, request: HttpRequest) -> Any:
    if dimension == "province":
        return province_name(code, request.LANGUAGE_CODE)
    if dimension == "amount":
        return BANDS[code]
    if dimension == "period":
        half = _("%(year)s, first half") if code[-1] == "1" else _("%(year)s, second half")
        return half % {"year": code[:4]}
    kinds: dict[str, Any] = {"kind": Kind, "body": Body, "post": Post}
    return kinds[dimension](code).label


def _shown(request: HttpRequest, found: Incident) -> dict[str, Any]:
    routes = list(found.routes.select_related("agency"))
    return {
        "incident": found, "routes": routes, "route": routes[-1] if routes else None,
        "month": day_in_words(found.month),
        "province": province_name(found.province_code, request.LANGUAGE_CODE),
    }  # fmt: skip


def _report(number: str) -> Incident:
    return get_object_or_404(queries.incidents(), number=number)


def _officer(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    return request.user


def _logger(request: HttpRequest) -> Officer:
    """Return the officer; for whom the room is sealed from, these pages are not there."""
    if not policies.may_log(_officer(request)):
        raise Http404
    return _officer(request)
