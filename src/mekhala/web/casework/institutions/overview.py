"""A page for the national committee: agencies by case load and breaches, bodies by duties."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mekhala.population.institutions import overview as counted
from mekhala.web.casework.counting import statisticians_only
from mekhala.web.charts import whole


@require_safe
@statisticians_only
def overview(request: HttpRequest) -> HttpResponse:
    """Show counts by agency and by body; nobody stands in them."""
    now, today = timezone.now(), timezone.localdate()
    shown = {
        "agencies": [_agency(one) for one in counted.agencies(now=now, today=today)],
        "bodies": [_body(one) for one in counted.bodies(today=today)],
        "fewest": counted.FEWEST,
        "agencies_head": [_("Agency"), _("What it is for"), *map(_number, (
            _("Cases open"), _("Opened in twelve months"), _("Asked to help in twelve months"),
            _("Requests without an answer yet"), _("Never answered, in twelve months"),
            _("People it owes to tell the ministry of"), _("Of these overdue")))],
        "bodies_head": [_("Body"), *map(_number, (
            _("Duties"), _("Duties no office answers for"), _("Reports due so far"),
            _("Came late"), _("Have not come")))],
    }  # fmt: skip
    return render(request, "institutions/overview.html", shown)


def _agency(one: counted.OfAgency) -> list[Any]:
    counts = [getattr(one, name) for name in counted.COUNTS]
    return [str(one.agency), one.agency.get_kind_display(), *map(_number, map(_told, counts))]


def _body(one: counted.OfBody) -> list[Any]:
    counts = (one.duties, one.without_office, one.reports, one.late, one.missing)
    return [one.body, *map(_number, map(whole, counts))]


def _told(count: counted.Count) -> str:
    return _("Fewer than 10") if count is None else whole(count)


def _number(text: str) -> dict[str, Any]:
    return {"text": text, "numeric": True}
