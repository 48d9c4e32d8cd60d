"""The authority's file: its facts and the matrix."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mekhala.pathway.determination import queries, services
from mekhala.pathway.determination.models import DeterminationFile
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.determination.forms import ConductForm, FindingForm
from mekhala.web.casework.determination.matrix import table
from mekhala.web.casework.determination.words import (
    facts_in_words,
    outcome_in_words,
)
from mekhala.web.casework.refusals import told_in

DECIDED_UNDER = (Purpose.DETERMINATION, Purpose.REGISTRATION)


def _file_of(request: HttpRequest, number: str) -> tuple[OpenCase, DeterminationFile]:
    """Return the case and its newest file; 404 where the officer is not of the authority."""
    opened = opened_case(request, number, purposes=[Purpose.DETERMINATION])
    file = queries.newest_file_of(opened.case)
    if file is None:
        raise Http404
    file.case = opened.case
    return opened, file


@login_required
def facts(request: HttpRequest, number: str) -> HttpResponse:
    """Show each fact with every source beside it, and keep when it happened."""
    opened, file = _file_of(request, number)
    dated = {"conduct_from": file.conduct_from, "conduct_to": file.conduct_to}
    form = ConductForm(request.POST or None, initial=dated)
    if form.is_valid():
        with told_in(form):
            services.record_conduct(
                file=file, by=opened.officer, at=opened.now, **form.cleaned_data
            )
        if not form.errors:
            messages.success(request, _("The dates were recorded."))
            return redirect("determination:facts", number)
    kept = facts_in_words(queries.findings_of(file))
    context = opened.frame(request.path) | {"facts": kept, "form": form, "file": file}
    return render(request, "determination/facts.html", context)


@login_required
def new_fact(request: HttpRequest, number: str) -> HttpResponse:
    """Add one fact as one source has it."""
    opened, file = _file_of(request, number)
    form = FindingForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if form.is_valid():
        with told_in(form):
            services.record_finding(file=file, by=opened.officer, at=opened.now, **form.told())
        if not form.errors:
            messages.success(request, _("The fact was added."))
            return redirect("determination:facts", number)
    return render(request, "determination/new_fact.html", opened.frame() | {"form": form})


@login_required
@require_GET
def matrix(request: HttpRequest, number: str) -> HttpResponse:
    """Show what the sources say about each element."""
    opened, file = _file_of(request, number)
    findings = queries.findings_of(file)
    outcome = queries.assessment(file, findings)
    context = opened.frame(request.path) | {
        "matrix": table(findings, outcome), "outcome": outcome_in_words(outcome),
    }  # fmt: skip
    return render(request, "determination/matrix.html", context)
