"""Pages of a return: how it stands, each act, the sealed file and its receipt."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.pathway.repatriation import policies, queries, services
from mekhala.pathway.repatriation.corridor import OURS, THEIRS, corridor
from mekhala.pathway.repatriation.models import Exchange, Return
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.repatriation import forms, tables

METHODS = ["GET", "HEAD", "POST"]
ACTS: dict[str, tuple[Any, Any, Callable[..., object]]] = {
    "statement": (_("What the person says"), forms.StatementForm, services.record_statement),
    "check": (_("What was found out"), forms.CheckForm, services.record_check),
    "step": (_("A step was done"), forms.StepForm, services.record_step),
    "take-back": (_("Take back a step"), forms.TakeBackForm, services.take_back_step),
    "seal": (_("Seal a file for the other side"), forms.SealForm, services.seal_exchange),
    "end": (_("End the return"), forms.EndForm, services.end),
}
BUTTONS = {
    "take-back": _("Take back"),
    "seal": _("Seal the file"),
    "end": _("End the return"),
}  # the others keep what was said


@login_required
@require_http_methods(METHODS)
def overview(request: HttpRequest, number: str) -> HttpResponse:
    """Show the newest return step by step; begin one where none is open."""
    opened = _opened(request, number)
    one = queries.of_case(opened.case)
    may_begin = one is None or one.ended_at is not None
    form = forms.BeginForm(request.POST if request.method == "POST" and may_begin else None)
    if _acted(form, lambda: services.begin(
        opened.case, by=opened.officer, at=opened.now, **form.told
    )):  # fmt: skip
        return redirect("repatriation:overview", number=number)
    shown: dict[str, Any] = {"one": one, "form": form, "may_begin": may_begin}
    if one is not None:
        shown |= _whole(one, opened)
    return render(request, "repatriation/overview.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(METHODS)
def act(request: HttpRequest, number: str, deed: str) -> HttpResponse:
    """Do one act on the open return."""
    opened = _opened(request, number)
    one = queries.of_case(opened.case)
    if deed not in ACTS or one is None:
        raise Http404
    title, kind, service = ACTS[deed]
    more: dict[str, Any] = {}
    if deed in ("step", "take-back"):
        today = timezone.localdate(opened.now)
        more = {"states": queries.states(one, today=today), "sides": (OURS, THEIRS)}
    form = kind(request.POST if request.method == "POST" else None, **more)
    if _acted(form, lambda: service(one, **form.told, by=opened.officer, at=opened.now)):
        return redirect("repatriation:overview", number=number)
    button = BUTTONS.get(deed, _("Keep"))
    shown = {"title": title, "form": form, "is_seal": deed == "seal", "button": button}
    return render(request, "repatriation/act.html", opened.frame(request.path) | shown)


@login_required
@require_safe
def file(request: HttpRequest, number: str, file_id: int) -> HttpResponse:
    """Hand out a sealed file, to be carried or sent to the other side."""
    opened = _opened(request, number)
    sent = get_object_or_404(Exchange, pk=file_id, of_return__case=opened.case)
    return handed_out(sent)


@login_required
@require_http_methods(METHODS)
def receipt(request: HttpRequest, number: str, file_id: int) -> HttpResponse:
    """Keep the word by which the other side says that it opened the file."""
    opened = _opened(request, number)
    found = Exchange.objects.select_related("of_return")
    sent = get_object_or_404(found, pk=file_id, of_return__case=opened.case)
    form = forms.ReceiptForm(request.POST if request.method == "POST" else None)
    by, at = opened.officer, opened.now
    if _acted(form, lambda: services.receive_exchange(
        sent, form.cleaned_data["word"], by=by, at=at
    )):  # fmt: skip
        return redirect("repatriation:overview", number=number)
    shown = {"title": _("Receipt of the other side"), "form": form, "button": _("Keep")}
    return render(request, "repatriation/act.html", opened.frame(request.path) | shown)


def handed_out(sent: Exchange) -> HttpResponse:
    """Return a sealed file as a download."""
    answer = HttpResponse(bytes(sent.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="exchange-{sent.pk}.json"'
    return answer


def _whole(one: Return, opened: OpenCase) -> dict[str, Any]:
    """Return what a page shows of a return."""
    states = queries.states(one, today=timezone.localdate(opened.now))
    way = corridor(one.corridor)
    return {
        "way": forms.way_in_words(way), "source": way.source, "verified": way.verified,
        "head": tables.head(), "rows": tables.rows(one, states),
        "overdue": [s for s in states if s.is_overdue],
        "acts": [(name, title) for name, (title, _form, _act) in ACTS.items()]
        if one.ended_at is None else [],
        "taken_back": tables.taken_back(one, queries.taken_back(one)),
        "files": list(one.exchanges.select_related("to").defer("content")),
    }  # fmt: skip


def _opened(request: HttpRequest, number: str) -> OpenCase:
    opened = opened_case(request, number, purposes=policies.RETURNING)
    if opened.officer.role not in policies.RETURNERS:
        raise Http404
    return opened


def _acted(form: django_forms.Form, act: Callable[[], object]) -> bool:
    """Do the act a whole form asks for; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    with told_in(form):
        act()
    return not form.errors
