"""The question of a stage, its clock and its standard of proof, in words for a page."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mekhala.core.calendar.stages import stage_rule
from mekhala.core.vocabulary.facts import facts
from mekhala.pathway.determination.models import (
    DeterminationFile,
    FactRequest,
    Finding,
    Stage,
)
from mekhala.web.casework import clocks

QUESTIONS = {
    Stage.REASONABLE_GROUNDS: _lazy(
        "On what is known, are there reasonable grounds to believe that this person is a victim "
        "of trafficking?"
    ),
    Stage.CONCLUSIVE_GROUNDS: _lazy(
        "On all that is known, is it more likely than not that this person is a victim of "
        "trafficking?"
    ),
}
STANDARDS = {
    "reasonable_grounds": _lazy("Standard of proof: lower than a balance of probabilities."),
    "balance_of_probabilities": _lazy("Standard of proof: balance of probabilities."),
}


def question_in_words(file: DeterminationFile) -> dict[str, Any]:
    """Return what is asked at the stage of a file, and by which standard it is judged."""
    rule = stage_rule(file.stage)
    return {
        "title": _("Your reading: %(stage)s") % {"stage": file.get_stage_display()},
        "question": QUESTIONS[Stage(file.stage)],
        "standard": STANDARDS[rule.standard],
        "verified": rule.verified,
        "again": file.asks_again_id is not None,
    }


def due_in_words(due_on: date) -> str:
    """Return by which day a question should be answered."""
    return _("To be answered by %(day)s.") % {"day": date_format(due_on, "l, j F Y")}


def of_file(file: DeterminationFile, *, paused_for: str | None, now: datetime) -> dict[str, Any]:
    """Return the clock panel of an open question."""
    today = clocks.today_of(now)
    words, kind = clocks.of_question(
        due_on=file.due_on, not_before=file.not_before, is_paused=file.paused_at is not None,
        paused_for=paused_for, today=today,
    )  # fmt: skip
    recovers = file.not_before is not None and today < file.not_before
    return {
        "title": file.get_stage_display(), "status": words, "kind": kind,
        "text": due_in_words(file.due_on),
        "recovers": clocks.recovery(file.not_before) if recovers and file.not_before else "",
    }  # fmt: skip


def wanted(outcome: Mapping[str, Any], requests: Iterable[FactRequest]) -> list[str]:
    """Return the facts that would settle what is open, but those asked for already.

    The fewest questions first where the rule says so; else each fact that can settle an element.
    """
    codes = [code for question in outcome.get("ask_next", ()) for code in question["codes"]]
    if not codes:
        codes = [c for e in outcome["palermo"]["elements"] for c in e.get("to_ask", ())]
    asked = {request.code for request in requests}
    return [
        c
        for c in dict.fromkeys([*codes, *outcome["sources_differ"]])
        if c in facts() and c not in asked
    ]


def as_seen(file: DeterminationFile, findings: Iterable[Finding]) -> str:
    """Return a mark of what a reader had before her or his eyes; any new fact changes it."""
    numbers = [finding.pk for finding in findings]
    newest = max(numbers, default=0)
    return f"{file.pk}.{len(numbers)}.{newest}.{file.conduct_from}.{file.conduct_to}"
