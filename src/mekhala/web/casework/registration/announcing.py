"""Pages of the duty to register: an organisation announces, the ministry sees how it is met."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.pathway.encounter.models import Sex
from mekhala.pathway.registration import duty
from mekhala.pathway.registration.models import AgeTold, Announcement
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.agencies.models import Agency
from mekhala.web.casework.cases.frame import opened_case
from mekhala.web.casework.refusals import told_in
from mekhala.web.officers import officer_of

MOST = 100
PURPOSES = (Purpose.FIRST_CONTACT, Purpose.REGISTRATION)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def announcement(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is owed about one case, and announce it without a name."""
    opened = opened_case(request, number, purposes=PURPOSES)
    if not duty.owes(opened.officer):
        raise Http404
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form):
            kept = duty.announce(opened.case, by=opened.officer, at=opened.now)
            messages.success(request, _("Announced under the number %(number)s.")
                             % {"number": kept.number})  # fmt: skip
        if not form.errors:
            return redirect("registration:announcement", number=number)
    shown = {
        "form": form, "announced": Announcement.objects.filter(case=opened.case).first(),
        "owed": next((one for one in duty.owed() if one.number == number), None),
    }  # fmt: skip
    return render(request, "registration/announcement.html", opened.frame(request.path) | shown)


@login_required
@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """Show the ministry how each organisation meets its duty, and who was announced."""
    if not duty.may_oversee(officer_of(request)):
        raise Http404
    found, names = duty.announced(most=MOST + 1), _names()
    shown = {
        "agencies": [
            _agency(one, names) for one in duty.by_agency(today=timezone.localdate())
        ],
        "announced": [_announced(one, names) for one in found[:MOST]], "more": len(found) > MOST,
        "agencies_head": [_("Organisation"), *map(_number, (
            _("Owed, in time"), _("Overdue"), _("Announced, not named"), _("In the register")))],
        "announced_head": [_("Number"), _("Organisation"), _("Sex"), _("Age"), _("Known since"),
                           _("Announced"), _("In the register")],
    }  # fmt: skip
    return render(request, "registration/duties.html", shown)


def _names() -> dict[str, str]:
    """Return the names of organisations in the reader's language."""
    return {one.name: str(one) for one in Agency.objects.filter(kind__in=duty.WHO_OWE)}


def _agency(one: duty.OfAgency, names: dict[str, str]) -> list[Any]:
    counts = (one.waiting, one.overdue, one.announced, one.registered)
    return [names.get(one.agency, one.agency), *(_number(str(count)) for count in counts)]


def _announced(one: duty.Announced, names: dict[str, str]) -> list[str]:
    return [
        one.number, names.get(one.agency, one.agency), str(Sex(one.sex).label),
        str(AgeTold(one.age_told).label),
        date_format(one.known_on, "DATE_FORMAT"),
        date_format(timezone.localtime(one.announced_at), "DATE_FORMAT"),
        _("Yes") if one.is_registered else _("Not yet"),
    ]  # fmt: skip


def _number(text: str) -> dict[str, Any]:
    return {"text": text, "numeric": True}
