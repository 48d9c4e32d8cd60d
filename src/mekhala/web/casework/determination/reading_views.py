"""One officer's reading: the question, what is known, the answer, a last look, the tie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mekhala.core.calendar.stages import last_day_to_ask_again
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import clock, policies, queries, rule, services
from mekhala.pathway.determination.errors import (
    DiffersWithoutReason,
    GroundsMissing,
    NotImpartial,
    ReasonsMissing,
    TieNotDenied,
)
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    FactRequest,
    Finding,
    TraffickingStatus,
)
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework import clocks
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.determination import reading_words as words
from mekhala.web.casework.determination.reading_forms import SCREENING, ReadingForm
from mekhala.web.casework.determination.words import outcome_in_words
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.meanings import of_fact

FIELD_OF: dict[type[Exception], str] = {
    GroundsMissing: "grounds", ReasonsMissing: "reasons", TieNotDenied: "no_tie",
    DiffersWithoutReason: "differs_because",
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One question with all that is known, as its reader has it before her or his eyes."""

    opened: OpenCase
    file: DeterminationFile

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """All that was found about the person, whichever question it was recorded for."""
        return queries.findings_of(self.file)

    @cached_property
    def outcome(self) -> dict[str, Any]:
        """What the rule gives."""
        return queries.assessment(self.file, self.findings)

    @cached_property
    def requests(self) -> Sequence[FactRequest]:
        """What is still asked for."""
        return queries.requests_of(self.file)

    @property
    def seen(self) -> str:
        """A mark of all this, carried by the form: what is added meanwhile changes it."""
        return words.as_seen(self.file, self.findings)

    def form(self, data: Any = None) -> ReadingForm:
        """Return the form of a reading at this stage, with ``data`` as it was posted."""
        wanted = words.wanted(self.outcome, self.requests)
        return ReadingForm(data, stage=self.file.stage, wanted=wanted)


def question_of(request: HttpRequest, number: str) -> Question:
    """Return the newest question about a case; 404 to whom the authority's file is not open."""
    opened = opened_case(request, number, purposes=[Purpose.DETERMINATION])
    file = queries.newest_file_for(opened.case, opened.officer)
    if file is None:
        raise Http404
    file.case = opened.case
    return Question(opened, file)


@login_required
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """Take one officer's reading; what another answered is never shown before the decision."""
    asked = question_of(request, number)
    if request.method == "POST":
        return _answered(request, asked)
    if asked.file.closed_at is not None:
        return redirect("determination:reasons", number)
    return _page(request, asked, asked.form())


def _answered(request: HttpRequest, asked: Question) -> HttpResponse:
    """Ask for facts, show what would be recorded, or record it once that was confirmed."""
    form, step = asked.form(request.POST), request.POST.get("step")
    if not form.is_valid() or step == "change" or _has_changed(request, asked, form):
        return _page(request, asked, form)
    act = _ask if form.asks_first else _record if step == "confirm" else _look_again
    try:
        with transaction.atomic():
            return act(request, asked, form)
    except (ActRefused, WrongInput) as refusal:
        form.add_error(FIELD_OF.get(type(refusal)), str(refusal))
    return _page(request, asked, form)


def _has_changed(request: HttpRequest, asked: Question, form: ReadingForm) -> bool:
    if request.POST.get("seen") == asked.seen:
        return False
    form.add_error(None, _(
        "Something was added to the file since you opened this page. Look at what is there now, "
        "then go on. What you typed is kept."
    ))  # fmt: skip
    return True


def _ask(request: HttpRequest, asked: Question, form: ReadingForm) -> HttpResponse:
    """Ask for each fact that was ticked; the file waits for the answers."""
    given, file = form.cleaned_data, asked.file
    whom = file.screened_by if given["asked_of"] == SCREENING else None
    for code in given["codes"]:
        services.ask_for_fact(
            file=file, code=code, question=given["question"], asked_of=whom,
            by=asked.opened.officer, at=asked.opened.now,
        )  # fmt: skip
    messages.success(request, _("Asked. The file waits for the answers; help does not wait."))
    return redirect("determination:decision", file.case_id)


def _look_again(request: HttpRequest, asked: Question, form: ReadingForm) -> HttpResponse:
    """Show what would be recorded, before it is."""
    told, opened = form.told(), asked.opened
    told["answer"] = TraffickingStatus(told["answer"])
    policies.check_reading(opened.officer, asked.file, asked.outcome, at=opened.now, **told)
    leaves = rule.leaves_rule(asked.outcome, stage=asked.file.stage, answer=told["answer"])
    context = opened.frame() | form.in_words() | {
        "form": form, "seen": asked.seen, "leaves_rule": leaves, "stays": _stays(opened.now),
        "question": words.question_in_words(asked.file),
    }  # fmt: skip
    return render(request, "determination/check_reading.html", context)


def _stays(now: datetime) -> dict[str, str]:
    last = last_day_to_ask_again(clocks.today_of(now))
    return {"until": date_format(last, "DATE_FORMAT")}


def _record(request: HttpRequest, asked: Question, form: ReadingForm) -> HttpResponse:
    check_fresh_sign_in(request)
    decided = services.record_reading(
        file=asked.file, by=asked.opened.officer, at=asked.opened.now, **form.told()
    )
    if decided is None:
        messages.success(request, _("Your reading was recorded. You cannot change it."))
        return redirect("determination:decision", asked.file.case_id)
    messages.success(request, _decided(decided))
    return redirect("determination:reasons", asked.file.case_id)


def _decided(decision: Decision) -> str:
    status = {"status": decision.get_status_display()}
    return _("Two readings agree: %(status)s. The decision was recorded.") % status


def _page(request: HttpRequest, asked: Question, form: ReadingForm) -> HttpResponse:
    """Show the question; an officer who has read it sees the own reading, no other."""
    file, opened = asked.file, asked.opened
    may_read = form.is_bound or getattr(file, "may_be_read", False)
    own = None if may_read else queries.own_reading(file, opened.officer)
    context = opened.frame(request.path) | {
        "form": form if may_read else None, "own": own, "seen": asked.seen,
        "question": words.question_in_words(file),
        "clock": words.of_file(file, paused_for=paused_for(opened), now=opened.now),
        "waits": file.paused_at is not None or clock.is_too_early(file, at=opened.now),
        "refused": "" if may_read or own else str(NotImpartial()),
        "outcome": outcome_in_words(asked.outcome),
        "asked_for": _asked_for(asked),
        "what_next": _what_next(getattr(own, "reads", 1)) if own else "",
    }  # fmt: skip
    return render(request, "determination/decision.html", context)


def paused_for(opened: OpenCase) -> str | None:
    """Return the reason of the pause, from the steps of the case: no further query."""
    files = [step for step in opened.way if step.kind == "file"]
    return files[-1].details["paused_for"] if files else None


def _asked_for(asked: Question) -> list[dict[str, Any]]:
    return [
        {"fact": of_fact(r.code), "question": r.question, "since": r.asked_at,
         "whom": _("the officer who met the person") if r.asked_of else _("the authority")}
        for r in asked.requests
    ]  # fmt: skip


def _what_next(reads: int) -> str:
    """Return what follows one's own reading, without what anybody else answered."""
    if reads > 1:
        return _("The readings do not settle the question yet. A further officer reads the file.")
    return _("Another officer reads the file without seeing your answer.")


@login_required
@require_http_methods(["GET", "POST"])
def tie(request: HttpRequest, number: str) -> HttpResponse:
    """Declare a tie to somebody in the case: it closes to the officer at once."""
    asked = question_of(request, number)
    if asked.file.closed_at is not None:
        return redirect("determination:reasons", number)
    if request.method == "POST":
        services.declare_tie(file=asked.file, by=asked.opened.officer, at=asked.opened.now)
        messages.success(request, _(
            "Your tie was recorded. The case is closed to you, and other officers read it."
        ))  # fmt: skip
        return redirect("today")
    return render(request, "determination/tie.html", asked.opened.frame())
