"""Linkage runs: asked for, watched, reviewed by whom, closed, repeated."""

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
from mekhala.population.linkage import policies as counting
from mekhala.population.linkage.models import AT_WORK, LinkageRun, RunState
from mekhala.population.linkage.run_models import LINKED
from mekhala.population.linkage.runs import asking, queries, reviewing
from mekhala.population.linkage.runs.linking_tokens import is_of_tokens
from mekhala.safeguards.access.errors import ActRefused
from mekhala.web.casework.counting import statisticians_only
from mekhala.web.casework.linking import checking
from mekhala.web.casework.linking.forms import CloseForm, ReviewerForm, RunForm
from mekhala.web.casework.linking.words import STAGES
from mekhala.web.charts import whole

PAGE = 50


@require_safe
@statisticians_only
def runs(request: HttpRequest) -> HttpResponse:
    """List the runs, the latest first."""
    page = Paginator(queries.runs(), PAGE).get_page(request.GET.get("page"))
    return render(request, "linking/runs.html", {"runs": page})


@require_http_methods(["GET", "HEAD", "POST"])
@statisticians_only
def new(request: HttpRequest) -> HttpResponse:
    """Ask that lists be linked."""
    form = RunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = asking.ask_run(
                [one.pk for one in given["lists"]], threshold=given["threshold"],
                review_from=given["review_from"], seed=given["seed"], sample=given["sample"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except (ActRefused, WrongInput) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("linking:run", pk=made.pk)
    page = {"form": form, "has_lists": queries.lists_to_link().exists()}
    return render(request, "linking/new.html", page, status=422 if form.errors else 200)


@require_safe
@statisticians_only
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one run: how far it is, who reviews it, what came of it."""
    return _page(request, pk)


@require_POST
@statisticians_only
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that a run be done again."""
    again = _act(request, lambda: asking.repeat_run(_run(pk), by=request.user, at=timezone.now()))
    return redirect("linking:run", pk=again.pk if again else pk)


@require_POST
@statisticians_only
def name_reviewer(request: HttpRequest, pk: int) -> HttpResponse:
    """Name an officer to review the pairs of a run."""
    form = ReviewerForm(request.POST, auto_id="reviewer_%s")
    if form.is_valid():
        try:
            reviewing.name_reviewer(
                _run(pk), form.cleaned_data["username"], by=request.user, at=timezone.now()
            )
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The reviewer is named."))
            return redirect("linking:run", pk=pk)
    return _page(request, pk, form=form, status=422)


@require_POST
@statisticians_only
def end_reviewer(request: HttpRequest, pk: int, reviewer: int) -> HttpResponse:
    """End an officer's reading of a run."""
    found = get_object_or_404(queries.reviewers_of(_run(pk)), pk=reviewer)
    _act(request, lambda: reviewing.end_reviewer(found, by=request.user, at=timezone.now()))
    return redirect("linking:run", pk=pk)


@require_POST
@statisticians_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the review of a run."""
    form = CloseForm(request.POST)
    leave = form.is_valid() and form.cleaned_data["leave_rest"]
    said = _("The review is closed. The people are counted now; open this page again in a minute.")
    _act(
        request, said=said,
        act=lambda: reviewing.close_review(
            _run(pk), leave_rest=leave, by=request.user, at=timezone.now()
        ),
    )  # fmt: skip
    return redirect("linking:run", pk=pk)


def _run(pk: int) -> LinkageRun:
    return get_object_or_404(queries.runs(), pk=pk)


def _act(request: HttpRequest, act: Callable[[], Any], said: str = "") -> Any:
    """Do one act; say that it is done, or why it is refused."""
    try:
        done = act()
    except ActRefused as refusal:
        messages.error(request, str(refusal))
        return None
    if said:
        messages.success(request, said)
    return done


def _page(
    request: HttpRequest, pk: int, *, form: ReviewerForm | None = None, status: int = 200
) -> HttpResponse:
    found = _run(pk)
    is_linked = found.state in LINKED
    settlement = getattr(found, "settlement", None) if found.state == RunState.SETTLED else None
    page = {
        "run": found, "is_open": found.state in AT_WORK, "is_linked": is_linked,
        "is_in_review": found.state == RunState.REVIEW,
        "figures": _figures(found), "far": _far(found), "lists": _lists(found),
        "progress": queries.progress_of(found) if is_linked else None,
        "reviewers": list(queries.reviewers_of(found)) if is_linked else [],
        "form": form or ReviewerForm(auto_id="reviewer_%s"), "close_form": CloseForm(),
        "same": queries.came_out_the_same(found),
        "settlement": settlement, "reviewed": _reviewed(settlement),
        "people": whole(settlement.people) if settlement else "",
        "may_leave": settlement is not None and counting.may_leave(settlement.people),
        "of_tokens": is_of_tokens(found), "at_home": "pairs_at_home" in found.figures,
        "checked": checking.page_of(settlement),
    }  # fmt: skip
    return render(request, "linking/run.html", page, status=status)


def _figures(run: LinkageRun) -> list[dict[str, str]]:
    named = {
        "records": _("Records"),
        "told_again": _("Rows that two files of one list tell alike, taken once"),
        "people": _("People by the linker"),
        "pairs": _("Pairs handed over"), "to_review": _("Pairs to review"),
        "unlinkable": _("Records that say too little to be linked"),
        "pairs_at_home": _("Pairs found by agencies at home"),
        "pairs_elsewhere": _("Pairs found at home with records that are not on these lists"),
        "drawn": _("Of the pairs to review, drawn to check the linkage"),
    }  # fmt: skip
    return [
        {"key": words, "value": whole(run.figures[name])}
        for name, words in named.items()
        if name in run.figures
    ]


def _lists(run: LinkageRun) -> list[list[Any]]:
    stages = {stage.value: str(words) for stage, words in STAGES.items()}
    return [
        [one["source"], {"text": whole(one["records"]), "numeric": True},
         stages.get(one["stage"], _("No stage of its own")),
         _("Each person once") if one["is_distinct"] else _("People may be on it twice")]
        for one in run.lists
    ]  # fmt: skip


def _far(run: LinkageRun) -> str:
    at = run.progress
    if not at or not at.get("total"):
        return ""
    return _("%(share)s %%") % {"share": 100 * at["done"] // at["total"]}


def _reviewed(settlement: Any) -> list[dict[str, str]]:
    if settlement is None:
        return []
    named = {
        "same": _("Same person"), "different": _("Different people"),
        "cannot_tell": _("Cannot tell"), "left": _("Left without an answer of two"),
        "against": _("Said to be the same, kept apart by another answer"),
    }  # fmt: skip
    return [{"key": words, "value": whole(settlement.reviewed[n])} for n, words in named.items()]
