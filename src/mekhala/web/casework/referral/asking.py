"""Pages for who helps the person: where there is room, asking for it, and what came of it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mekhala.pathway.directory import queries as directory
from mekhala.pathway.directory.fitting import fit
from mekhala.pathway.directory.models import Service
from mekhala.pathway.directory.needs import Child, Needs, needs_of
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.referral import policies, queries, services
from mekhala.pathway.referral.bands import age_band, group_of
from mekhala.pathway.referral.models import Group, Referral, Told
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.consent import queries as consents
from mekhala.safeguards.consent.models import Answer
from mekhala.safeguards.consent.services import record_answer
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.referral.forms import AskForm, NeedForm
from mekhala.web.casework.refusals import told_in

PER_PAGE = 50
SAID = (
    "transgender",
    "cannot_climb",
    "boys",
    "girls",
    "is_parent",
    "form",
    "stay",
    "night",
    "hour",
)  # goes on to what is counted


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, number: str) -> HttpResponse:
    """Say where there is room for a need, what does not suit and why. Asked by post: no trace."""
    opened = opened_by_helper(request, number)
    form = NeedForm(
        request.POST if request.method == "POST" else None,
        initial={"night": night_asked(request, now=opened.now)},
    )  # fmt: skip
    shown = opened.frame(request.path) | {"form": form}
    if form.is_valid():
        needs = needs_of(opened.case, **form.about(now=opened.now))
        shown |= _found(opened.case, form.cleaned_data["need"], needs, now=opened.now)
        shown["night"] = needs.night if form.cleaned_data["night"] else None
        shown["kept_fields"] = [(name, request.POST.get(name, "")) for name in SAID]
    return render(request, "referral/match.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str, service_id: int) -> HttpResponse:
    """Record what the person says, and ask the service if it is yes."""
    opened = opened_by_helper(request, number)
    case, night = opened.case, night_asked(request, now=opened.now)
    services_now = directory.as_now(
        Service.objects.select_related("agency"), now=opened.now, night=night
    )
    service = get_object_or_404(services_now, pk=service_id)
    form = AskForm(
        request.POST if request.method == "POST" else None, service=service,
        is_adult=is_known_adult(case), accepted=list(queries.accepted(case, service.need)),
        initial={"night": night},
    )  # fmt: skip
    if form.is_valid():
        _record_and_ask(opened, service, form)
        if not form.errors:
            if form.said != Answer.GIVEN:
                messages.info(request, _not_asked(form))
            return redirect("referral:of_case", number=number)
    found = fit(service, needs_of(case, night=night or localdate(opened.now)))
    shown = {"service": service, "form": form, "fit": found, "back_url": _match(number, night)}
    return render(request, "referral/ask.html", opened.frame(request.path) | shown)


@login_required
@require_POST
def unmet(request: HttpRequest, number: str) -> HttpResponse:
    """Count a need that nobody meets, without the case."""
    opened = opened_by_helper(request, number)
    case, form = opened.case, NeedForm(request.POST)
    if not form.is_valid():
        return redirect("referral:match", number=number)
    need, needs = form.cleaned_data["need"], needs_of(case, **form.about(now=opened.now))
    found = directory.suitable(need, needs, now=opened.now, most=1)
    services.record_unmet_need(
        need=need, sex=case.sex, age_band=age_band(case), province_code=needs.province_code,
        reason=queries.why_unmet(found), group=_counted_in(needs), barriers=found.barriers,
        by=opened.officer, at=opened.now,
    )  # fmt: skip
    messages.success(
        request, _("The unmet need is counted, without name and without case. Look again later.")
    )
    return redirect("referral:match", number=number)


@login_required
@require_safe
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """List who was asked for this person and what they answered."""
    opened = opened_by_helper(request, number)
    page = Paginator(queries.of_case(opened.case), PER_PAGE).get_page(request.GET.get("page"))
    again = {c.recipient for c in consents.to_ask_again(number, now=opened.now)}
    shown = {
        "page": page, "open_states": policies.OPEN, "not_alone": again,
        "circles": queries.circles(page), "questions": queries.questions_of(page),
        "without_account": queries.without_account(page), "yes_no": Told.choices,
    }  # fmt: skip
    return render(request, "referral/of_case.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, number: str, referral_id: int) -> HttpResponse:
    """Ask once, then end a stay or take a request back."""
    opened = opened_by_helper(request, number)
    referral = get_object_or_404(queries.of_case(opened.case), pk=referral_id)
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form):
            services.end(referral, by=opened.officer, at=opened.now)
        if not form.errors:
            return redirect("referral:of_case", number=number)
    shown = {"referral": referral, "form": form}
    return render(request, "referral/end.html", opened.frame(request.path) | shown)


def night_asked(request: HttpRequest, *, now: datetime) -> date | None:
    """Return the night that goes from the match to the asking and back; one that is over is none.

    The address carries it: a night alone tells of nobody.
    """
    given = request.POST if request.method == "POST" else request.GET
    try:
        night = parse_date(given.get("night", ""))
    except ValueError:
        return None
    return night if night and night >= localdate(now) else None


def opened_by_helper(request: HttpRequest, number: str) -> OpenCase:
    """Return the case if it is open to an officer who arranges help; else it is not there."""
    opened = opened_case(request, number, purposes=policies.HELPING)
    if opened.officer.role not in policies.HELPERS:
        raise Http404
    return opened


def _match(number: str, night: date | None) -> str:
    """Return the address of the match, with the night that was asked for."""
    return reverse("referral:match", args=[number]) + (f"?night={night}" if night else "")


def _found(case: Case, need: str, needs: Needs, *, now: datetime) -> dict[str, Any]:
    found = directory.suitable(need, needs, now=now, most=PER_PAGE)
    return {
        "searched": True, "suitable": found.can_be_asked, "unsuitable": found.unsuitable,
        "more": found.more,
        "not_shown": directory.not_shown(now=now, need=need),
        "told": {"sex": case.get_sex_display(), "age_band": age_band(case).label,
                 "group": _who_comes(needs)},
    }  # fmt: skip


def _who_comes(needs: Needs) -> str:
    """Return the group in words: children who come along are not taken for a parent's."""
    if not needs.children or needs.with_parent:
        return str(group_of(needs).label)
    if needs.with_parent is False:
        return _("Children of one family, without a parent")
    return _("Somebody with children; whether their parent is not known")


def _counted_in(needs: Needs) -> Group:
    """Return the group somebody is counted in: of children alone, that of the child who asks."""
    alone = needs.children and needs.with_parent is False
    return group_of(replace(needs, children=()) if alone else needs)


def _not_asked(form: AskForm) -> str:
    if form.said is None:
        return _("The service was not asked. Ask the person when she or he can answer.")
    return _("The no is recorded. The service was not asked.")


def _record_and_ask(opened: OpenCase, service: Service, form: AskForm) -> None:
    """Keep the person's answer whatever follows; ask only where it is yes."""
    by, at = opened.officer, opened.now
    if form.said is None:
        return
    with told_in(form):
        for told in form.answers():
            record_answer(
                opened.case.number, recipient=service.agency.code, purpose=Purpose.SUPPORT,
                answer=form.said, by=by, at=at, **told,
            )  # fmt: skip
    if form.errors or form.said != Answer.GIVEN:
        return
    with told_in(form):
        services.ask(
            case=opened.case, service=service, need=service.need, by=by, at=at,
            requirements=form.cleaned_data["requirements"],
            needs=needs_of(
                opened.case, children=(Child(),) * (form.cleaned_data["children"] or 0),
                night=form.cleaned_data["night"],
            ),
            transfer_of=_accepted(opened.case, form.cleaned_data.get("transfer_of")),
            urgent=form.cannot_wait,
        )  # fmt: skip


def _accepted(case: Case, referral_id: int | None) -> Referral | None:
    return queries.of_case(case).filter(pk=referral_id).first() if referral_id else None
