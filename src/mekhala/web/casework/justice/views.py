"""Pages of justice: the list, one proceeding, and an act on each page."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mekhala.pathway.justice import acquittals, policies, queries, services, texts
from mekhala.pathway.justice.errors import GateClosed, GateFirst
from mekhala.pathway.justice.models import Proceeding
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity import services as vault
from mekhala.web.casework.fresh import after_fresh_sign_in
from mekhala.web.casework.justice import cards, forms, waiting
from mekhala.web.casework.justice.acting import (
    accused_or_404,
    act_on,
    officer_in,
    officer_of_justice,
    page_of,
)

PER_PAGE = 50


@login_required
def proceedings(request: HttpRequest) -> HttpResponse:
    """List the proceedings open to the officer: numbers, days and ladder words, no names."""
    officer_of_justice(request)
    page = Paginator(queries.proceedings(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "it": one,
            "accused": [
                (a.number, queries.stage_word(a), queries.is_appealed(a)) for a in one.accused.all()
            ],
        }
        for one in page
    ]
    return render(request, "justice/proceedings.html", {"page": page, "rows": rows})


@login_required
def file_complaint(request: HttpRequest) -> HttpResponse:
    """File a complaint."""
    officer = officer_of_justice(request)
    form = forms.ComplaintForm(request.POST or None)

    def act() -> str:
        filed = services.file_complaint(by=officer, at=timezone.now(), **form.cleaned_data)
        return page_of(filed.number)

    words = {"heading": _("File a complaint"), "button": _("File complaint"),
             "back": reverse("justice:proceedings")}  # fmt: skip
    return act_on(request, form, act, words)


@login_required
def proceeding(request: HttpRequest, number: str) -> HttpResponse:
    """Show one proceeding: each accused, the ladder, the charges. The look is noted."""
    officer, now = officer_in(request), timezone.now()
    found = get_object_or_404(queries.whole_proceedings(), number=number)
    audit.record(
        "justice.opened", subject=number, by=officer, at=now, purpose=Purpose.JUSTICE.value
    )
    linked = bool(found.case_id) and policies.may_link(
        str(found.case_id), agency=officer.agency.code, now=now
    )
    shown = {
        "proceeding": found,
        "accused": [cards.accused_card(one) for one in found.accused.all()],
        "case_number": found.case_id if linked else None,
        "link_closed": bool(found.case_id) and not linked,
    }
    return render(request, "justice/proceeding.html", shown)


@login_required
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Open the proceeding to another justice officer of the same agency."""
    officer, found = officer_in(request), get_object_or_404(Proceeding, number=number)
    form = forms.AssignForm(request.POST or None, colleagues=queries.colleagues(officer))

    def act() -> str:
        services.assign(found, by=officer, at=timezone.now(), **form.cleaned_data)
        return page_of(number)

    words = {"heading": _("Open to another officer"), "button": _("Open proceeding"),
             "back": page_of(number),
             "nobody": _("Your agency has no other justice officer.")
             if not queries.colleagues(officer).exists() else ""}  # fmt: skip
    return act_on(request, form, act, words)


@login_required
def add_accused(request: HttpRequest, number: str) -> HttpResponse:
    """Add somebody the complaint is about."""
    officer, found = officer_in(request), get_object_or_404(Proceeding, number=number)
    form = forms.AccusedForm(request.POST or None, initial={"on": found.complaint_on})

    def act() -> str:
        services.add_accused(found, by=officer, at=timezone.now(), **form.said())
        return page_of(number)

    words = {"heading": _("Add a person complained of"), "button": _("Add person"),
             "back": page_of(number)}  # fmt: skip
    return act_on(request, form, act, words)


@login_required
def record_step(request: HttpRequest, number: str) -> HttpResponse:
    """Record the next step about one accused."""
    officer, one = officer_in(request), accused_or_404(number)
    steps, appeals = list(one.steps.all()), queries.appeals_of(one)
    form = forms.StepForm(
        request.POST or None, stage=queries.stage_of(one),
        follow=acquittals.what_may_follow(steps, appeals),
    )  # fmt: skip

    def act() -> str:
        services.record_step(one, by=officer, at=timezone.now(), **form.cleaned_data)
        return page_of(one.proceeding_id)

    words = {"heading": _("Record a step"), "button": _("Record step"), "number": number,
             "status": queries.stage_word(one), "back": page_of(one.proceeding_id),
             "nobody": "" if form.fields["stage"].choices else _("No step can follow.")}  # type: ignore[attr-defined]  # fmt: skip
    return act_on(request, form, act, words)


@login_required
def charge(request: HttpRequest, number: str) -> HttpResponse:
    """Record a charge under an article in force at the conduct; every version is shown."""
    officer, one = officer_in(request), accused_or_404(number)
    form = forms.ChargeForm(request.POST or None, initial=waiting.charge_of(request, number))

    def act() -> str:
        said = form.said()
        try:
            services.charge(one, by=officer, at=timezone.now(), **said)
        except GateClosed:
            waiting.keep_charge(request, number)
            raise
        except GateFirst:  # the check comes before this charge, and leads on to it
            waiting.keep_charge(request, number)
            cited = urlencode({"statute": said["statute"], "article": said["article"]})
            return f"{reverse('justice:check', args=[number])}?{cited}"
        waiting.drop_charge(request, number)
        return page_of(one.proceeding_id)

    kept = [(text, cards.penalty_in_words(text)) for text in texts.all_texts()]
    words = {"heading": _("Add a charge"), "button": _("Add charge"), "number": number,
             "status": queries.stage_word(one), "back": page_of(one.proceeding_id),
             "texts": kept}  # fmt: skip
    return act_on(request, form, act, words, template="justice/charge.html")


@login_required
def withdraw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Record that a charge was withdrawn."""
    officer = officer_in(request)
    brought = get_object_or_404(queries.charges(), pk=pk, accused=number)
    back = page_of(brought.accused.proceeding_id)
    form = forms.WithdrawForm(request.POST or None)

    def act() -> str:
        services.withdraw_charge(brought, by=officer, at=timezone.now(), **form.cleaned_data)
        return back

    words = {"heading": _("Withdraw a charge"), "button": _("Withdraw charge"), "number": number,
             "back": back, "lead": f"{brought}", "grave": True,
             "status": queries.stage_word(brought.accused)}  # fmt: skip
    return act_on(request, form, act, words)


@login_required
@require_POST
@after_fresh_sign_in
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Show the name of one accused for one look, noted before it is seen."""
    one = accused_or_404(number)
    shown: dict[str, Any] = {"number": number, "status": queries.stage_word(one),
             "back": page_of(one.proceeding_id)}  # fmt: skip
    try:
        shown["kept"] = vault.show(
            number, by=officer_in(request), at=timezone.now(), purpose=Purpose.JUSTICE.value
        )
    except ActRefused as refusal:
        shown["refused"] = refusal
    return render(request, "justice/name.html", shown)
