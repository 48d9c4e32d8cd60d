"""Screening a person, and reading a screening again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mekhala.pathway.determination import services as determination
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.screening import queries, services
from mekhala.pathway.screening.models import Screening, ScreeningOutcome
from mekhala.pathway.screening.policies import SCREENED_UNDER
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.meanings import DIMENSIONS, LISTS, RESULTS, RULES, of_fact, of_indicator
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.screening.forms import ScreeningForm

SEEN_UNDER = SCREENED_UNDER | {Purpose.DETERMINATION}


@login_required
def new(request: HttpRequest, number: str) -> HttpResponse:
    """Keep a screening; with the advice *refer* the case goes to the authority at once."""
    opened = opened_case(request, number, purposes=SCREENED_UNDER)
    form = ScreeningForm(request.POST or None, case=opened.case)
    wants_aid = "aid" in request.POST
    if not wants_aid and form.is_valid():
        with told_in(form):
            _screen(opened, form)
        if not form.errors:
            messages.success(request, _("The screening was recorded."))
            return redirect("cases:overview", number)
    context = opened.frame() | {"form": form, "aid": _aid(form, opened.case) if wants_aid else None}
    if wants_aid:
        form.errors.clear()  # the form is not handed in yet
    return render(request, "screening/new.html", context)


def _screen(opened: OpenCase, form: ScreeningForm) -> None:
    told: dict[str, Any] = {"by": opened.officer, "at": opened.now}
    kept = services.record_screening(case=opened.case, **told, **form.told())
    if kept.outcome == ScreeningOutcome.REFER:
        determination.refer_to_authority(screening=kept, **told)


@login_required
@require_POST
def aid(request: HttpRequest, number: str) -> HttpResponse:
    """Answer what the signs ticked so far amount to: an aid, kept nowhere."""
    opened = opened_case(request, number, purposes=SCREENED_UNDER)
    form = ScreeningForm(request.POST, case=opened.case)
    return render(request, "screening/aid.html", {"aid": _aid(form, opened.case)})


@login_required
@require_GET
def shown(request: HttpRequest, number: str) -> HttpResponse:
    """Show the latest screening: what was asked, answered and seen."""
    opened = opened_case(request, number, purposes=SEEN_UNDER)
    kept = queries.newest(opened.case)
    context = opened.frame(request.path) | ({"screening": kept} | _rows(kept) if kept else {})
    context["may_return"] = Purpose.DETERMINATION in opened.purposes and opened.has_open_file
    return render(request, "screening/shown.html", context)


def _rows(kept: Screening) -> dict[str, Any]:
    return {
        "rows": [{"key": of_fact(c), "value": _answer(a)} for c, a in kept.answers.items()],
        "seen": [of_indicator(code) for code in kept.indicators],
        "aid": _in_words(queries.aid(kept.case, profile=kept.profile, indicators=kept.indicators)),
        "other_list": _other_list(kept),
    }


def _other_list(kept: Screening) -> str:
    """Return the version a screening was read by then, where the list has changed since."""
    then = kept.list_version
    return "" if then in ("", queries.list_version(kept.profile)) else then


def _answer(said: bool | None) -> str:
    return _("Not known") if said is None else _("Yes") if said else _("No")


def _aid(form: ScreeningForm, case: Case) -> dict[str, Any] | None:
    form.is_valid()  # reads the fields; what is still missing does not matter here
    profile = form.cleaned_data.get("profile", "")
    return _in_words(queries.aid(case, profile=profile, indicators=form.seen()))


def _in_words(found: Any) -> dict[str, Any] | None:
    """Return the result and each dimension with its rule, in words; no sums, no share."""
    if found is None:
        return None
    return {
        "result": RESULTS[found["result"]],
        "rows": [
            {"key": DIMENSIONS[name],
             "value": _("Enough was seen (%(rule)s)") % {"rule": RULES[d["rule"]]} if d["positive"]
             else _("Not enough was seen")}
            for name, d in found["dimensions"].items()
        ],
        "source": LISTS[found["version"]], "version": found["version"],
        "verified": found["verified"], "fits": found["list_fits"],
        "exploitation_is_enough": found["exploitation_is_enough"],
    }  # fmt: skip
