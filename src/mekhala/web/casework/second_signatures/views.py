"""What waits for a second signature, and giving or refusing it after a fresh sign-in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.admission import services as admission
from mekhala.safeguards.admission.queries import of_signature
from mekhala.safeguards.four_eyes import queries, services
from mekhala.safeguards.four_eyes.kinds import in_words, kind_of
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.second_signatures.forms import AGREE, AnswerForm, AskForm, asked_here
from mekhala.web.casework.second_signatures.words import next_step, state_of
from mekhala.web.casework.signing_twice import asked_for
from mekhala.web.devices import device_of
from mekhala.web.officers import officer_of

PAGE = 50


@login_required
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """List what waits for the officer, what they asked for, or what they answered."""
    officer, now = officer_of(request), timezone.now()
    show = request.GET.get("show", "waiting")
    lists = {"mine": queries.asked_by(officer), "answered": queries.answered_by(officer)}
    found = lists.get(show) if show in lists else queries.waiting_for(officer, now=now)
    assert found is not None
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [{"signature": s, "title": kind_of(s).title, "state": state_of(s, now)} for s in page]
    tabs = [("waiting", _("Waiting for you")), ("mine", _("Asked by you")),
            ("answered", _("Answered by you"))]  # fmt: skip
    context = {"page": page, "rows": rows, "show": show if show in lists else "waiting",
               "tabs": tabs, "may_ask": bool(asked_here(officer))}  # fmt: skip
    return render(request, "second_signatures/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an act that has no page of its own."""
    officer = officer_of(request)
    if not asked_here(officer):
        raise Http404
    form = AskForm(request.POST or None, officer=officer)
    if request.method == "POST" and form.is_valid():
        check_fresh_sign_in(request)
        with told_in(form):
            made = services.ask(
                **form.asked(), by=officer, at=timezone.now(), device=device_of(request)
            )
            return asked_for(request, made)
    return render(request, "second_signatures/ask.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, signature_id: int) -> HttpResponse:
    """Show what exactly will happen, and take the answer."""
    signature = _there(request, signature_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        check_fresh_sign_in(request)
        with told_in(form):
            _answer(request, signature, form)
        if not form.errors:
            return redirect("second_signatures:one", signature_id)
    return render(request, "second_signatures/one.html", _shown(request, signature, form))


@login_required
@require_POST
def take_back(request: HttpRequest, signature_id: int) -> HttpResponse:
    """Take back what the officer asked for."""
    signature = _there(request, signature_id)
    try:
        services.take_back(signature, by=officer_of(request), at=timezone.now())
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("second_signatures:one", signature_id)


@login_required
@require_POST
def half(request: HttpRequest, signature_id: int) -> HttpResponse:
    """Show the officer's own half of a code, this once, as a paper to hand over."""
    let_in = of_signature(_there(request, signature_id))
    if let_in is None:
        raise Http404
    check_fresh_sign_in(request)
    try:
        code = admission.show_half(let_in, by=officer_of(request), at=timezone.now())
    except ActRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("second_signatures:one", signature_id)
    return render(request, "admission/half.html", _paper(request, let_in, code))


def _there(request: HttpRequest, pk: int) -> SecondSignature:
    return get_object_or_404(queries.seen_by(officer_of(request)), pk=pk)


def _answer(request: HttpRequest, signature: SecondSignature, form: AnswerForm) -> None:
    told: dict[str, Any] = {
        "by": officer_of(request), "at": timezone.now(), "device": device_of(request)
    }  # fmt: skip
    if form.cleaned_data["answer"] == AGREE:
        services.agree(signature, **told)
        messages.success(request, _("You agreed."))
    else:
        services.refuse(signature, because=form.cleaned_data["because"], **told)
        messages.success(request, _("You refused."))


def _shown(request: HttpRequest, signature: SecondSignature, form: AnswerForm) -> dict[str, Any]:
    officer, now = officer_of(request), timezone.now()
    mine = signature.asked_by_id == officer.pk
    return {
        "signature": signature, "title": kind_of(signature).title, "form": form,
        "words": in_words(signature), "state": state_of(signature, now), "mine": mine,
        "may_answer": signature.is_open(now) and not mine and officer.role in signature.answer_roles
        and officer.agency_id != signature.asked_agency_id,
        "may_take_back": mine and signature.is_open(now),
        **next_step(signature, officer, now),
    }  # fmt: skip


def _paper(request: HttpRequest, let_in: Any, code: str) -> dict[str, Any]:
    import segno

    picture = segno.make(code, error="m", micro=False).svg_data_uri(scale=4)
    return {
        "code": code, "picture": picture, "until": let_in.until, "number": let_in.pk,
        "address": request.build_absolute_uri("/admission/"),
    }  # fmt: skip
