"""Pages of the letters: thin; the rule of who, when and how stands in the room."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mekhala.pathway.determination import services
from mekhala.pathway.determination.letters import policies, queries
from mekhala.pathway.determination.letters.delivery import Delivery, may_be_sent
from mekhala.pathway.determination.models import Letter, LetterKind
from mekhala.pathway.encounter.queries import is_known_adult, safe_contact_of
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.letters.forms import (
    ApproveForm,
    HandOverForm,
    NewLetterForm,
    WithdrawLetterForm,
)
from mekhala.web.casework.letters.rows import stands_of
from mekhala.web.casework.refusals import told_in

TOLD_UNDER = (Purpose.DETERMINATION, Purpose.REGISTRATION)
MADE_UNDER = (Purpose.DETERMINATION,)


@login_required
@require_safe
def letters(request: HttpRequest, number: str) -> HttpResponse:
    """Show the letters of a case and how they may reach whom they are for."""
    opened = opened_case(request, number, purposes=TOLD_UNDER)
    found = [(one, stands_of(one)) for one in queries.letters_of(opened.case)]
    shown = {
        "letters": found, "delivery": _delivery(opened, LetterKind.DECISION),
        "may_make": _makes_letters(opened),
    }  # fmt: skip
    return render(request, "letters/letters.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, number: str) -> HttpResponse:
    """Choose kind and language, and make the letter; then it is looked at."""
    opened = opened_case(request, number, purposes=MADE_UNDER)
    usual = queries.usual_language(opened.case, safe_contact_of(opened.case))
    form = NewLetterForm(request.POST or None, initial={"language": usual})
    if form.is_valid():
        with told_in(form):
            made = services.prepare_letter(
                case=opened.case, by=opened.officer, at=opened.now, **form.cleaned_data
            )
        if not form.errors:
            return redirect("letters:letter", number, made.pk)
    return render(request, "letters/new.html", opened.frame() | {"form": form})


@login_required
@require_safe
def letter(request: HttpRequest, number: str, letter_id: int) -> HttpResponse:
    """Show a letter as it will be given, and what may be done with it."""
    opened, kept = _opened(request, number, letter_id)
    return _page(request, opened, kept)


@login_required
@never_cache
@require_safe
@copy_taken
def paper(request: HttpRequest, number: str, letter_id: int) -> HttpResponse:
    """Hand out the PDF under a name that says nothing; that it was taken is noted."""
    opened, kept = _opened(request, number, letter_id)
    audit.record("letters.paper_taken", subject=number, by=opened.officer, at=opened.now,
                 letter=kept.pk)  # fmt: skip
    answer = HttpResponse(bytes(kept.pdf), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return answer


@login_required
@require_POST
def approve(request: HttpRequest, number: str, letter_id: int) -> HttpResponse:
    """Approve the letter that was shown."""
    opened, kept = _opened(request, number, letter_id, purposes=MADE_UNDER)
    form = ApproveForm(request.POST, letter=kept)
    if form.is_valid():
        with told_in(form):
            services.approve_letter(
                letter=kept, seen=form.cleaned_data["seen"], by=opened.officer, at=opened.now,
                language_checked=form.cleaned_data.get("language_checked", False),
            )  # fmt: skip
        if not form.errors:
            messages.success(request, _("The letter was approved. It can be handed over."))
            return redirect("letters:letter", number, letter_id)
    return _page(request, opened, kept, approve=form)


@login_required
@require_POST
def hand_over(request: HttpRequest, number: str, letter_id: int) -> HttpResponse:
    """Record how the letter was given."""
    opened, kept = _opened(request, number, letter_id)
    form = HandOverForm(request.POST, delivery=_delivery(opened, kept.kind))
    if form.is_valid():
        with told_in(form):
            services.hand_over_letter(
                letter=kept, how=form.cleaned_data["how"], by=opened.officer, at=opened.now
            )
        if not form.errors:
            messages.success(request, _("It was recorded how the letter was given."))
            return redirect("letters:letters", number)
    return _page(request, opened, kept, hand_over=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str, letter_id: int) -> HttpResponse:
    """Ask why, and withdraw the letter; it stays on record."""
    opened, kept = _opened(request, number, letter_id, purposes=MADE_UNDER)
    form = WithdrawLetterForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            services.withdraw_letter(
                letter=kept, because=form.cleaned_data["because"], by=opened.officer, at=opened.now
            )
        if not form.errors:
            return redirect("letters:letters", number)
    shown = opened.frame() | {"form": form, "letter": kept}
    return render(request, "letters/withdraw.html", shown)


def _opened(
    request: HttpRequest, number: str, letter_id: int, *, purposes: Any = TOLD_UNDER
) -> tuple[OpenCase, Letter]:
    opened = opened_case(request, number, purposes=purposes)
    found = Letter.objects.filter(case=number).select_related(
        "prepared_by", "approved_by", "handed_over_by"
    )
    kept = get_object_or_404(found, pk=letter_id)
    kept.case = opened.case
    return opened, kept


def _delivery(opened: OpenCase, kind: str) -> Delivery:
    contact = safe_contact_of(opened.case)
    return may_be_sent(kind, contact, is_known_adult=is_known_adult(opened.case))


def _makes_letters(opened: OpenCase) -> bool:
    return opened.officer.role == Role.AUTHORITY and Purpose.DETERMINATION in opened.purposes


def _page(
    request: HttpRequest,
    opened: OpenCase,
    kept: Letter,
    *,
    approve: ApproveForm | None = None,
    hand_over: HandOverForm | None = None,
) -> HttpResponse:
    by, at = opened.officer, opened.now
    delivery = _delivery(opened, kept.kind)
    if approve is None and policies.may_approve(by, kept, at=at):
        approve = ApproveForm(letter=kept)
    if hand_over is None and policies.may_hand_over(by, kept, at=at):
        hand_over = HandOverForm(delivery=delivery)
    wrong: forms.Form | None = next((f for f in (approve, hand_over) if f and f.errors), None)
    shown = {
        "letter": kept, "said": kept.content, "stands": stands_of(kept), "delivery": delivery,
        "approve": approve, "hand_over": hand_over, "wrong": wrong,
        "waits_for_another": kept.approved_at is None and kept.prepared_by_id == by.pk,
        "may_withdraw": _makes_letters(opened) and kept.withdrawn_at is None,
    }  # fmt: skip
    return render(request, "letters/letter.html", opened.frame() | shown)
