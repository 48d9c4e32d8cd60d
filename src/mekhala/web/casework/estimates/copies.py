"""A run as a file: the report that stands alone, and the answer as JSON."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from mekhala.population.estimates import queries
from mekhala.population.estimates.models import EstimateRun
from mekhala.population.linkage import policies as counting
from mekhala.population.linkage import queries as linkage
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.counting import statisticians_only
from mekhala.web.casework.estimates.shown import estimates_of


@require_safe
@statisticians_only
@copy_taken
def report(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out a run as one HTML file (in English, as the library words it).

    How many people lists share stands in it only where their overlap table may leave (R-94).
    """
    from mekhala.core.estimation.report import Told
    from mekhala.core.estimation.report import report as written

    run = _answered(pk)
    told = Told(
        table=linkage.as_overlaps(run.table), estimates=estimates_of(run),
        agreement=(run.result or {}).get("agreement"), source=f"Run R-{run.pk}",
        command=queries.command_that_repeats(run, f"overlaps-{run.table_id}.csv"),
        made=date_format(timezone.localtime(run.done_at or run.asked_at), "j F Y"),
        overlaps=counting.may_leave(run.table.people),
    )  # fmt: skip
    return _file(written(told), f"estimates-R-{pk}.html", "text/html; charset=utf-8")


@require_safe
@statisticians_only
@copy_taken
def answer(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out the whole answer of a run as JSON, as the command line would print it."""
    text = json.dumps(_answered(pk).result, ensure_ascii=False, indent=2)
    return _file(text, f"estimates-R-{pk}.json", "application/json")


def _answered(pk: int) -> EstimateRun:
    """The run; one without estimates is not there as a file."""
    run = get_object_or_404(queries.runs(), pk=pk)
    if not queries.estimates_of(run):
        raise Http404
    return run


def _file(text: str, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
