"""The authority's file: a reading, and the decision with its reasons."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mekhala.pathway.determination import policies, queries, services
from mekhala.pathway.determination.errors import NotImpartial
from mekhala.pathway.determination.models import DeterminationFile
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework import clocks
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.determination.forms import ReadingForm
from mekhala.web.casework.determination.opened_file import opened_file
from mekhala.web.casework.determination.words import outcome_in_words, reasons_in_words
from mekhala.web.casework.refusals import told_in

DECIDED_UNDER = (Purpose.DETERMINATION, Purpose.REGISTRATION)


@login_required
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """Take one officer's reading; another officer's answer is never shown before the decision."""
    opened, file = opened_file(request, number)
    if file.closed_at is not None:
        return redirect("determination:reasons", number)
    form = ReadingForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            services.record_reading(file=file, by=opened.officer, at=opened.now, **form.told())
        if not form.errors:
            messages.success(request, _("Your reading was recorded. You cannot change it."))
            return redirect("determination:decision", number)
    return render(
        request, "determination/decision.html", _reading_page(opened, file, form, request)
    )


def _reading_page(
    opened: OpenCase, file: DeterminationFile, form: ReadingForm, request: HttpRequest
) -> dict[str, Any]:
    words, kind = clocks.in_words(file.due_on, today=clocks.today_of(opened.now))
    own = queries.own_reading(file, opened.officer)
    may_read = own is None and policies.is_impartial(opened.officer, file)
    return opened.frame(request.path) | {
        "form": form if may_read else None, "own": own, "clock": words, "clock_kind": kind,
        "refused": "" if may_read or own else str(NotImpartial()),
        "outcome": outcome_in_words(queries.assessment(file)),
        "reads": queries.reads_so_far(file) if own else None,
    }  # fmt: skip


@login_required
@require_GET
def reasons(request: HttpRequest, number: str) -> HttpResponse:
    """Show the decision as it was kept, with each finding as weighed on the day."""
    opened = opened_case(request, number, purposes=DECIDED_UNDER)
    kept = queries.standing_decision(opened.case)
    if kept is None:
        raise Http404
    context = opened.frame(request.path) | {
        "decision": kept, "outcome": outcome_in_words(kept.outcome),
        "weighed": reasons_in_words(kept.reasons),
        "readings": queries.readings_shown_to(kept.file, opened.officer)
        if Purpose.DETERMINATION in opened.purposes else [],
    }  # fmt: skip
    return render(request, "determination/reasons.html", context)
