"""Released tables for everybody: no cookies, no scripts, no free queries."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from mekhala.population.publication import queries
from mekhala.web import figures as reading
from mekhala.web.public.language import in_asked_language


@require_safe
@in_asked_language
def figures(request: HttpRequest) -> HttpResponse:
    """List the released tables."""
    tables = [(table, reading.in_words(table)) for table in queries.released()]
    return render(request, "public/figures.html", {"tables": tables})


@require_safe
@in_asked_language
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one released table: what is counted, bars, and the same as tables."""
    table = get_object_or_404(queries.released(), slug=slug)
    return render(request, "public/figure.html", reading.page_of(table))


@require_safe
@in_asked_language
def figure_csv(request: HttpRequest, slug: str, *, notes: bool = False) -> HttpResponse:  # noqa: ARG001
    """Hand one released table out as CSV."""
    table = get_object_or_404(queries.released(), slug=slug)
    answer = HttpResponse(
        reading.as_csv(table, with_notes=notes), content_type="text/csv; charset=utf-8"
    )
    name = f"{slug}-with-notes" if notes else slug
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


figures_urls = [
    path("figures/", figures, name="figures"),
    path(
        "figures/<slug:slug>-with-notes.csv",
        figure_csv,
        {"notes": True},
        name="figure_csv_with_notes",
    ),
    path("figures/<slug:slug>.csv", figure_csv, name="figure_csv"),
    path("figures/<slug:slug>/", figure, name="figure"),
]
