"""How the clock of a question ran, and changing it with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from mekhala.pathway.determination import clock, queries, services
from mekhala.pathway.determination.models import ClockChange, DeterminationFile
from mekhala.web.casework.cases.frame import OpenCase
from mekhala.web.casework.cases.listing import day_and_time
from mekhala.web.casework.determination import reading_words as words
from mekhala.web.casework.determination.clock_forms import (
    EndMinimumForm,
    ExtendForm,
    GoOnForm,
    PauseForm,
)
from mekhala.web.casework.determination.reading_views import paused_for, question_of
from mekhala.web.casework.refusals import told_in


@dataclass(frozen=True)
class Change:
    """One way to change a clock: its form, its act, and the words of its button."""

    form: type[forms.Form]
    act: Callable[..., ClockChange]
    title: Any
    button: Any


CHANGES = {
    "pause": Change(PauseForm, services.pause, _lazy("Pause"), _lazy("Pause the clock")),
    "go_on": Change(GoOnForm, services.let_go_on, _lazy("Go on"), _lazy("Let the clock go on")),
    "extend": Change(ExtendForm, services.extend, _lazy("More time"), _lazy("Give more time")),
    "end_minimum": Change(
        EndMinimumForm, services.end_minimum, _lazy("End the time to recover"),
        _lazy("End it at the person's wish"),
    ),
}  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def clock_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show every change of the clock with its reason, and take another."""
    asked = question_of(request, number)
    opened, file = asked.opened, asked.file
    name = request.POST.get("act", "")
    if request.method == "POST" and name not in CHANGES:
        raise Http404
    changed = CHANGES[name].form(request.POST, prefix=name) if name in CHANGES else None
    if changed is not None and changed.is_valid():
        with told_in(changed):
            given = {"by": opened.officer, "at": opened.now, **changed.cleaned_data}
            CHANGES[name].act(file=file, **given)
        if not changed.errors:
            messages.success(request, _("The change of the clock was recorded."))
            return redirect("determination:clock", number)
    context = opened.frame() | {
        "file": file, "clock": words.of_file(file, paused_for=paused_for(opened), now=opened.now),
        "changes": _changes(opened), "acts": _acts(opened, file, name, changed),
        "form": changed,
    }  # fmt: skip
    return render(request, "determination/clock.html", context)


def _acts(
    opened: OpenCase, file: DeterminationFile, chosen: str, bound: forms.Form | None
) -> list[dict[str, Any]]:
    """Return the changes that make sense as the clock stands now, each with its form."""
    names: list[str] = []
    if file.closed_at is None:
        names = ["go_on"] if file.paused_at else ["pause", "extend"]
        names += ["end_minimum"] if clock.is_too_early(file, at=opened.now) else []
    if bound is not None and chosen not in names:
        names.append(chosen)  # its refusal is told where it was asked
    return [
        {"name": name, "title": CHANGES[name].title, "button": CHANGES[name].button,
         "form": bound if name == chosen else CHANGES[name].form(prefix=name)}
        for name in names
    ]  # fmt: skip


def _changes(opened: OpenCase) -> list[dict[str, Any]]:
    """Return what happened to the clocks of the case, the newest first."""
    return [
        {
            "title": f"{change.file.get_stage_display()}: {change.get_act_display()}",
            "byline": change.get_reason_display(), "at": change.changed_at,
            "when": day_and_time(change.changed_at), "text": _text(change),
        }
        for change in queries.clock_changes_of(opened.case)
    ]  # fmt: skip


def _text(change: ClockChange) -> str:
    if change.due_on == change.due_before:
        return change.because
    told = {"because": change.because, "day": date_format(change.due_on, "DATE_FORMAT")}
    return _("%(because)s From here on to be answered by %(day)s.") % told
