"""Recording that somebody was met."""

from contextlib import suppress
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.forms.models import Submission
from mekhala.intake import services as intake
from mekhala.intake.errors import NothingToMap
from mekhala.pathway.encounter import policies, services
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.cases.frame import opened_case
from mekhala.web.casework.encounter.forms import AnotherMeetingForm, FirstMeetingForm
from mekhala.web.casework.encounter.prefill import from_form, unused
from mekhala.web.casework.refusals import told_in
from mekhala.web.officers import officer_of


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Open a case for somebody who was met; a person who says no is counted and let go."""
    by = officer_of(request)
    if not policies.may_meet(by):
        return render(request, "encounter/not_yours.html", {"words": str(NotYourRole())})
    now, sent = timezone.now(), _sent_in(request)
    said = from_form(sent, province=by.agency.province_code) if sent else {}
    form = FirstMeetingForm(request.POST or None, now=now, initial=said)
    if form.is_valid():
        if form.wants_to_go_on is False:
            place = form.cleaned_data["place_code"]
            given = form.cleaned_data
            services.record_refusal(
                by=by, at=now, place_code=place, sex=given["sex"], age=given["age"],
                age_certainty=given["age_certainty"],
            )  # fmt: skip
            return render(request, "encounter/refused.html")
        with told_in(form):
            case = services.open_case(by=by, at=now, submission=sent, **form.told())
            _taken_by_hand(sent, by=by, at=now)
        if not form.errors:
            return redirect("cases:overview", case.number)
    return render(request, "encounter/new.html", {"form": form, "sent": sent})


@login_required
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Note that the person was met again."""
    opened = opened_case(request, number, purposes=policies.KNOW_OF_ENCOUNTERS)
    form = AnotherMeetingForm(request.POST or None, now=opened.now)
    if form.is_valid():
        with told_in(form):
            services.add_encounter(
                case=opened.case, by=opened.officer, at=opened.now, **form.told()
            )
        if not form.errors:
            messages.success(request, _("The meeting was recorded."))
            return redirect("cases:overview", number)
    return render(request, "encounter/again.html", opened.frame() | {"form": form})


def _taken_by_hand(sent: Submission | None, *, by: Officer, at: datetime) -> None:
    """Let what the form adds to a survey be counted too; it waits for nothing else any more."""
    if sent is not None:
        with suppress(NothingToMap):
            intake.take_in(sent, by=by, at=at)


def _sent_in(request: HttpRequest) -> Submission | None:
    """Return the form the officer started from; 404 unless it is open and unused."""
    asked = request.POST.get("submission") or request.GET.get("submission")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    return get_object_or_404(
        unused(Submission.objects.select_related("version__form", "agency")), pk=int(asked)
    )
