"""Pages for who helps the person: where there is room, asking for it, and what came of it."""

from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mekhala.pathway.directory import queries as directory
from mekhala.pathway.directory.fitting import Fit, age_to_fit, fit
from mekhala.pathway.directory.models import Service
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral import policies, queries, services
from mekhala.pathway.referral.bands import age_band
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.consent.models import Answer, DataClass
from mekhala.safeguards.consent.services import record_answer
from mekhala.web.casework.opening import case_open_for, officer_of
from mekhala.web.casework.referral.forms import AskForm, NeedForm

PER_PAGE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, number: str) -> HttpResponse:
    """Say where there is room for a need, what does not suit and why. Asked by post: no trace."""
    case, now = _case(request, number)
    form = NeedForm(request.POST if request.method == "POST" else None)
    shown: dict[str, Any] = {"case": case, "form": form}
    if form.is_valid():
        shown |= _found(case, form.cleaned_data["need"], form.cleaned_data["province"], now=now)
    return render(request, "referral/match.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str, service_id: int) -> HttpResponse:
    """Record what the person says, and ask the service if it is yes."""
    case, now = _case(request, number)
    service = get_object_or_404(Service.objects.select_related("agency"), pk=service_id)
    form = AskForm(request.POST if request.method == "POST" else None, service=service)
    if form.is_valid():
        try:
            _record_and_ask(case, service, form, by=officer_of(request), at=now)
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if not form.said_yes:
                messages.info(request, _("The no is recorded. The service was not asked."))
            return redirect("referral:of_case", number=number)
    found = fit(
        service, sex=case.sex, age=age_to_fit(case), language=case.language, province_code=""
    )
    return render(
        request, "referral/ask.html", {"case": case, "service": service, "fit": found, "form": form}
    )


@login_required
@require_POST
def unmet(request: HttpRequest, number: str) -> HttpResponse:
    """Count a need that nobody meets, without the case."""
    case, now = _case(request, number)
    form = NeedForm(request.POST)
    if not form.is_valid():
        return redirect("referral:match", number=number)
    need, province = form.cleaned_data["need"], form.cleaned_data["province"]
    services.record_unmet_need(
        need=need, sex=case.sex, age_band=age_band(case), province_code=province,
        reason=queries.why_unmet(_fits(case, need, province, now=now)),
        by=officer_of(request), at=now,
    )  # fmt: skip
    shown = {"case": case, "form": NeedForm(), "counted": True}
    return render(request, "referral/match.html", shown)


@login_required
@require_safe
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """List who was asked for this person and what they answered."""
    case, now = _case(request, number)
    page = Paginator(queries.of_case(case), PER_PAGE).get_page(request.GET.get("page"))
    shown = {"case": case, "page": page, "now": now, "open_states": policies.OPEN}
    return render(request, "referral/of_case.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, number: str, referral_id: int) -> HttpResponse:
    """Ask once, then end a stay or take a request back."""
    case, now = _case(request, number)
    referral = get_object_or_404(queries.of_case(case), pk=referral_id)
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.end(referral, by=officer_of(request), at=now)
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("referral:of_case", number=number)
    return render(request, "referral/end.html", {"case": case, "referral": referral, "form": form})


def _case(request: HttpRequest, number: str) -> tuple[Case, datetime]:
    now = timezone.now()
    if officer_of(request).role not in policies.HELPERS:
        raise Http404
    return case_open_for(request, number, policies.HELPING, now=now), now


def _found(case: Case, need: str, province: str, *, now: datetime) -> dict[str, Any]:
    fits = _fits(case, need, province, now=now)
    return {
        "searched": True,
        "suitable": [f for f in fits if f.fits is not False],
        "unsuitable": [f for f in fits if f.fits is False],
        "not_shown": directory.not_shown(now=now, need=need),
        "told": {"sex": case.get_sex_display(), "age_band": age_band(case).label},
    }


def _fits(case: Case, need: str, province: str, *, now: datetime) -> list[Fit]:
    return directory.suitable(
        need=need, sex=case.sex, age=age_to_fit(case), language=case.language,
        province_code=province, now=now,
    )  # fmt: skip


def _record_and_ask(
    case: Case, service: Service, form: AskForm, *, by: Officer, at: datetime
) -> None:
    """Keep her answer whatever follows; ask only where it is yes."""
    with transaction.atomic():
        policies.check_may_ask(by, case.number, now=at)
        record_answer(
            case.number, recipient=service.agency.code, purpose=Purpose.SUPPORT,
            data_class=DataClass.NEEDS, answer=Answer.GIVEN if form.said_yes else Answer.REFUSED,
            by=by, at=at,
        )  # fmt: skip
    if form.said_yes:
        services.ask(
            case=case, service=service, need=service.need, by=by, at=at,
            requirements=form.cleaned_data["requirements"],
        )  # fmt: skip
