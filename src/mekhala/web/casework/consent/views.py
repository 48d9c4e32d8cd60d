"""Consent on a case: what stands, recording an answer, taking it back, the guardian of a child."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.safeguards.consent import queries, services
from mekhala.safeguards.consent.policies import HEARD_UNDER
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.consent import rows
from mekhala.web.casework.consent.forms import ConsentForm, GuardianForm, WithdrawForm
from mekhala.web.casework.refusals import told_in


@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Show what the person said yes and no to, and record what she or he says now."""
    opened = _opened(request, number)
    is_adult = is_known_adult(opened.case)
    form = ConsentForm(request.POST or None, is_adult=is_adult, now=opened.now)
    if form.is_valid():
        with told_in(form):
            services.record_answer(number, by=opened.officer, at=opened.now, **form.told())
    if form.is_bound and not form.errors:
        messages.success(request, _("The answer was recorded."))
        return redirect("consent:page", number)
    shown: dict[str, Any] = {
        "form": form,
        "is_adult": is_adult,
        "guardian": None if is_adult else queries.guardian_of(number),
        "answers": rows.answers_in_words(
            queries.table(number, now=opened.now), opened.now, names=form.agencies
        ),
        "stops": rows.stops_in_words(queries.stops_of(number)[:50]),
    }
    shown["any_given"] = any(row["may_withdraw"] for row in shown["answers"])
    shown["ask_again"] = any(row["not_alone"] for row in shown["answers"])
    return render(request, "consent/page.html", opened.frame(request.path) | shown)


@login_required
@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once what taking back does, then take it back: one row, or everything."""
    opened = _opened(request, number)
    form = WithdrawForm(request.POST)
    if form.is_valid() and form.cleaned_data["sure"] == "yes":
        with told_in(form):
            told = services.withdraw(number, by=opened.officer, at=opened.now, **form.told())
        if not form.errors:
            messages.success(request, _taken_back(len(told)))
            return redirect("consent:page", number)
    shown = {"form": form, "hidden": form.hidden_fields(), "fields": form.visible_fields()}
    return render(request, "consent/withdraw.html", opened.frame() | shown)


@login_required
@require_http_methods(["GET", "POST"])
def guardian(request: HttpRequest, number: str) -> HttpResponse:
    """Record who answers for a child by law, and whether they may have had a part in it."""
    opened = _opened(request, number)
    if is_known_adult(opened.case):
        raise Http404
    form = GuardianForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            services.record_guardian(
                number, is_adult=False, by=opened.officer, at=opened.now, **form.told()
            )
        if not form.errors:
            return redirect("consent:page", number)
    shown = {"form": form, "known": queries.guardian_of(number)}
    return render(request, "consent/guardian.html", opened.frame() | shown)


def _opened(request: HttpRequest, number: str) -> OpenCase:
    return opened_case(request, number, purposes=HEARD_UNDER)


def _taken_back(count: int) -> str:
    return ngettext(
        "%(count)d yes was taken back. Who was told is told to stop.",
        "%(count)d were taken back. Who was told is told to stop.",
        count,
    ) % {"count": count}
