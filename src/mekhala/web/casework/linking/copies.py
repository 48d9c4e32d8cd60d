"""What leaves a run: its model, and whom it found to be one person, by number."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from mekhala.core.table_cells import csv_text
from mekhala.population.linkage import policies as counting
from mekhala.population.linkage.models import LinkageRun, RunState
from mekhala.population.linkage.run_models import LINKED
from mekhala.population.linkage.runs import queries, sampling, settling
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.counting import statisticians_only

CSV_TYPE = "text/csv; charset=utf-8"


@require_safe
@statisticians_only
@copy_taken
def model(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out the model a run was done with, for ``mekhala link --model``."""
    run = get_object_or_404(LinkageRun, pk=pk, state__in=LINKED)
    return _file(run.model, f"model-{run.number}.json", "application/json")


@require_safe
@statisticians_only
@copy_taken
def people(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out record, list and person by number, for ``mekhala estimate mse --links``."""
    from mekhala.core.estimation.link_records import PEOPLE

    rows = ([str(r), source, str(p)] for r, source, p in settling.settled(_run(pk)))
    return _csv(PEOPLE, rows, f"people-{pk}.csv")


@require_safe
@statisticians_only
@copy_taken
def pairs(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out the pairs beside it, with the probability after review."""
    from mekhala.core.estimation.link_records import PAIRS

    rows = ([str(a), str(b), f"{chance:.6f}"] for a, b, chance in settling.links_of(_run(pk)))
    return _csv(PAIRS, rows, f"pairs-{pk}.csv")


@require_safe
@statisticians_only
@copy_taken
def checked(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out the checked sample, for ``mekhala estimate mse --links --checked``."""
    from mekhala.core.matching.review_file import text_of

    run = _run(pk)
    return _file(
        text_of(sampling.checked_of(run, settling.judged(run))), f"checked-{pk}.csv", CSV_TYPE
    )


def _run(pk: int) -> LinkageRun:
    """Return a settled run of as many people as may leave (R-94); others are not there."""
    run = get_object_or_404(queries.runs(), pk=pk, state=RunState.SETTLED)
    if not counting.may_leave(run.settlement.people):  # type: ignore[attr-defined]
        raise Http404
    return run


def _csv(head: tuple[str, ...], rows: Iterable[list[str]], name: str) -> HttpResponse:
    return _file(csv_text([list(head), *rows]), name, CSV_TYPE)


def _file(text: str, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
