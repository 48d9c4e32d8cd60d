"""The evidence in the authority's file: facts side by side, and the tellings they come from."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mekhala.pathway.determination import queries, services
from mekhala.pathway.determination.models import DeterminationFile, Source
from mekhala.web.casework.cases.frame import OpenCase
from mekhala.web.casework.determination.evidence_forms import (
    ConductForm,
    FactsFilter,
    FindingForm,
    SourceForm,
    StatementForm,
)
from mekhala.web.casework.determination.evidence_words import (
    asked_in_words,
    facts_in_words,
    said_by,
)
from mekhala.web.casework.determination.opened_file import framed, opened_file
from mekhala.web.casework.determination.tellings import changes, how_told, names_of, said_in
from mekhala.web.casework.refusals import told_in

READ_AND_WRITE = require_http_methods(["GET", "POST"])


@login_required
@READ_AND_WRITE
def facts(request: HttpRequest, number: str) -> HttpResponse:
    """Show each fact with all that is said of it, and keep when it happened."""
    opened, file = opened_file(request, number)
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
    page = _facts_page(opened, file, request) | {"form": form}
    return render(request, "determination/facts.html", page)


def _facts_page(opened: OpenCase, file: DeterminationFile, request: HttpRequest) -> dict[str, Any]:
    findings, sources = queries.findings_of(file), queries.sources_of(file)
    narrowed, names = FactsFilter(request.GET), names_of(sources)
    shown = [finding for finding in findings if narrowed.picks(finding.source)]
    return framed(
        opened, file, request.path, narrowed=narrowed,
        facts=facts_in_words(findings, sources, shown=shown),
        tellings=[(source.pk, names[source.pk]) for source in sources],
        changes=changes(sources, said_in(findings)),
        asked=asked_in_words(queries.requests_of(file), file),
    )  # fmt: skip


@login_required
@READ_AND_WRITE
def new_source(request: HttpRequest, number: str) -> HttpResponse:
    """Record one telling; its facts come next."""
    opened, file = opened_file(request, number)
    earlier = queries.sources_of(file)
    form = SourceForm(request.POST or None, earlier=earlier, initial=_follows(request, earlier))
    if form.is_valid():
        with told_in(form):
            kept = services.record_source(
                file=file, by=opened.officer, at=opened.now, **form.told()
            )
        if not form.errors:
            messages.success(request, _("The telling was recorded. Add what it says."))
            return redirect("determination:statement", number, kept.pk)
    return render(request, "determination/new_source.html", framed(opened, file, form=form))


def _follows(request: HttpRequest, earlier: list[Source]) -> dict[str, str]:
    """Return what is known of a further telling: which one it follows, and who tells."""
    asked = request.GET.get("follows", "")
    first = next((source for source in earlier if str(source.pk) == asked), None)
    return {"follows": asked, "who": first.who} if first else {}


@login_required
@require_GET
def source(request: HttpRequest, number: str, source_id: int) -> HttpResponse:
    """Show one telling: how it came to the file and all that it says."""
    opened, file = opened_file(request, number)
    sources = queries.sources_of(file)
    told, names = _telling(sources, source_id), names_of(sources)
    later = next((s for s in sources if s.follows_id == told.pk), None)
    page = framed(
        opened, file, telling=told, name=names[told.pk], rows=how_told(told), later=later,
        facts=said_by(told, queries.findings_of(file)), names=names,
        later_name=names[later.pk] if later else "",
        earlier_name=names.get(told.follows_id, "") if told.follows_id else "",
    )  # fmt: skip
    return render(request, "determination/source.html", page)


def _telling(sources: list[Source], pk: int) -> Source:
    """Return one of the tellings about the person; 404 for any other."""
    found = next((one for one in sources if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


@login_required
@READ_AND_WRITE
def statement(request: HttpRequest, number: str, source_id: int) -> HttpResponse:
    """Record all the facts of one telling on one page."""
    opened, file = opened_file(request, number)
    sources = queries.sources_of(file)
    told = _telling(sources, source_id)
    spoken = {f.code for f in queries.findings_of(file) if f.source_id == told.pk}
    form = StatementForm(request.POST or None, without=spoken, wanted=request.GET.get("code", ""))
    if form.is_valid():
        with told_in(form):
            services.record_findings(
                file=file, source=told, told=form.told(), by=opened.officer, at=opened.now
            )
        if not form.errors:
            messages.success(request, _("The facts were added."))
            return redirect("determination:source", number, told.pk)
    page = framed(opened, file, form=form, telling=told, name=names_of(sources)[told.pk])
    return render(request, "determination/statement.html", page | {"spoken": bool(spoken)})


@login_required
@READ_AND_WRITE
def new_fact(request: HttpRequest, number: str) -> HttpResponse:
    """Add one fact as one telling has it."""
    opened, file = opened_file(request, number)
    sources = queries.sources_of(file)
    wanted = {"code": request.GET.get("code", "")}
    form = FindingForm(request.POST or None, sources=sources, initial=wanted)
    if form.is_valid():
        with told_in(form):
            services.record_finding(file=file, by=opened.officer, at=opened.now, **form.told())
        if not form.errors:
            messages.success(request, _("The fact was added."))
            return redirect("determination:facts", number)
    page = framed(opened, file, form=form, has_tellings=bool(sources))
    return render(request, "determination/new_fact.html", page)
