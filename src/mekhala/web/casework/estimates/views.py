"""Runs of the estimators; a number never stands without interval, model and assumption."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mekhala.core.wrong_input import WrongInput
from mekhala.population.estimates import policies, queries, services
from mekhala.population.estimates.models import ANSWERED, OPEN, EstimateRun
from mekhala.population.linkage import policies as counting
from mekhala.population.linkage import queries as linkage
from mekhala.safeguards.access.errors import ActRefused
from mekhala.web import charts
from mekhala.web.casework.counting import statisticians_only
from mekhala.web.casework.estimates import cautions, shown, words
from mekhala.web.casework.estimates.forms import RunForm
from mekhala.web.casework.linkage.views import matrix_of

PAGE = 50
OTHERS = 10


@require_safe
@statisticians_only
def runs(request: HttpRequest) -> HttpResponse:
    """List the runs, without their numbers."""
    page = Paginator(queries.runs(), PAGE).get_page(request.GET.get("page"))
    rows = [(run, queries.is_signed(run)) for run in page]
    return render(request, "estimates/runs.html", {"runs": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@statisticians_only
def new(request: HttpRequest) -> HttpResponse:
    """Ask for estimates on the latest overlap table."""
    table = linkage.latest_table()
    form = RunForm(request.POST or None, lists=len(table.lists) if table else 0)
    if table and request.method == "POST" and form.is_valid():
        try:
            run = services.ask_run(table, **form.cleaned_data, by=request.user, at=timezone.now())
        except WrongInput as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("estimates:run", pk=run.pk)
    status = 422 if form.errors else 200
    page = {
        "form": form, "table": table, "people": charts.whole(table.people) if table else "",
        "nested": linkage.nested(table.lists) if table else [],
    }  # fmt: skip
    return render(request, "estimates/new.html", page, status=status)


@require_safe
@statisticians_only
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one run: methods side by side, what they rest on, how to repeat it."""
    runs = queries.runs().annotate(nested=linkage.nested_in_table("table__lists"))
    found = get_object_or_404(runs, pk=pk)
    page = {
        "run": found, "seen": charts.whole(found.table.people),
        "is_open": found.state in OPEN, "is_answered": found.state in ANSWERED,
        "may_leave": counting.may_leave(found.table.people), "is_signed": queries.is_signed(found),
        "command": queries.command_that_repeats(found, f"overlaps-{found.table_id}.csv"),
        "far": _far(found), "others": queries.others_of(found)[:OTHERS],
        "repeats": [(r, shown.differing(r)) for r in found.repeats.all()[:OTHERS]],  # type: ignore[attr-defined]
        "signatures": found.signatures.select_related("by"),  # type: ignore[attr-defined]
        "why_not_signed": policies.why_not_signed(found, request.user),
        "reasons": shown.why_no_number(found), "nested": found.nested,  # type: ignore[attr-defined]
        **_panel(found),
    }  # fmt: skip
    return render(request, "estimates/run.html", page)


@require_POST
@statisticians_only
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that a run be worked out again and compared."""
    said = _("The run is worked out again. Open this page again in a minute.")
    return _act(request, pk, services.ask_repeat, said)


@require_POST
@statisticians_only
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a run that came out the same again."""
    return _act(request, pk, services.sign, _("You have signed this run."))


def _act(request: HttpRequest, pk: int, act: Callable[..., Any], said: str) -> HttpResponse:
    """Do one act on a run; say that it is done, or why it is refused."""
    found = get_object_or_404(queries.runs(), pk=pk)
    try:
        act(found, by=request.user, at=timezone.now())
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("estimates:run", pk=pk)


def _panel(found: EstimateRun) -> dict[str, Any]:
    """Everything that rests on numbers; nothing while there are none to show."""
    estimates, table = shown.estimates_of(found), linkage.as_overlaps(found.table)
    page = {
        "estimates": shown.told(estimates, table),
        "common": [cautions.told(w) for w in shown.common(estimates)],
        "agreement": (found.result or {}).get("agreement"),
        "differences": words.differences(estimates),
        "of_lists": shown.of_lists(found, estimates),
    }  # fmt: skip
    if not estimates or queries.reasons_of(found):
        return page
    return page | {
        "chart": shown.panel_chart(found, estimates),
        "rows": [shown.row(e, table) for e in estimates],
        "ties": shown.ties_chart(found), "ties_rows": shown.ties_rows(found),
        "matrix": matrix_of(found.table), "may_tell": policies.may_tell(found),
        "sentence": shown.sentence(found, estimates) if policies.may_tell(found) else "",
    }  # fmt: skip


def _far(found: EstimateRun) -> str:
    """How far a run is that is being worked out, in words; "" where nothing is known."""
    at = found.progress
    if not at:
        return ""
    return _("%(name)s, %(place)s of %(of)s: %(share)s %%") % {
        "name": words.name_of(at["method"]), "place": at["place"], "of": at["of"],
        "share": 100 * at["done"] // max(at["total"], 1),
    }  # fmt: skip
