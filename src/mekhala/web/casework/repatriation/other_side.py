"""What a body abroad sees: its returns, their steps, files sealed to it. There is no search."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.pathway.repatriation import queries, services
from mekhala.pathway.repatriation.corridor import THEIRS
from mekhala.pathway.repatriation.models import Exchange, Return
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.repatriation import forms, tables
from mekhala.web.casework.repatriation.views import handed_out
from mekhala.web.officers import officer_of


@login_required
@require_safe
def returns(request: HttpRequest) -> HttpResponse:
    """List the returns in which the officer's agency is the other side."""
    officer, today = officer_of(request), timezone.localdate()
    listed = [
        {"one": one, "way": forms.way_in_words(way_of(one)), "next": _next(one, today)}
        for one in queries.of_counterpart(officer)[:50]
    ]
    return render(request, "repatriation/corridor.html", {"returns": listed})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, return_id: int) -> HttpResponse:
    """Show one return to the other side, and take its own steps and receipts."""
    officer, now = officer_of(request), timezone.now()
    found = _found(officer, return_id)
    states = queries.states(found, today=timezone.localdate(now))
    posted = request.POST if request.method == "POST" else None
    form = forms.StepForm(posted, states=states, sides=(THEIRS,))
    if form.is_valid():
        told = {k: v for k, v in form.told.items() if k != "side"}
        with told_in(form):
            services.confirm_step(found, **told, by=officer, at=now)
        if not form.errors:
            return redirect("repatriation:corridor_one", return_id=return_id)
    audit.record("repatriation.seen", subject=found.case_id, by=officer, at=now, of=found.pk)
    shown = {
        "one": found, "way": forms.way_in_words(way_of(found)), "form": form,
        "said_here": any(THEIRS in state.done for state in states),
        "waits": any(THEIRS in state.waits_for for state in states),
        "head": tables.head(), "rows": tables.rows(found, states),
        "files": list(found.exchanges.filter(to=officer.agency).defer("content")),
    }  # fmt: skip
    return render(request, "repatriation/corridor_one.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, return_id: int) -> HttpResponse:
    """Take back a step that the officer's body said in error."""
    officer, now = officer_of(request), timezone.now()
    found = _found(officer, return_id)
    states = queries.states(found, today=timezone.localdate(now))
    posted = request.POST if request.method == "POST" else None
    form = forms.TakeBackForm(posted, states=states, sides=(THEIRS,))
    if form.is_valid():
        with told_in(form):
            services.take_back_step(found, **form.told, by=officer, at=now)
        if not form.errors:
            return redirect("repatriation:corridor_one", return_id=return_id)
    return render(request, "repatriation/corridor_take_back.html", {"one": found, "form": form})


@login_required
@require_safe
def file(request: HttpRequest, return_id: int, file_id: int) -> HttpResponse:
    """Hand out a file sealed to the officer's own body."""
    officer = officer_of(request)
    found = _found(officer, return_id)
    return handed_out(get_object_or_404(Exchange, pk=file_id, of_return=found, to=officer.agency))


def way_of(one: Return) -> forms.Corridor:
    """Return the corridor of a return."""
    return forms.corridors()[one.corridor]


def _found(officer: Officer, return_id: int) -> Return:
    return get_object_or_404(queries.of_counterpart(officer), pk=return_id)


def _next(one: Return, today: object) -> str:
    states = queries.states(one, today=today)  # type: ignore[arg-type]
    waiting = [s for s in states if THEIRS in s.waits_for and s.due_on]
    return str(waiting[0].step.code.label) if waiting else ""
