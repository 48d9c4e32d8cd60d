"""The steps of a return as a table: who acts, by when, what is done, what is overdue."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mekhala.core.vocabulary.countries import country_name
from mekhala.pathway.repatriation.corridor import HOME, OURS
from mekhala.pathway.repatriation.models import Return, StepTakenBack
from mekhala.pathway.repatriation.queries import StepState


def side_name(one: Return, side: str) -> str:
    """Return the country a side stands for; *the other side* where it is not known."""
    code = HOME if side == OURS else one.country
    return country_name(code, get_language() or "en") if code else _("The other side")


def head() -> list[str]:
    """Return the heads of the columns."""
    return [_("Step"), _("Who acts"), _("By"), _("Done"), _("How it stands")]


def rows(one: Return, states: Sequence[StepState]) -> list[list[Any]]:
    """Return one row a step."""
    return [
        [
            _with_papers(state), ", ".join(side_name(one, s) for s in state.step.sides),
            _day(state.due_on), _done(one, state), _standing(one, state),
        ]
        for state in states
    ]  # fmt: skip


def taken_back(one: Return, found: Iterable[StepTakenBack]) -> list[str]:
    """Return what was said in error, in words: the step, who said it, its day, and why."""
    return [
        _("%(step)s (%(who)s, %(day)s): %(why)s") % {
            "step": each.step.get_step_display(), "who": side_name(one, each.step.side),
            "day": date_format(each.step.done_on, "DATE_FORMAT"),
            "why": each.get_because_display(),
        }
        for each in found
    ]  # fmt: skip


def waits_for(one: Return, state: StepState) -> str:
    """Return who must act, in words."""
    return ", ".join(side_name(one, side) for side in state.waits_for)


def _with_papers(state: StepState) -> str:
    papers = ", ".join(str(d.label) for d in state.step.documents)
    return f"{state.step.code.label} ({papers})" if papers else str(state.step.code.label)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else _("Its time has not begun")


def _done(one: Return, state: StepState) -> str:
    said = [
        f"{side_name(one, side)}: {date_format(day, 'DATE_FORMAT')}"
        + (f" ({state.references[side]})" if state.references[side] else "")
        for side, day in state.done.items()
    ]
    return "; ".join(said) or _("Not yet")


def _standing(one: Return, state: StepState) -> str:
    if state.is_overdue:
        return _("Overdue: %(who)s must act") % {"who": waits_for(one, state)}
    if state.is_done:
        return _("Done, after its day") if state.was_late else _("Done")
    if state.due_on is None:
        return _("Waits for an earlier step")
    return _("%(who)s acts next") % {"who": waits_for(one, state)}
