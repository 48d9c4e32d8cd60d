"""The decisions of a case with their reasons, and asking that a negative be looked at again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from mekhala.core.calendar.stages import last_day_to_ask_again
from mekhala.pathway.determination import clock, policies, queries, services
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    Ground,
    GroundToAskAgain,
    Reading,
    TraffickingStatus,
)
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.determination.reading_forms import AskAgainForm
from mekhala.web.casework.determination.words import outcome_in_words, reasons_in_words
from mekhala.web.casework.refusals import told_in

DECIDED_UNDER = (Purpose.DETERMINATION, Purpose.REGISTRATION)


@login_required
@require_GET
def reasons(request: HttpRequest, number: str) -> HttpResponse:
    """Show each decision as it was kept, with each finding as weighed on the day."""
    opened = opened_case(request, number, purposes=DECIDED_UNDER)
    decisions = queries.decisions_of(opened.case)
    if not decisions:
        raise Http404
    may_see = Purpose.DETERMINATION in opened.purposes
    readings = queries.readings_of_decided(opened.case) if may_see else []
    context = opened.frame(request.path) | {
        "decisions": [decision_in_words(d, readings, opened) for d in decisions],
    }
    return render(request, "determination/reasons.html", context)


def decision_in_words(
    decision: Decision, readings: list[Reading], opened: OpenCase
) -> dict[str, Any]:
    """Return one decision as a page shows it, with the ``readings`` that belong to it."""
    return {
        "status": decision.get_status_display(),
        "stage": decision.file.get_stage_display(),
        "day": decision.decided_at,
        "article": decision.article,
        "grounds": [Ground(code).label for code in decision.grounds],
        "is_override": decision.is_override,
        "is_replaced": hasattr(decision, "replaced_by"),
        "replaces": decision.replaces_id is not None,
        "again": _again(decision, opened),
        "readings": [_reading(r) for r in readings if r.file_id == decision.file_id],
        "outcome": outcome_in_words(decision.outcome),
        "law": _law(decision),
        "weighed": reasons_in_words(decision.reasons),
    }


def _again(decision: Decision, opened: OpenCase) -> str:
    """Return how long it may be asked again; empty where there is nothing to ask again."""
    is_open = any(s.kind == "file" and s.details["closed_at"] is None for s in opened.way)
    if decision.status != TraffickingStatus.NOT_ESTABLISHED or hasattr(decision, "replaced_by"):
        return ""
    if is_open or not may_ask(opened):
        return ""
    return _days_left(decision, opened)


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "answer": reading.get_answer_display(), "agency": str(reading.reader.agency),
        "reasons": reading.reasons, "differs_because": reading.differs_because,
        "is_override": reading.is_override,
        "grounds": [Ground(code).label for code in reading.grounds],
    }  # fmt: skip


def _law(decision: Decision) -> list[dict[str, Any]]:
    """Return the texts applied, with the days they were in force, as the decision kept them."""
    return [
        {"words": f"{o['statute']} {o['article']}: {_(o['title'])}", "verified": o["verified"],
         "from": o["in_force"]["from"], "to": o["in_force"]["to"]}
        for o in decision.outcome["offences"] if o["finding"] == "met"
    ]  # fmt: skip


def may_ask(opened: OpenCase) -> bool:
    """Return whether the officer's role asks again at all."""
    return opened.officer.role in policies.WHO_ASK_AGAIN


def _days_left(decision: Decision, opened: OpenCase) -> str:
    last = last_day_to_ask_again(clock.today_of(decision.decided_at))
    left, day = (last - clock.today_of(opened.now)).days, date_format(last, "DATE_FORMAT")
    if left < 0:
        return _(
            "The time to ask again ended on %(day)s. Later it needs an exceptional reason."
        ) % {"day": day}
    if left == 0:
        return _("Today is the last day to ask again in time.")
    return ngettext(
        "%(left)d day left to ask again, until %(day)s.",
        "%(left)d days left to ask again, until %(day)s.",
        left,
    ) % {"left": left, "day": day}


@login_required
@require_http_methods(["GET", "POST"])
def reconsideration(request: HttpRequest, number: str) -> HttpResponse:
    """Show the decision that stands and why it is asked again, or take the asking."""
    opened = opened_case(request, number, purposes=DECIDED_UNDER)
    decision = _to_ask_again(opened)
    file = queries.open_file_of(opened.case)
    form = _form(request, opened, decision) if file is None else None
    if form is not None and form.is_valid():
        with told_in(form):
            services.ask_again(
                decision=decision, by=opened.officer, at=opened.now, **form.cleaned_data
            )
        if not form.errors:
            messages.success(request, _(
                "Asked. Officers who have not read it before read it now. Help goes on."
            ))  # fmt: skip
            return redirect("determination:reconsideration", number)
    context = opened.frame() | {
        "form": form, "asked": _asked(file) if file else None,
        "left": _days_left(decision, opened), "may_read": Purpose.DETERMINATION in opened.purposes,
        "decision": decision_in_words(decision, [], opened),
    }  # fmt: skip
    return render(request, "determination/reconsideration.html", context)


def _to_ask_again(opened: OpenCase) -> Decision:
    """Return the negative decision that stands; 404 where there is none."""
    standing = next(iter(queries.decisions_of(opened.case)), None)
    if standing is None or standing.status != TraffickingStatus.NOT_ESTABLISHED:
        raise Http404
    return standing


def _form(request: HttpRequest, opened: OpenCase, decision: Decision) -> AskAgainForm | None:
    if not may_ask(opened):
        return None
    last = last_day_to_ask_again(clock.today_of(decision.decided_at))
    return AskAgainForm(request.POST or None, is_late=clock.today_of(opened.now) > last)


def _asked(file: DeterminationFile) -> dict[str, Any]:
    return {
        "day": file.opened_at, "grounds": [GroundToAskAgain(g).label for g in file.asked_grounds],
        "because": file.asked_because, "late_because": file.late_because,
    }  # fmt: skip
