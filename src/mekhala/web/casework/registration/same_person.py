"""Pages about who is one person: before somebody is registered, and whenever it is asked."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mekhala.pathway.registration import knowing, policies, same_person
from mekhala.pathway.registration.candidates import Candidate
from mekhala.pathway.registration.knowing import Looked
from mekhala.pathway.registration.typical import how_many_typical
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.identity import services as identities
from mekhala.safeguards.identity.services import Name
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.registration import beside
from mekhala.web.casework.registration.forms import AlikeForm
from mekhala.web.casework.registration.likeness_words import in_words
from mekhala.web.officers import officer_of

AT_ONCE = 2  # candidates on one screen
ENTERING = "entering"  # what the page comes before


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def same_person_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show who may be this person, at most two at once, and keep what the officer says of them."""
    opened = _opened(request, number)
    looked = knowing.look(opened.case, by=opened.officer, at=opened.now)
    shown = looked.open[:AT_ONCE]
    forms = [AlikeForm(request.POST or None, prefix=c.number) for c in shown]
    valid = [form.is_valid() for form in forms]  # each says what is missing, not the first alone
    if request.method == "POST" and all(valid):
        for form, candidate in zip(forms, shown, strict=True):
            with told_in(form):
                same_person.judge(
                    opened.case, candidate.number, **form.told(), by=opened.officer, at=opened.now
                )
        if not any(form.errors for form in forms):
            return _after(opened, looked)
    return render(request, "registration/same_person.html", _shown(request, opened, looked, forms))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, number: str, judgement: uuid.UUID) -> HttpResponse:
    """Say something else instead of what was said of two cases, and why."""
    opened = _opened(request, number, may=policies.may_answer_about_same)
    known = same_person.judgements(opened.case)
    standing = next((one for one in known if one.id == judgement and one.stands), None)
    if standing is None:
        raise Http404
    form = AlikeForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            same_person.take_back(
                opened.case, judgement, **form.told(), by=opened.officer, at=opened.now
            )
        if not form.errors:
            messages.success(request, _("It was noted. What was said before is kept."))
            return redirect("cases:overview", number)
    shown = opened.frame(request.path) | {"form": form, "standing": standing}
    return render(request, "registration/take_back.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, question: uuid.UUID) -> HttpResponse:
    """Ask an officer whether somebody at another agency is the person of their own case."""
    officer, now = officer_of(request), timezone.now()
    found = next((one for one in same_person.asked_of_me() if one.id == question), None)
    if found is None:
        raise Http404
    form = AlikeForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            same_person.answer_question(found, **form.told(), by=officer, at=now)
        if not form.errors:
            messages.success(request, _("Your answer was kept. Thank you."))
            return redirect("today")
    shown = {"form": form, "question": found, "likeness": in_words(found.likeness)}
    return render(request, "registration/asked.html", shown)


def _opened(
    request: HttpRequest, number: str, *, may: Any = policies.may_look_for_same
) -> OpenCase:
    """Return the case for an officer who may look; told like an absent one to anybody else."""
    if not policies.is_of_who_help(officer_of(request)):
        raise Http404
    opened = opened_case(request, number, purposes=policies.WHO_MEET)
    if not may(opened.officer, number, now=opened.now):
        raise Http404
    return opened


def _after(opened: OpenCase, looked: Looked) -> HttpResponse:
    """Ask who knows the cases that are not open; go on to who is left, or to the register."""
    same_person.ask_who_knows(opened.case, looked.closed, by=opened.officer, at=opened.now)
    if len(looked.open) > AT_ONCE:
        return redirect("registration:same_person", opened.case.number)
    if Purpose.REGISTRATION in opened.purposes:
        return redirect("registration:registration", opened.case.number)
    return redirect("cases:overview", opened.case.number)


def _shown(
    request: HttpRequest, opened: OpenCase, looked: Looked, forms: list[AlikeForm]
) -> dict[str, Any]:
    """Return what the page needs; each candidate's name is opened for this look, and noted."""
    sides = [
        {"number": c.number, "form": form, "rows": _beside(opened, looked, c),
         "why": in_words(c.likeness)}
        for c, form in zip(looked.open, forms, strict=False)
    ]  # fmt: skip
    said = same_person.judgements(opened.case)
    return opened.frame(request.path) | {
        "looked": looked, "sides": sides, "left": max(0, len(looked.open) - AT_ONCE),
        "answers": same_person.asked(opened.case),
        "to_ask": same_person.not_asked(opened.case, looked.closed),
        "said": [one for one in said if one.stands],
        "before_entering": request.GET.get("before") == ENTERING,
        "typical": how_many_typical(opened.case, looked.name, by=opened.officer) if sides else None,
    }  # fmt: skip


def _beside(opened: OpenCase, looked: Looked, candidate: Candidate) -> list[beside.Row]:
    assert looked.name is not None
    try:
        other = identities.show(
            candidate.number, by=opened.officer, at=opened.now, purpose="registration"
        )
    except ActRefused:
        other = None
    empty = Name(candidate.number, candidate.number)
    return beside.rows(opened.case, looked.name, other or empty, candidate)
