"""Pages of the ministry: places in houses that wait for its decision, and deciding."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.pathway.directory.words import language_name
from mekhala.pathway.encounter.models import Sex
from mekhala.pathway.referral import placing
from mekhala.pathway.referral.codes import Outcome, PlacementReason, Urgent
from mekhala.pathway.referral.models import AgeBand, Requirement
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.referral.forms import PlacementForm
from mekhala.web.casework.refusals import told_in
from mekhala.web.officers import officer_of

MOST = 100


@login_required
@require_safe
def placements(request: HttpRequest) -> HttpResponse:
    """List the places that wait for the ministry, the soonest due first, and what it decided."""
    _of_the_ministry(request)
    now = timezone.now()
    waiting, done = placing.to_decide(most=MOST + 1), placing.decided(most=MOST + 1)
    shown = {
        "waiting": [_waits(one, now=now) for one in waiting[:MOST]],
        "decided": [_done(one) for one in done[:MOST]],
        "more_wait": len(waiting) > MOST, "more_decided": len(done) > MOST,
        "waiting_head": [_("Number"), _("House"), _("For whom"), _("Given already?"), _("Due by")],
        "decided_head": [_("Number"), _("House"), _("Decision"), _("Why"), _("Day")],
    }  # fmt: skip
    return render(request, "referral/placements.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def placement(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is asked about one place, and keep the ministry's decision with its reasons."""
    officer, asked = _of_the_ministry(request), placing.one_to_decide(number)
    if asked is None:
        raise Http404
    form = PlacementForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form):
            placing.decide(
                number, form.cleaned_data["outcome"], form.reasons, by=officer, at=timezone.now()
            )
        if not form.errors:
            messages.success(request, _("The decision is recorded."))
            return redirect("referral:placements")
    shown = {"form": form, "facts": _facts(asked)}
    return render(request, "referral/placement.html", shown)


def due_words(one: placing.ToDecide, *, now: datetime) -> str:
    """Return until when a decision is due, or that this is over."""
    due = timezone.localtime(one.due_at)
    if due < now:
        return _("Overdue since %(day)s") % {"day": date_format(due, "DATE_FORMAT")}
    return date_format(due, "j F, H:i")


def house_of(one: placing.ToDecide) -> str:
    """Return the house in the reader's language."""
    khmer = (get_language() or "").startswith("km")
    return one.house_km if khmer and one.house_km else one.service or one.house


def for_whom(one: placing.ToDecide) -> str:
    """Return all that is told of the person: sex and an age band."""
    return f"{Sex(one.sex).label}, {AgeBand(one.age_band).label}"


def _of_the_ministry(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if not placing.may_decide(officer):
        raise Http404
    return officer


def _link(number: str) -> str:
    address = reverse("referral:placement", args=[number])
    return format_html('<a class="govuk-link tabular" href="{}">{}</a>', address, number)


def _waits(one: placing.ToDecide, *, now: datetime) -> list[Any]:
    return [
        _link(one.number), house_of(one), for_whom(one),
        _("Yes") if one.given else _("Not yet"), due_words(one, now=now),
    ]  # fmt: skip


def _done(one: placing.ToDecide) -> list[Any]:
    return [
        _link(one.number), house_of(one), Outcome(one.outcome).label, _why(one),
        date_format(timezone.localtime(one.decided_at), "DATE_FORMAT"),
    ]  # fmt: skip


def _why(one: placing.ToDecide) -> str:
    return "; ".join(str(PlacementReason(code).label) for code in one.reasons)


def _facts(one: placing.ToDecide) -> list[tuple[str, Any]]:
    needs = ", ".join(str(Requirement(code).label) for code in one.requirements)
    rows: list[tuple[str, Any]] = [
        (_("House"), house_of(one)),
        (_("For whom"), for_whom(one)),
        (_("Language"), language_name(one.language) if one.language else _("Not known")),
        (_("To receive safely"), needs or _("Nothing was said")),
        (_("Places"), one.places),
        (_("Asked by"), one.asked_by),
        (_("Asked"), date_format(timezone.localtime(one.asked_at), "DATETIME_FORMAT")),
        (_("Can it wait?"), Urgent(one.urgent).label if one.urgent else _("Not said to be urgent")),
        (_("Given already?"), _("Yes") if one.given else _("Not yet")),
        (_("Due by"), due_words(one, now=timezone.now())),
    ]  # fmt: skip
    if one.outcome:
        rows.append((_("Decision that stands"), f"{Outcome(one.outcome).label}: {_why(one)}"))
    return rows
