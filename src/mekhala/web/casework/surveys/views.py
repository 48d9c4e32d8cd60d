"""Surveys and their rounds: what was reached, what was found, and how it went on."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mekhala.population.surveys import policies, queries, services
from mekhala.population.surveys.errors import RoundClosed
from mekhala.population.surveys.grades import Grade
from mekhala.population.surveys.queries import Board
from mekhala.web.casework.surveys import drawing, words
from mekhala.web.casework.surveys.door import planners_only, readers_only
from mekhala.web.charts import whole
from mekhala.web.officers import officer_of


@require_safe
@readers_only
def surveys(request: HttpRequest) -> HttpResponse:
    """List surveys with their frames and rounds, without numbers."""
    officer = officer_of(request)
    frames = queries.frames_for(officer).prefetch_related("rounds")
    page = {
        "surveys": [(name, list(of)) for name, of in groupby(frames, key=lambda f: f.survey)],
        "may_plan": policies.may_plan(officer),
    }
    return render(request, "surveys/surveys.html", page)


@require_safe
@readers_only
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one round: whom it is about, how many, the shares, each post, the trend."""
    officer = officer_of(request)
    found = get_object_or_404(queries.rounds_for(officer), pk=pk)
    board = queries.board(found, officer)
    page = {
        "round": found, "frame": found.frame, "board": board,
        "may_plan": policies.may_plan(officer),
        "size": whole(found.frame.size) if found.frame.size else "",
        "shares": [words.share_told(share) for share in board.shares],
        "fallback": words.fallback(board),
        "totals": words.totals_rows(board.totals) if board.totals and board.totals.days else [],
        "confirmed": _confirmed(board),
        "posts": words.post_rows(board),
        **words.heads(),
        "of_frame": words.percent(board.coverage.of_frame),
        "found_a_day": _a_day(board.coverage.found_a_day),
        "refusal": words.percent(board.totals.refusal) if board.totals else "",
        "miss": words.percent(board.totals.miss) if board.totals else "",
        "drawn": drawing.drawn(board.trend),
        "trend": words.trend_rows(board.trend),
        "not_covered": words.not_covered(board.trend),
        "says": _says(board),
    }  # fmt: skip
    return render(request, "surveys/round.html", page)


@require_POST
@planners_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round."""
    officer = officer_of(request)
    found = get_object_or_404(queries.rounds_for(officer), pk=pk)
    try:
        services.close_round(of=found, by=officer, at=timezone.now())
    except RoundClosed:
        pass  # somebody else closed it a moment ago: the page says so
    else:
        messages.success(request, _("The round is closed. No day can be added."))
    return redirect("surveys:round", pk=pk)


def _a_day(found: float | None) -> str:
    return _("not known") if found is None else f"{found:.1f}"


def _confirmed(board: Board) -> list[list[object]]:
    """Return by grade how many the second phase looked at again, confirmed, and the share."""
    rows: list[list[object]] = []
    for grade, found in board.confirmed.items():
        if found is not None:
            interval = _("%(low)s to %(high)s") % {
                "low": words.percent(found.low), "high": words.percent(found.high),
            }  # fmt: skip
            cells = (whole(found.diagnostics["screened"]), whole(found.diagnostics["positive"]),
                     words.percent(found.estimate), interval)  # fmt: skip
            rows.append([str(Grade(grade).label), *(words.number(cell) for cell in cells)])
    return rows


def _says(board: Board) -> str:
    """Return what the drawing shows, for who does not see it."""
    told: list[Any] = [
        _("%(round)s: %(share)s (%(low)s to %(high)s)")
        % {"round": point.round.name, **words.share_told(point.either)}
        for point in board.trend if point.either
    ]  # fmt: skip
    start = _("Share with strong or some indications in each round, with its interval, from zero.")
    return f"{start} {'; '.join(told)}"
