"""The page on which something of a plan is taken back, with the reason."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mekhala.pathway.aftercare import services
from mekhala.pathway.aftercare.models import FollowUp, PlanTask, ServiceGiven
from mekhala.web.casework.aftercare.doing import METHODS, form_page, opened_for_support, posted
from mekhala.web.casework.aftercare.forms import TakeBackForm

PLAN, DAYS = "aftercare:plan", "aftercare:follow_ups"
MATTERS: dict[str, tuple[Any, str, Callable[..., object], str]] = {
    "task": (PlanTask, "plan__case", services.take_back_task, PLAN),
    "help": (ServiceGiven, "case", services.take_back_help, PLAN),
    "follow-up": (FollowUp, "plan__case", services.take_back_follow_up, DAYS),
}


@login_required
@require_http_methods(METHODS)
def take_back(request: HttpRequest, number: str, kind: str, row_id: int) -> HttpResponse:
    """Take back a task, help that was given, or what was found on a day to look in."""
    opened = opened_for_support(request, number)
    if kind not in MATTERS:
        raise Http404
    model, of_case, service, back = MATTERS[kind]
    row = get_object_or_404(model, pk=row_id, **{of_case: opened.case})
    form, by, at = (
        TakeBackForm(posted(request), is_task=kind == "task"),
        opened.officer,
        opened.now,
    )
    return form_page(
        request, opened, form, lambda: service(row, **form.cleaned_data, by=by, at=at),
        back=back, heading=_("Take back"), button=_("Take back"),
        told=[_named(row), _("It stays readable, is counted no more, and can be recorded anew.")],
    )  # fmt: skip


def _named(row: Any) -> str:
    """Return what is taken back: a task in its words, else the need or outcome with its day."""
    if isinstance(row, PlanTask):
        return str(row.what)
    if isinstance(row, ServiceGiven):
        return f"{row.get_need_display()}, {date_format(row.given_on, 'DATE_FORMAT')}"  # type: ignore[attr-defined]
    return ", ".join(
        [date_format(row.due_on, "DATE_FORMAT"), *filter(None, [row.get_outcome_display()])]
    )
