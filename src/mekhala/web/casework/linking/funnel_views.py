"""How far the cases of people came, by the year of their first record: page, chart and file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mekhala.core.matching.attrition import Stage, Why
from mekhala.core.table_cells import csv_text
from mekhala.population.linkage.models import Settlement
from mekhala.population.linkage.runs import queries
from mekhala.web import charts
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.counting import statisticians_only
from mekhala.web.casework.linking.words import STAGES, WHYS, cohort

HEAD = ("cohort", "people", "stage", "seen", "not_seen", "what_not_seen_means",
        "seen_at_the_stage_before_too", "not_seen_at_the_stage_before", "note")  # fmt: skip


@require_safe
@statisticians_only
def funnel(request: HttpRequest) -> HttpResponse:
    """Show the funnel of the last settled run."""
    found = queries.last_settlement()
    page: dict[str, Any] = {"settlement": found}
    if found is not None and found.funnel["cohorts"]:
        page |= {
            "chart": chart_of(found), "cohorts": [_table(one) for one in found.funnel["cohorts"]],
            "head": _head(), "people": _count(found.funnel["people"]),
            "closed": str(found.funnel["closed"]), "follow_up": found.funnel["follow_up"],
            "smallest": found.funnel["threshold"] - 1,
        }  # fmt: skip
    return render(request, "linking/funnel.html", page)


@require_safe
@statisticians_only
@copy_taken
def as_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Hand out the same figures as CSV, with the same hidden and the same gaps."""
    found = queries.last_settlement()
    if found is None:
        raise Http404
    answer = HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="funnel.csv"'
    return answer


def as_csv(found: Settlement) -> str:
    """Return a row for each stage of each cohort; an empty count has its reason in the note."""
    rows = [
        [one["name"], _cell(one["people"]), s["stage"], _cell(s["seen"]),
         _cell(s["unseen"]), s["why"], _cell(s["came_on"]), _cell(s["out_of_order"]), _note(s)]
        for one in found.funnel["cohorts"] for s in one["steps"]
    ]  # fmt: skip
    return "\ufeff" + csv_text([list(HEAD), *rows])


def chart_of(found: Settlement) -> charts.Chart:
    """Return the cohorts as stacked rows: seen, still open, not known and not seen apart."""
    rows = []
    for one in found.funnel["cohorts"]:
        rows.append(charts.Parts(name=_named(one), is_heading=True))
        rows += [
            charts.Parts(name=str(STAGES[Stage(s["stage"])]), parts=_parts(s)) for s in one["steps"]
        ]
    says = _("How many people of each year's cohort were seen at each stage, from lists of "
             "%(stages)s stages; gaps are drawn as gaps")  # fmt: skip
    notes = [
        _("Filled: seen at the stage. Dashed: still open. Dotted: not known, lists or years are "
          "missing. Empty: not seen."),
        _("Source: lists linked in run %(run)s. Cohort: the year of a person's first record.") % {
            "run": found.run.number,
        },
        _("Counted %(day)s after review. Counts, no estimate: there is no interval.") % {
            "day": date_format(timezone.localtime(found.at)),
        },
    ]  # fmt: skip
    return charts.stacked("funnel", says % {"stages": _stages_told(found)}, rows, notes=notes)


def _stages_told(found: Settlement) -> int:
    return len({one["stage"] for one in found.run.lists if one["stage"] in Stage})


def _parts(step: dict[str, Any]) -> list[tuple[str, int | None, str]]:
    if step["why"] == Why.NO_REPORT:
        return []
    unseen = str(WHYS[Why(step["why"])])
    return [("seen", step["seen"], _("Seen")), (step["why"], step["unseen"], unseen)]


def _head() -> list[Any]:
    numeric = [_("Seen"), _("Of them seen at the stage before"),
               _("Of them not seen at the stage before"), _("Not seen")]  # fmt: skip
    return [_("Stage"), *({"text": words, "numeric": True} for words in numeric),
            _("What not seen means")]  # fmt: skip


def _table(one: dict[str, Any]) -> dict[str, Any]:
    return {"caption": _named(one), "rows": [_row(step) for step in one["steps"]]}


def _named(one: dict[str, Any]) -> str:
    said = {"cohort": cohort(one["name"]), "people": _count(one["people"])}
    return _("%(cohort)s: %(people)s people") % said


def _row(step: dict[str, Any]) -> list[Any]:
    gap = step["why"] == Why.NO_REPORT
    counts = [step["seen"], step["came_on"], step["out_of_order"], step["unseen"]]
    return [
        str(STAGES[Stage(step["stage"])]),
        *({"text": _("no report") if gap else _told(step, n, place), "numeric": True}
          for place, n in enumerate(counts)),
        str(WHYS[Why(step["why"])]),
    ]  # fmt: skip


def _told(step: dict[str, Any], count: int | None, place: int) -> str:
    """A count; a stage before that nobody reports on, or that there is none, is said as such."""
    if place in (1, 2) and not step["tells_before"]:
        return _("not known") if step["stage"] != Stage.IDENTIFIED else ""
    return _count(count)


def _count(count: int | None) -> str:
    return _("Hidden for privacy") if count is None else charts.whole(count)


def _cell(count: int | None) -> str:
    return "" if count is None else str(count)


def _note(step: dict[str, Any]) -> str:
    if step["why"] == Why.NO_REPORT:
        return "no report"
    return "hidden for privacy" if step["seen"] is None else ""
