"""Runs of the estimators; a number never stands without interval, model and assumption."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.core.wrong_input import WrongInput
from mekhala.population.estimates import queries, services
from mekhala.population.estimates.models import EstimateRun, Method
from mekhala.population.linkage import policies as counting
from mekhala.population.linkage import queries as linkage
from mekhala.web import charts
from mekhala.web.casework.counting import statisticians_only
from mekhala.web.casework.estimates.forms import RunForm

PAGE = 50


@require_safe
@statisticians_only
def runs(request: HttpRequest) -> HttpResponse:
    """List the runs, without their numbers."""
    page = Paginator(queries.runs(), PAGE).get_page(request.GET.get("page"))
    return render(request, "estimates/runs.html", {"runs": page})


@require_http_methods(["GET", "HEAD", "POST"])
@statisticians_only
def new(request: HttpRequest) -> HttpResponse:
    """Ask for estimates on the latest overlap table."""
    table = linkage.latest_table()
    form = RunForm(request.POST or None)
    if table and request.method == "POST" and form.is_valid():
        try:
            run = services.ask_run(table, **form.cleaned_data, by=request.user, at=timezone.now())
        except WrongInput as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("estimates:run", pk=run.pk)
    status = 422 if form.errors else 200
    page = {"form": form, "table": table, "people": charts.whole(table.people) if table else ""}
    return render(request, "estimates/new.html", page, status=status)


@require_safe
@statisticians_only
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one run: methods side by side, what they rest on, how to repeat it."""
    found = get_object_or_404(queries.runs(), pk=pk)
    estimates = queries.estimates_of(found)
    page = {
        "run": found, "seen": charts.whole(found.table.people),
        "may_leave": counting.may_leave(found.table.people),
        "estimates": [_told(e) for e in estimates],
        "reasons": queries.reasons_of(found), "agreement": (found.result or {}).get("agreement"),
        "command": queries.command_that_repeats(found, f"overlaps-{found.table_id}.csv"),
        "chart": _chart(found, estimates) if estimates and not queries.reasons_of(found) else None,
        "rows": [_row(e) for e in estimates],
    }  # fmt: skip
    return render(request, "estimates/run.html", page)


def _told(estimate: dict[str, Any]) -> dict[str, Any]:
    return estimate | {"name": _name(estimate)}


def _name(estimate: dict[str, Any]) -> str:
    known = dict(Method.choices)
    return str(known.get(estimate["method"], estimate["method"]))


def _number(value: float | None) -> dict[str, Any]:
    words = _("No finite number") if value is None else charts.whole(value)
    return {"text": words, "numeric": True}


def _row(estimate: dict[str, Any]) -> list[object]:
    return [
        _name(estimate), _number(estimate["estimate"]), _number(estimate["low"]),
        _number(estimate["high"]), estimate["model"], estimate["covers"],
    ]  # fmt: skip


def _chart(found: EstimateRun, estimates: list[dict[str, Any]]) -> charts.Chart:
    rows = [
        charts.Interval(
            name=_name(e), point=e["estimate"], low=e["low"], high=e["high"],
            because=_("No finite number: see the warnings"),
        )
        for e in estimates
    ]  # fmt: skip
    told = [
        _("%(name)s: from %(low)s to %(high)s") % {
            "name": r.name, "low": charts.whole(r.low), "high": charts.whole(r.high)
        }
        for r in rows if r.low is not None and r.high is not None
    ]  # fmt: skip
    says = (
        _("People in all, seen and never seen, by each method, from zero.") + " " + "; ".join(told)
    )
    notes = [
        _("People on at least one list: %(seen)s. Lists: %(lists)s.") % {
            "seen": charts.whole(found.table.people), "lists": ", ".join(found.table.lists),
        },
        _("Intervals of %(level)s %%: %(kinds)s. Run %(run)s, %(day)s.") % {
            "level": f"{found.level * 100:g}", "run": f"R-{found.pk}",
            "kinds": ", ".join(dict.fromkeys(e["interval"] for e in estimates)),
            "day": date_format(found.done_at or found.asked_at),
        },
    ]  # fmt: skip
    return charts.intervals("methods", says, rows, notes=notes)
