"""Pages of the register: entering a person, the certificate, withdrawing it."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.pathway.registration import certificate as paper
from mekhala.pathway.registration import knowing, policies, queries, services
from mekhala.pathway.registration.models import Registration
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.registration.forms import WithdrawForm
from mekhala.web.casework.registration.same_person import ENTERING

PURPOSES = (Purpose.REGISTRATION, Purpose.DETERMINATION)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, number: str) -> HttpResponse:
    """Show where the case stands in the register, and enter it.

    Where somebody may be the same person and nobody said yet whether, who that may be is shown
    first; nothing is entered by that press.
    """
    opened = opened_case(request, number, purposes=PURPOSES)
    case, officer, now = opened.case, opened.officer, opened.now
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        entered = queries.of_case(case)
        if entered is None and knowing.to_answer_before_entering(case, by=officer, at=now):
            known = reverse("registration:same_person", args=[number])
            return redirect(f"{known}?before={ENTERING}")
        with told_in(form):
            services.register(case=case, by=officer, at=now)
        if not form.errors:
            return redirect("registration:registration", number=number)
    entered = queries.of_case(case)
    shown = {
        "form": form, "registration": entered,
        "stands": entered is not None and queries.rests_on_standing_decision(entered),
        "may_register": entered is None and policies.may_register(officer, case, now=now),
        "keeps_register": officer.role == Role.REGISTRAR,
        "may_look": policies.looks_for_same(officer, opened.purposes),
    }  # fmt: skip
    return render(request, "registration/registration.html", opened.frame(request.path) | shown)


@login_required
@require_safe
@copy_taken
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the certificate as PDF, named by its number; making one is noted."""
    opened, entered = _standing(request, number)
    audit.record(
        "registration.certificate_made", subject=number, by=opened.officer, at=opened.now,
        registration=entered.number,
    )  # fmt: skip
    answer = HttpResponse(paper.pdf(entered), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{entered.number}.pdf"'
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Ask why, warn that it cannot be taken back, and withdraw the certificate."""
    opened, entered = _standing(request, number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form):
            services.withdraw(
                entered, form.cleaned_data["because"], by=opened.officer, at=opened.now
            )
        if not form.errors:
            return redirect("registration:registration", number=number)
    shown = opened.frame(request.path) | {"form": form, "registration": entered}
    return render(request, "registration/withdraw.html", shown)


def _standing(request: HttpRequest, number: str) -> tuple[OpenCase, Registration]:
    """Return the registration whose certificate still stands, for a registrar; 404 otherwise."""
    opened = opened_case(request, number, purposes=[Purpose.REGISTRATION])
    entered = queries.of_case(opened.case)
    if opened.officer.role != Role.REGISTRAR or entered is None or entered.withdrawn_at:
        raise Http404
    return opened, entered
