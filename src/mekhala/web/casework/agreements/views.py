"""Sharing agreements: the list, one of them, entering, stopping, going on."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.agreements import policies, queries, services
from mekhala.safeguards.agreements.models import Agreement
from mekhala.web.casework.agreements.forms import AgreementForm, LeadForm, StopForm
from mekhala.web.casework.agreements.words import element_words, feed_words, stands
from mekhala.web.casework.refusals import told_in
from mekhala.web.officers import officer_of

PAGE = 50


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
    """Name the body that leads."""
    by = officer_of(request)
    if not policies.may_enter(by):
        raise Http404
    form = LeadForm(request.POST or None)
    if form.is_valid():
        services.name_lead_body(form.cleaned_data["agency"], by=by, at=timezone.now())
        return redirect("agreements:list")
    return render(request, "agreements/lead.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one agreement; a party stops it, or says yes to going on."""
    by, agreement = officer_of(request), get_object_or_404(_seen(request), pk=pk)
    form = StopForm(request.POST if request.POST.get("act") == "stop" else None)
    refused = ""
    if request.POST.get("act") == "lift":
        try:
            services.lift(agreement, by=by, at=timezone.now())
        except ActRefused as refusal:
            refused = str(refusal)
        else:
            return redirect("agreements:one", pk)
    elif form.is_valid():
        with told_in(form):
            services.suspend(
                agreement, reason=form.cleaned_data["reason"], by=by, at=timezone.now()
            )
        if not form.errors:
            return redirect("agreements:one", pk)
    return render(request, "agreements/one.html", _shown(by, agreement, form, refused))


def _shown(by: Any, agreement: Agreement, form: StopForm, refused: str) -> dict[str, Any]:
    return {
        "it": agreement, "form": form, "refused": refused,
        "stop": queries.stop_of(agreement),
        "stands": stands(agreement, timezone.localdate(), queries.lead_body()),
        "feeds": feed_words(agreement), "elements": element_words(agreement),
        "is_party": policies.is_party(by, agreement),
    }  # fmt: skip
