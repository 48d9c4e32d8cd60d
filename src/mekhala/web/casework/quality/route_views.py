"""The route of a case: what is meant to follow what, and which ways cases took."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mekhala.core import route
from mekhala.core.calendar.stages import stage_rule, working_days_to_announce
from mekhala.pathway.determination.policies import may_see_quality
from mekhala.pathway.determination.quality import EARLIEST
from mekhala.pathway.referral.ways_taken import FEWEST, Taken, ways_taken
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.counting import year_asked
from mekhala.web.charts import whole
from mekhala.web.officers import officer_of

TRACKS = {"recognition": gettext_lazy("Recognition"), "help": gettext_lazy("Help")}
STATES = {
    "met": gettext_lazy("First contact"), "screened": gettext_lazy("Screened"),
    "asked": gettext_lazy("Put to the competent authority"),
    "grounds": gettext_lazy("Decided on reasonable grounds"),
    "decided": gettext_lazy("Decided conclusively"),
    "registered": gettext_lazy("In the register"), "closed": gettext_lazy("Case closed"),
    "service_asked": gettext_lazy("A service was asked"),
    "service_agreed": gettext_lazy("A service agreed"),
    "arrived": gettext_lazy("Arrived at the service"), "": gettext_lazy("Still here"),
}  # fmt: skip
CONSENT = {
    "to_go_on": gettext_lazy("The person's yes to going on"),
    "to_be_told": gettext_lazy("The person's yes to this service being told"),
    "to_stay": gettext_lazy("The person's yes to staying, or an order of a court"),
    "none": gettext_lazy("None is needed"),
}


@require_safe
@login_required
def way(request: HttpRequest) -> HttpResponse:
    """Show each track: its states, and the moves of the cases opened in a year."""
    if not may_see_quality(officer_of(request)):
        raise Http404
    this_year = timezone.localdate().year
    year = year_asked(request, first=EARLIEST)
    found = ways_taken(year)
    shown = {
        "year": year, "years": range(this_year, this_year - 5, -1), "fewest": FEWEST,
        "tracks": [_track(name, found[name]) for name in route.TRACKS],
        "taken_head": [_("From"), _("To"), _("On the route?"), *map(_number, (
            _("Cases"), _("Half took no longer than, days"),
            _("Nine in ten took no longer than, days"), _("After the day it was due")))],
        "state_head": [_("State"), _("Who owns it"), _("Clock"), _("Rests on"), _("May lead to")],
    }  # fmt: skip
    return render(request, "quality/route.html", shown)


def _track(name: str, found: list[Taken]) -> dict[str, Any]:
    off = [one for one in found if not one.is_on_route]
    return {
        "name": TRACKS[name], "taken": [_taken(one) for one in found], "off": len(off),
        "states": [_state(state) for state in route.track(name)],
    }  # fmt: skip


def _taken(one: Taken) -> list[Any]:
    return [
        STATES[one.before], STATES[one.after], _("Yes") if one.is_on_route else _("No"),
        *map(_number, (_shown(one.cases), _days(one.median_days), _days(one.p90_days),
                       "–" if one.late is None else whole(one.late))),
    ]  # fmt: skip


def _state(one: route.State) -> list[Any]:
    return [
        STATES[one.code], Role(one.owner).label, _clock(one), CONSENT[one.consent],
        ", ".join(str(STATES[code]) for code in one.to) or "–",
    ]  # fmt: skip


def _clock(one: route.State) -> str:
    """Return the time a state allows, in words."""
    if one.hours:
        return _("%(hours)d hours") % {"hours": one.hours}
    if one.clock == "duty_to_register":
        days = working_days_to_announce()
        return _("The ministry is told within %(days)d working days") % {"days": days}
    if not one.clock:
        return _("None runs")
    rule = stage_rule(one.clock)
    return _("%(days)d working days") % {"days": rule.target_working_days}


def _shown(count: int | None) -> str:
    return _("Not shown") if count is None else whole(count)


def _days(days: float | None) -> str:
    return "–" if days is None else number_format(days, 1)


def _number(text: str) -> dict[str, Any]:
    return {"text": text, "numeric": True}
