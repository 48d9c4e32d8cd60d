"""Sharing agreements: the list, one of them, entering, answering, stopping, going on."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agreements import policies, queries, services
from mekhala.safeguards.agreements.models import Agreement
from mekhala.safeguards.agreements.signed_acts import SUBJECT
from mekhala.safeguards.four_eyes import services as four_eyes
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.web.casework.agreements.forms import AgreementForm, LeadForm, OwnerForm, StopForm
from mekhala.web.casework.agreements.words import element_words, feed_words, stands
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.signing_twice import asked_for
from mekhala.web.devices import device_of
from mekhala.web.officers import officer_of

PAGE = 50
FORMS: dict[str, type[forms.Form]] = {"stop": StopForm, "answer": OwnerForm}
ACTS: dict[str, Callable[..., object]] = {
    "stop": services.suspend, "answer": services.answer, "lift": services.lift,
}  # fmt: skip


def _seen(request: HttpRequest) -> QuerySet[Agreement]:
    return queries.agreements(officer_of(request))


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List agreements: all to who enters them, to others those of their agency."""
    today, leads = timezone.localdate(), queries.lead_body()
    page = Paginator(_seen(request), PAGE).get_page(request.GET.get("page"))
    rows = [
        {"it": each, "stands": stands(each, today, leads), "feeds": feed_words(each)}
        for each in page
    ]
    shown = {"page": page, "rows": rows, "lead": leads,
             "may_enter": policies.may_enter(officer_of(request))}  # fmt: skip
    return render(request, "agreements/list.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter what was signed."""
    by = officer_of(request)
    if not policies.may_enter(by):
        raise Http404
    form = AgreementForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            kept = services.enter(by=by, at=timezone.now(), **form.told())
        if not form.errors:
            return redirect("agreements:one", kept.pk)
    return render(request, "agreements/new.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def lead(request: HttpRequest) -> HttpResponse:
    """Ask to name the body that leads; an officer of another agency signs it."""
    by = officer_of(request)
    if not policies.may_enter(by):
        raise Http404
    form = LeadForm(request.POST or None)
    if form.is_valid():
        check_fresh_sign_in(request)
        with told_in(form):
            return asked_for(request, _ask_lead(request, form))
    return render(request, "agreements/lead.html", {"form": form})


def _ask_lead(request: HttpRequest, form: LeadForm) -> SecondSignature:
    given = form.cleaned_data
    return four_eyes.ask(
        "agreements.lead", subject=SUBJECT, because=given["because"], by=officer_of(request),
        at=timezone.now(), device=device_of(request), agency=given["agency"].code,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one agreement; an owner answers; a party stops it, or says yes to going on."""
    by, agreement = officer_of(request), get_object_or_404(_seen(request), pk=pk)
    act = request.POST.get("act", "")
    used = FORMS.get(act, forms.Form)(request.POST or None)
    if used.is_valid() and act in ACTS:
        with told_in(used):
            ACTS[act](agreement, by=by, at=timezone.now(), **used.cleaned_data)
        if not used.errors:
            return redirect("agreements:one", pk)
    return render(request, "agreements/one.html", _shown(by, agreement, used))


def _shown(by: Officer, agreement: Agreement, used: forms.Form) -> dict[str, Any]:
    owners = list(queries.owners_of(agreement))
    return {
        "it": agreement, "used": used, "owners": owners,
        "form": used if isinstance(used, StopForm) else StopForm(),
        "answer": used if isinstance(used, OwnerForm) else OwnerForm(),
        "is_asked": any(o.agency_id == by.agency_id and not o.said for o in owners),
        "stop": queries.stop_of(agreement),
        "stands": stands(agreement, timezone.localdate(), queries.lead_body()),
        "feeds": feed_words(agreement), "elements": element_words(agreement),
        "is_party": policies.is_party(by, agreement),
        "may_stop": policies.may_stop(by, agreement, {o.agency_id for o in owners}),
    }  # fmt: skip
