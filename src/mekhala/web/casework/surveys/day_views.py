"""The days of a round: listed, entered, uploaded, corrected."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mekhala.core.wrong_input import WrongInput
from mekhala.population.surveys import policies, queries, services
from mekhala.population.surveys.day_files import REQUIRED
from mekhala.population.surveys.grades import Reason
from mekhala.population.surveys.models import DayTally, Round
from mekhala.safeguards.access.errors import ActRefused
from mekhala.web.casework.surveys import words
from mekhala.web.casework.surveys.door import put, readers_only
from mekhala.web.casework.surveys.forms import CorrectionForm, DayForm, UploadForm
from mekhala.web.charts import whole
from mekhala.web.officers import officer_of

PAGE = 50


@require_safe
@readers_only
def days(request: HttpRequest, pk: int) -> HttpResponse:
    """List a round's days; small counts only for who enters them."""
    officer = officer_of(request)
    of = get_object_or_404(queries.rounds_for(officer), pk=pk)
    board = queries.board(of, officer)
    rows = sorted(
        ((on, p.planned, tally) for p in board.posts for on, tally in p.days.items()),
        key=lambda row: (row[0], row[1].post.name),
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = {
        "round": of, "board": board, "page": page,
        "heads": words.day_heads(),
        "rows": [
            {"on": on, "post": planned.post.name, "cells": words.day_cells(tally),
             "version": tally.version if tally else None,
             "href": reverse("surveys:day", args=[pk, planned.pk, on.isoformat()])}
            for on, planned, tally in page
        ],
    }  # fmt: skip
    return render(request, "surveys/days.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the figures of one post and day."""
    officer, of = officer_of(request), _entered_by(request, pk)
    form = DayForm(request.POST or None, of=of)
    if request.method == "POST" and form.is_valid():
        post, on = form.cleaned_data["post"], form.cleaned_data["on"]
        try:
            services.enter_day(
                of=of, at_post=post, on=on, figures=form.figures(), by=officer, at=timezone.now()
            )
        except (ActRefused, WrongInput) as refusal:
            put(refusal, form)
        else:
            said = _("%(post)s, %(day)s: entered.")
            messages.success(request, said % {"post": post.post.name, "day": date_format(on)})
            return redirect("surveys:enter", pk=pk)
    status = 422 if form.errors else 200
    return render(request, "surveys/enter.html", {"form": form, "round": of}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a file of days, or take it whole."""
    officer, of = officer_of(request), _entered_by(request, pk)
    sent, only_check = request.method == "POST", "check" in request.POST
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    looked_at = ""
    if sent and form.is_valid():
        text, name = form.cleaned_data["file"]
        try:
            done = services.load_days(
                of=of, text=text, file_name=name, only_check=only_check, by=officer,
                at=timezone.now(),
            )  # fmt: skip
        except (ActRefused, WrongInput) as refusal:
            form.add_error("file", str(refusal))
        else:
            looked_at = _told(done, only_check=only_check)
            if not only_check:
                messages.success(request, looked_at)
                return redirect("surveys:days", pk=pk)
    page = {
        "form": form, "round": of, "looked_at": looked_at, "columns": REQUIRED,
        "posts": [p.post.name for p in of.posts.select_related("post")],
    }  # fmt: skip
    return render(request, "surveys/upload.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def day(request: HttpRequest, pk: int, at_post: int, on: str) -> HttpResponse:
    """Show every version of a post's day, and correct the latest."""
    officer, of = officer_of(request), _entered_by(request, pk)
    found = _versions(of, at_post, on)
    form = _correction(of, found[0], request.POST or None)
    if request.method == "POST" and form.is_valid():
        seen = next((v for v in found if v.pk == form.cleaned_data["seen"]), found[-1])
        try:
            services.correct_day(
                of=of, seen=seen, figures=form.figures(),
                reason=form.cleaned_data["reason"], by=officer, at=timezone.now(),
            )  # fmt: skip
        except (ActRefused, WrongInput) as refusal:
            put(refusal, form)
        else:
            messages.success(request, _("Corrected. What stood there before is below."))
            return redirect("surveys:day", pk=pk, at_post=at_post, on=on)
    page = _day_page(of, found, form)
    return render(request, "surveys/day.html", page, status=422 if form.errors else 200)


@require_POST
@readers_only
def take_back(request: HttpRequest, pk: int, at_post: int, on: str) -> HttpResponse:
    """Take back a day entered for the wrong post or day."""
    officer, of = officer_of(request), _entered_by(request, pk)
    found = _versions(of, at_post, on)
    seen = next((v for v in found if str(v.pk) == request.POST.get("seen")), found[-1])
    try:
        services.take_back_day(of=of, seen=seen, by=officer, at=timezone.now())
    except ActRefused as refusal:
        form = _correction(of, found[0])
        page = _day_page(of, found, form) | {"refused": str(refusal)}
        return render(request, "surveys/day.html", page, status=422)
    messages.success(request, _("Taken back. The day counts for nothing now."))
    return redirect("surveys:day", pk=pk, at_post=at_post, on=on)


def _correction(of: Round, latest: DayTally, given: Any = None) -> CorrectionForm:
    seen = queries.figures_of(latest)
    return CorrectionForm(given, of=of, seen=seen, initial={"seen": latest.pk})


def _entered_by(request: HttpRequest, pk: int) -> Round:
    """Return a round the officer enters days of; for others it is not there."""
    officer = officer_of(request)
    of = get_object_or_404(queries.rounds_for(officer), pk=pk)
    if not policies.may_enter(officer, of.frame):
        raise Http404
    return of


def _versions(of: Round, at_post: int, on: str) -> list[DayTally]:
    try:
        found = queries.versions(of, at_post, date.fromisoformat(on))
    except ValueError:
        raise Http404 from None
    if not found:
        raise Http404
    return found


def _day_page(of: Round, found: list[DayTally], form: CorrectionForm) -> dict[str, Any]:
    return {
        "round": of, "latest": found[0], "form": form,
        "is_taken_back": found[0].reason == Reason.TAKEN_BACK,
        "heads": words.day_heads(),
        "versions": [(v, words.day_cells(v), words.second_phase(v)) for v in found],
    }  # fmt: skip


def _told(done: services.Loaded, *, only_check: bool) -> str:
    told = {"added": done.added, "unchanged": done.unchanged, "people": whole(done.people)}
    if only_check:
        return _(
            "The file is whole: %(added)s new days with %(people)s people screened, %(unchanged)s "
            "that stand here just so. Nothing was taken yet."
        ) % told  # fmt: skip
    return (
        _("%(added)s days added with %(people)s people screened, %(unchanged)s as they were.")
        % told
    )
