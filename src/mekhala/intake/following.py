"""A filled follow-up form becomes what it says on the support plan: a try, or how things stand."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from mekhala.forms.models import Submission
from mekhala.intake.errors import Waits, Why
from mekhala.intake.fields import REACHED
from mekhala.pathway.aftercare import services
from mekhala.pathway.aftercare.codes import FollowUpOutcome
from mekhala.pathway.aftercare.models import FollowUp
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer

LIVING = ("housing", "may_stay", "work", "pay_enough", "feels_safe")
TRIED = FollowUpOutcome.NOT_MET


def follow(
    said: Mapping[str, Any], case: Case, form: Submission, *, by: Officer, at: datetime
) -> None:
    """Record on the plan of ``case`` what a form says; said twice, it is recorded once.

    Raises ``Waits`` where no such day is open or nobody said how things stand, and whatever the
    room refuses: contact is called lost only after several days of trying.
    """
    on = timezone.localdate(said.get("on") or form.received_at)
    outcome = _outcome(said)
    day = _day(said, case, on, outcome)
    if day is None or day.done_on is not None:
        return
    if outcome == TRIED:
        services.note_try(day, on=on, by=by, at=at)
        return
    living = {name: said[name] for name in LIVING if name in said} if _is_met(said) else {}
    services.record_follow_up(day, outcome, on=on, by=by, at=at, **living)


def _is_met(said: Mapping[str, Any]) -> bool:
    return bool(said["reached"] == REACHED)


def _outcome(said: Mapping[str, Any]) -> str:
    """Return how things stand; who wants nobody to look in again has said so."""
    if said["reached"] != REACHED:
        return str(said["reached"])
    if said.get("look_in_again") is False:
        return FollowUpOutcome.CLOSED_AT_WISH
    if not said.get("outcome"):
        raise Waits(Why.UNANSWERED, question="outcome")
    return str(said["outcome"])


def _day(said: Mapping[str, Any], case: Case, on: date, outcome: str) -> FollowUp | None:
    """Return the day the form is about: an open one, or the one where this is recorded already."""
    days = FollowUp.objects.filter(plan__case=case, taken_back_at=None).select_related("plan")
    if str(said.get("months", "")).isdigit():
        days = days.filter(months=int(said["months"]))
    found = (
        days.filter(done_on=on, outcome=outcome).first() or days.filter(done_on=None).first()
    )  # fmt: skip
    if found is None:
        raise Waits(Why.NO_DAY)
    return found
