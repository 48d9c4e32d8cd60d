"""Meetings that led to no screening: which wait, why there was none, and counts without anybody."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.pathway.encounter.models import Encounter, WhyNotScreened
from mekhala.pathway.encounter.not_screened import record_not_screened
from mekhala.pathway.encounter.policies import may_meet
from mekhala.pathway.screening import queries
from mekhala.pathway.screening.policies import SCREENED_UNDER
from mekhala.population.linkage.policies import may_count
from mekhala.web.casework.cases.frame import opened_case
from mekhala.web.casework.refusals import told_in
from mekhala.web.officers import officer_of

PER_PAGE = 50
LED_TO = {
    "screened": gettext_lazy("The person was screened, or had been referred"),
    "said_no": gettext_lazy("The person did not want to go on"),
    "waiting": gettext_lazy("Waits for a screening, or for the reason why there was none"),
    "closed": gettext_lazy("The case was closed and nobody said why"),
    **dict(WhyNotScreened.choices),
}


class WhyForm(forms.Form):
    """Which meeting, and why nobody was screened at it; nothing is chosen beforehand."""

    meeting = forms.ModelChoiceField(
        label=gettext_lazy("Which meeting?"), queryset=Encounter.objects.none(),
        widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": gettext_lazy("Choose the meeting.")},
    )  # fmt: skip
    because = forms.ChoiceField(
        label=gettext_lazy("Why was nobody screened at it?"), choices=WhyNotScreened,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("It closes no door: the person may be screened at any later time."),
        error_messages={"required": gettext_lazy("Choose the reason.")},
    )  # fmt: skip

    def __init__(self, *args: Any, waiting: QuerySet[Encounter], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["meeting"]
        field.queryset = waiting  # type: ignore[attr-defined]
        field.label_from_instance = _day  # type: ignore[attr-defined]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def why(request: HttpRequest, number: str) -> HttpResponse:
    """Say why a meeting of this case led to no screening."""
    opened = opened_case(request, number, purposes=SCREENED_UNDER)
    waiting = queries.waiting(opened.officer, now=opened.now).filter(case_id=number)
    form = WhyForm(request.POST or None, waiting=waiting)
    if form.is_valid():
        with told_in(form):
            record_not_screened(
                encounter=form.cleaned_data["meeting"], because=form.cleaned_data["because"],
                by=opened.officer, at=opened.now,
            )  # fmt: skip
        if not form.errors:
            messages.success(request, _("It was recorded why there was no screening."))
            return redirect("cases:overview", number)
    shown = {"form": form, "waits": waiting.exists()}
    return render(request, "screening/why.html", opened.frame() | shown)


@require_safe
@login_required
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings of one's agency that wait, and count what the year's meetings led to."""
    officer, now = officer_of(request), timezone.now()
    meets = may_meet(officer)
    if not meets and not may_count(officer):
        raise Http404
    year = _year(request.GET.get("year", ""), timezone.localdate().year)
    waiting = queries.waiting(officer, now=now) if meets else Encounter.objects.none()
    shown: dict[str, Any] = {
        "meets": meets,
        "page": Paginator(waiting, PER_PAGE).get_page(request.GET.get("page")),
        "year": year,
        "years": range(timezone.localdate().year, timezone.localdate().year - 5, -1),
        "rows": [(LED_TO.get(code, code), n) for code, n in queries.answered(year).items()],
    }
    return render(request, "screening/meetings.html", shown)


def _day(met: Encounter) -> str:
    return date_format(timezone.localtime(met.met_at), "DATETIME_FORMAT")


def _year(asked: str, latest: int) -> int:
    found = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else latest
    return min(max(found, 2000), latest)
