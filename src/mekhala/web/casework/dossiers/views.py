"""Asking to read dossiers, signing as supervisor, reading them in codes, ending it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mekhala.population.dossiers import policies, queries, services
from mekhala.population.dossiers.models import Access, State
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.dossiers import forms, telling
from mekhala.web.casework.fresh import after_fresh_sign_in, check_fresh_sign_in
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.signing_twice import asked_for
from mekhala.web.devices import device_of
from mekhala.web.officers import officer_of

METHODS = ["GET", "HEAD", "POST"]


@login_required
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests that are there for the officer."""
    officer, now = _concerned(request), timezone.now()
    rows = [(one, one.state(now).label) for one in queries.requests_seen()]
    shown = {"rows": rows, "may_ask": policies.may_ask(officer)}
    return render(request, "dossiers/list.html", shown)


@login_required
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Ask to read named dossiers."""
    officer = _concerned(request)
    if not policies.may_ask(officer):
        raise Http404
    form = forms.AccessForm(request.POST or None, officer=officer)
    if form.is_valid():
        with told_in(form):
            made = services.ask(by=officer, at=timezone.localtime(), **form.asked())
        if not form.errors:
            return redirect("dossiers:one", access=made.number)
    return render(request, "dossiers/new.html", {"form": form})


@login_required
def one(request: HttpRequest, access: str) -> HttpResponse:
    """Show one request: the study, who answers for it, its dossiers, and what can be done."""
    officer, found = _found(request, access)
    return render(request, "dossiers/one.html", _shown(found, officer, forms.SignForm()))


@login_required
@require_POST
def sign(request: HttpRequest, access: str) -> HttpResponse:
    """Sign as supervisor: another agency is asked for the second signature."""
    officer, found = _found(request, access)
    form = forms.SignForm(request.POST)
    if form.is_valid():
        check_fresh_sign_in(request)
        with told_in(form):
            made = services.let(
                found, because=form.cleaned_data["because"], by=officer, at=timezone.now(),
                device=device_of(request),
            )  # fmt: skip
            return asked_for(request, made)
    return render(request, "dossiers/one.html", _shown(found, officer, form))


@login_required
@require_POST
def end(request: HttpRequest, access: str) -> HttpResponse:
    """End the access at once."""
    officer, found = _found(request, access)
    try:
        services.end(found, by=officer, at=timezone.now())
        messages.success(request, _("Ended. Nothing more is read under this request."))
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("dossiers:one", access=found.number)


@login_required
def read(request: HttpRequest, access: str, number: str) -> HttpResponse:
    """Show one dossier in codes; the reading stands in its log."""
    officer, found = _found(request, access)
    try:
        told = services.read(found, number, by=officer, at=timezone.now())
    except ActRefused:
        raise Http404 from None
    shown = {"access": found, "dossier": telling.dossier(told, request.LANGUAGE_CODE)}
    return render(request, "dossiers/read.html", shown)


@login_required
@require_POST
@after_fresh_sign_in
def file(request: HttpRequest, access: str) -> HttpResponse:
    """Hand out all dossiers of the request in one file, counted, with its last day on it."""
    officer, found = _found(request, access)
    now = timezone.localtime()
    try:
        taken, dossiers = services.take(found, by=officer, at=now)
    except ActRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("dossiers:one", access=found.number)
    text = telling.as_csv(dossiers, taken, officer.username, until=found.until)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{taken.serial}.csv"'
    return answer


def _shown(found: Access, officer: Officer, form: Any) -> dict[str, Any]:
    now = timezone.now()
    state, reads = found.state(now), found.asked_by_id == officer.pk
    return {
        "access": found, "state": state.label, "form": form, "named": found.named.all(),
        "taken": found.taken.all(), "left": policies.MOST_FILES - len(found.taken.all()),
        "may_read": reads and state == State.OPEN, "last": timezone.localtime(found.until),
        "is_waiting": state == State.ASKED and queries.is_waiting(found, now=now),
        "may_sign": found.supervisor_id == officer.pk and state == State.ASKED,
        "may_end": policies.may_end(found, by=officer, at=now),
    }  # fmt: skip


def _found(request: HttpRequest, number: str) -> tuple[Officer, Access]:
    """Return the officer and the request; for whom it is not there, there is nothing here."""
    officer = _concerned(request)
    return officer, get_object_or_404(queries.requests_seen(), number=number)


def _concerned(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if not policies.may_see(officer):
        raise Http404
    return officer
