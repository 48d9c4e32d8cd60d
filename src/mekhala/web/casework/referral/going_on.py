"""Pages between asking and the end: asked back, told, arrived, where it is, a link, unmet need."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mekhala.core.table_cells import csv_text
from mekhala.core.vocabulary.places import province_name
from mekhala.pathway.directory import addresses
from mekhala.pathway.directory.models import Need
from mekhala.pathway.referral import going_on, outside, policies, queries, unmet
from mekhala.pathway.referral.models import Group, Referral, ReferralQuestion, UnmetReason
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.referral.answering import (
    asked_of_us,
    provider_of,
    shown_to_us,
    told_before,
)
from mekhala.web.casework.referral.asking import opened_by_helper
from mekhala.web.casework.referral.forms import (
    ArrivalBackForm,
    AskBackForm,
    DeclineForm,
    TellForm,
)
from mekhala.web.officers import officer_of

LAST = timedelta(days=365)
READERS = policies.HELPERS | {Role.STATISTICIAN}


@login_required
@require_POST
def ask_back(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Ask who asks one thing first; the place stays held."""
    officer, form = provider_of(request), AskBackForm(request.POST)
    referral = asked_of_us(officer, referral_id)
    return _acted(
        request, referral, form, _("Choose what you need to know."),
        lambda said: going_on.ask_back(referral, said["asks"], by=officer, at=timezone.now()),
    )  # fmt: skip


@login_required
@require_POST
def arrived(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Note that the person has come."""
    officer = provider_of(request)
    referral = asked_of_us(officer, referral_id)
    try:
        going_on.note_arrival(referral, by=officer, at=timezone.now())
    except ActRefused as refused:
        return shown_to_us(request, referral, DeclineForm(), refusal=str(refused))
    return redirect("referral:waiting")


@login_required
@require_POST
def take_back_arrival(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Take back that the person has come, and say why."""
    officer, form = provider_of(request), ArrivalBackForm(request.POST)
    referral = asked_of_us(officer, referral_id)

    def act(said: dict[str, Any]) -> object:
        why = said["because"]
        return going_on.take_back_arrival(referral, why, by=officer, at=timezone.now())

    return _acted(request, referral, form, _("Say why it is taken back."), act)


def _acted(
    request: HttpRequest, referral: Referral, form: Form, refusal: str,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:  # fmt: skip
    """Act on what was chosen and show the request, or say beside it why nothing was done."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
            return redirect("referral:one", referral_id=referral.pk)
        except ActRefused as refused:
            refusal = str(refused)
    return shown_to_us(request, referral, DeclineForm(), refusal=refusal)


@login_required
@require_POST
def tell(request: HttpRequest, number: str, question_id: int) -> HttpResponse:
    """Answer what a service asked back."""
    opened, form = opened_by_helper(request, number), TellForm(request.POST)
    found = ReferralQuestion.objects.select_related("referral")
    question = get_object_or_404(found, pk=question_id, referral__case=opened.case)
    if form.is_valid():
        try:
            going_on.tell(question, form.cleaned_data["told"], by=opened.officer, at=opened.now)
        except ActRefused as refused:
            messages.info(request, str(refused))
    return redirect("referral:of_case", number=number)


@login_required
@require_safe
def place(request: HttpRequest, number: str, referral_id: int) -> HttpResponse:
    """Show where an accepted house stands, to whom the database shows it; each look is noted."""
    opened = opened_by_helper(request, number)
    referral = get_object_or_404(queries.of_case(opened.case), pk=referral_id, status="accepted")
    if not policies.has_consent(number, referral.service.agency.code, now=opened.now):
        raise Http404  # the person said no since: nobody is led there any more
    where = addresses.show_address(referral.service_id, by=opened.officer, at=opened.now)
    shown = {"referral": referral, "where": where}
    return render(request, "referral/place.html", opened.frame(request.path) | shown)


@login_required
@require_POST
def link(request: HttpRequest, number: str, referral_id: int) -> HttpResponse:
    """Make a link and a code for a body without an account; both are shown this once."""
    opened = opened_by_helper(request, number)
    referral = get_object_or_404(queries.of_case(opened.case), pk=referral_id)
    try:
        token, code = outside.make_link(referral, by=opened.officer, at=opened.now)
    except ActRefused as refused:
        messages.info(request, str(refused))
        return redirect("referral:of_case", number=number)
    way = request.build_absolute_uri(reverse("referral_answer:answer", args=[token]))
    shown = {"referral": referral, "way": way, "code": f"{code[:4]} {code[4:]}",
             "it": told_before(referral, now=opened.now)}  # fmt: skip
    return render(request, "referral/link.html", opened.frame(request.path) | shown)


@login_required
@require_safe
def unmet_need(request: HttpRequest) -> HttpResponse:
    """Show where help is missing, for whom and for how long."""
    _reader(request)
    now, today = timezone.now(), timezone.localdate()
    found = unmet.gaps(unmet.in_period(begin=today - LAST, end=today), today=today)
    takes = unmet.who_takes(now=now)
    rows = [
        _words(gap) | {"lasts": gap.lasts(today), "takes": takes.get((gap.need, gap.group), (0, 0))}
        for gap in found
    ]
    shown = {"rows": rows[:200], "people": sum(gap.people for gap in found), "all": len(rows)}
    return render(request, "referral/unmet_need.html", shown)


@login_required
@require_safe
def unmet_csv(request: HttpRequest) -> HttpResponse:
    """Hand out people by need and group as they may be told outside: small counts suppressed."""
    _reader(request)
    today = timezone.localdate()
    table = unmet.for_outside(unmet.in_period(begin=today - LAST, end=today))
    rows: list[tuple[object, ...]] = [("need", "group", "people")]
    for cell, count in (table.shown if table else {}).items():
        named = dict(zip(cell.margin, cell.categories, strict=True))
        told = "suppressed" if count is None else count
        rows.append((named.get("need", "all"), named.get("group", "all"), told))
    answer = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = "attachment; filename=unmet-need.csv"
    return answer


def _reader(request: HttpRequest) -> None:
    if officer_of(request).role not in READERS:
        raise Http404


def _words(gap: unmet.Gap) -> dict[str, Any]:
    return {
        "gap": gap, "need": Need(gap.need).label, "group": Group(gap.group).label,
        "province": province_name(gap.province_code, get_language() or "en")
        if gap.province_code else _("Not said"),
        "reasons": [(UnmetReason(code).label, n) for code, n in gap.reasons],
    }  # fmt: skip
