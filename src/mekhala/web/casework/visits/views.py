"""Keeping a visit, showing it, putting a case to it; counts with their denominators."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mekhala.core import check_digit
from mekhala.core.vocabulary.places import place_name, province_name
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.visits import policies, queries, services
from mekhala.pathway.visits.models import Done, Seen, Visit, Visitor
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.fresh import after_fresh_sign_in
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.visits import forms
from mekhala.web.officers import officer_of

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 50


@login_required
def visits(request: HttpRequest) -> HttpResponse:
    """List the visits of the officer's own organisation: day, province and codes."""
    _visitor(request)
    page = Paginator(queries.visits(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, province_name(one.province_code, request.LANGUAGE_CODE)) for one in page]
    return render(request, "visits/list.html", {"page": page, "rows": rows})


@login_required
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Keep a visit."""
    officer = _visitor(request)
    form = forms.VisitForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            kept = services.record_visit(by=officer, at=timezone.now(), **form.said())
        if not form.errors:
            return redirect("visits:one", visit=kept.number)
    return render(request, "visits/new.html", {"form": form})


@login_required
@require_http_methods(METHODS)
def one(request: HttpRequest, visit: str) -> HttpResponse:
    """Show one visit, and put a case to it."""
    officer, found = _found(request, visit)
    form = forms.CaseForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            case = _case(form.cleaned_data["case"])
            services.put_case(found, case, by=officer, at=timezone.now())
        if not form.errors:
            return redirect("visits:one", visit=found.number)
    return render(request, "visits/one.html", _shown(request, found, form))


@login_required
@require_POST
@after_fresh_sign_in
def address(request: HttpRequest, visit: str) -> HttpResponse:
    """Show where it was, for one look that is noted."""
    officer, found = _found(request, visit)
    shown: dict[str, Any] = {"visit": found}
    try:
        shown["address"] = services.show_address(found, by=officer, at=timezone.now())
    except ActRefused as refusal:
        shown["refused"] = refusal
    return render(request, "visits/address.html", shown)


@login_required
def figures(request: HttpRequest) -> HttpResponse:
    """Show the visits by province and half-year: made, let in, refused, and what was seen."""
    if not policies.may_count(officer_of(request)):
        raise Http404
    counted, language = queries.counted(), request.LANGUAGE_CODE
    shown = {
        "made": _made(counted, language), "seen": _seen(counted, language),
        "least": queries.FEWEST, "may_visit": policies.may_visit(officer_of(request)),
    }  # fmt: skip
    return render(request, "visits/figures.html", shown)


def _made(counted: list[queries.Counted], language: str) -> dict[str, Any]:
    head = [_("Half-year"), _("Province"), _("Visits made"), _("Let in"), _("Refused"),
            _("Reported to the police"), _("Led to a case")]  # fmt: skip
    rows = [
        [_half(one.half), province_name(one.province, language), one.made, one.let_in, one.refused,
         one.reported, _("held back") if one.led is None else one.led]
        for one in counted
    ]  # fmt: skip
    return {"head": [{"text": str(h)} for h in head], "rows": _cells(rows)}


def _seen(counted: list[queries.Counted], language: str) -> dict[str, Any]:
    """Return how often each sign was seen, of the visits of which it is known."""
    head = [_("Half-year"), _("Province"), *(label for _code, label in Seen.choices)]
    rows = [
        [_half(one.half), province_name(one.province, language), *_of_known(one)]
        for one in counted
    ]  # fmt: skip
    return {"head": [{"text": str(h)} for h in head], "rows": _cells(rows)}


def _of_known(one: queries.Counted) -> list[Any]:
    if one.seen is None:
        return [_("held back")] * len(Seen)
    return [
        _("%(yes)s of %(known)s") % {"yes": yes, "known": known} if known else _("not known")
        for yes, known in (one.seen[code] for code in Seen.values)
    ]


def _cells(rows: list[list[Any]]) -> list[list[dict[str, str]]]:
    return [[{"text": str(cell)} for cell in row] for row in rows]


def _half(code: str) -> str:
    year, half = code.split("-")
    words = _("%(year)s, first half") if half == "1" else _("%(year)s, second half")
    return words % {"year": year}


def _shown(request: HttpRequest, found: Visit, form: Any) -> dict[str, Any]:
    language = request.LANGUAGE_CODE
    known = {True: _("Yes"), False: _("No"), None: _("Not known")}
    return {
        "visit": found, "form": form, "cases": queries.cases_of(found),
        "place": place_name(found.district_code or found.province_code, language),
        "visitors": [Visitor(code).label for code in found.visitors],
        "done": [Done(code).label for code in found.done],
        "seen": [(Seen(code).label, known[answer]) for code, answer in sorted(found.seen.items())],
    }  # fmt: skip


def _case(typed: str) -> Case:
    """Return the case with this number; one that is not open is told like one that is not there."""
    found = Case.objects.filter(number=check_digit.tidy(typed, "MK")).first()
    if found is None:
        raise NotOpenToYou
    return found


def _found(request: HttpRequest, number: str) -> tuple[Officer, Visit]:
    officer = _visitor(request)
    return officer, get_object_or_404(queries.visits(), number=number)


def _visitor(request: HttpRequest) -> Officer:
    """Return the officer; for whom the room is not there, these pages are not."""
    officer = officer_of(request)
    if not policies.may_visit(officer):
        raise Http404
    return officer
