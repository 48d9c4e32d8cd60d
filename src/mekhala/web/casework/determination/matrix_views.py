"""The matrix: what the tellings say about each element of a text of law."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mekhala.pathway.determination import queries
from mekhala.web.casework.determination.elements import PALERMO_KEY, choices, text_of
from mekhala.web.casework.determination.evidence_forms import FactsFilter
from mekhala.web.casework.determination.matrix import table
from mekhala.web.casework.determination.opened_file import framed, opened_file
from mekhala.web.casework.determination.tellings import changes, said_in
from mekhala.web.casework.determination.words import outcome_in_words


@login_required
@require_GET
def matrix(request: HttpRequest, number: str) -> HttpResponse:
    """Show each element with what every telling says about it, and what would settle it."""
    opened, file = opened_file(request, number)
    findings, sources = queries.findings_of(file), queries.sources_of(file)
    outcome = queries.assessment(file, findings)
    text = text_of(request.GET.get("article") or PALERMO_KEY, outcome)
    if text is None:
        raise Http404
    narrowed = FactsFilter(request.GET)
    drawn = table(
        text, sources, findings, differ=outcome["sources_differ"],
        requests=queries.requests_of(file) if file.closed_at is None else (),
        shown={source.pk for source in sources if narrowed.picks(source)},
    )  # fmt: skip
    page = framed(
        opened, file, request.path, matrix=drawn, text=text, texts=choices(outcome),
        narrowed=narrowed, changes=changes(sources, said_in(findings)),
        outcome=outcome_in_words(outcome),
    )  # fmt: skip
    return render(request, "determination/matrix.html", page)
