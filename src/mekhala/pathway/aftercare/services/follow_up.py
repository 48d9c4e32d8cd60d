"""Looking in after 3, 6 and 12 months, trying to reach the person, and how things stand then."""

from datetime import date, datetime

from django.db import transaction

from mekhala.pathway.aftercare import policies
from mekhala.pathway.aftercare.codes import FollowUpOutcome
from mekhala.pathway.aftercare.errors import AlreadyDone, AlreadyPlanned, BeforeTheRound
from mekhala.pathway.aftercare.models import FollowUp, SupportPlan
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit

FOLLOW_UP_MONTHS = (3, 6, 12)
NO_MORE = frozenset({FollowUpOutcome.CLOSED_AT_WISH, FollowUpOutcome.DIED})


@transaction.atomic
def plan_follow_ups(
    plan: SupportPlan, *, by: Officer, at: datetime, counted_from: date | None = None
) -> list[FollowUp]:
    """Plan to look in after 3, 6 and 12 months, counted from the day the plan was agreed.

    Raises ``AlreadyPlanned`` while a round is open; a new one may begin after it is over.
    """
    policies.check_may_support(by, plan.case_id, now=at)
    SupportPlan.objects.select_for_update().get(pk=plan.pk)
    if plan.follow_ups.filter(done_on=None).exists():
        raise AlreadyPlanned
    begin = counted_from or plan.agreed_on
    planned = FollowUp.objects.bulk_create(
        FollowUp(plan=plan, due_on=months_after(begin, n), months=n) for n in FOLLOW_UP_MONTHS
    )
    audit.record("aftercare.follow_up_planned", subject=plan.case_id, by=by, at=at)
    return planned


@transaction.atomic
def note_try(follow_up: FollowUp, *, on: date, by: Officer, at: datetime) -> FollowUp:
    """Note a day on which somebody tried and nobody was reached; a day counts once.

    Raises ``AlreadyDone``, ``DayToCome``, ``BeforeTheRound``.
    """
    policies.check_may_support(by, follow_up.plan.case_id, now=at)
    policies.check_past(on, now=at)
    kept = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    policies.check_not_done(kept)
    _check_in_round(kept, on)
    tried = sorted({*kept.tried_on, on})
    FollowUp.objects.filter(pk=kept.pk).update(tried_on=tried)
    follow_up.refresh_from_db()
    audit.record(
        "aftercare.tried", subject=follow_up.plan.case_id, by=by, at=at, follow_up=kept.pk,
        tries=len(tried),
    )  # fmt: skip
    return follow_up


@transaction.atomic
def record_follow_up(
    follow_up: FollowUp, outcome: FollowUpOutcome | str, *, on: date, by: Officer, at: datetime,
    housing: str = "", may_stay: bool | None = None, work: str = "",
    pay_enough: bool | None = None, feels_safe: bool | None = None,
) -> FollowUp:  # fmt: skip
    """Record how things stood on a day: in housing, work and safety, as far as the person said.

    "Does not want more contact" ends the round: it is hers. Raises ``OutcomeMissing``,
    ``NotTriedEnough``, ``AlreadyDone``, ``DayToCome``, ``BeforeTheRound``.
    """
    policies.check_may_support(by, follow_up.plan.case_id, now=at)
    policies.check_outcome(outcome)
    policies.check_not_done(follow_up)
    policies.check_past(on, now=at)
    _check_in_round(follow_up, on)
    policies.check_lost(follow_up, outcome)
    found = {
        "housing": housing, "may_stay": may_stay, "work": work, "pay_enough": pay_enough,
        "feels_safe": feels_safe,
    }  # fmt: skip
    done = FollowUp.objects.filter(pk=follow_up.pk, done_on=None)
    if not done.update(done_on=on, outcome=str(outcome), **found):
        raise AlreadyDone
    if outcome in NO_MORE:
        FollowUp.objects.filter(plan=follow_up.plan_id, done_on=None).delete()
    follow_up.refresh_from_db()
    audit.record(
        "aftercare.followed_up", subject=follow_up.plan.case_id, by=by, at=at,
        follow_up=follow_up.pk, outcome=str(outcome),
    )  # fmt: skip
    return follow_up


def _check_in_round(follow_up: FollowUp, on: date) -> None:
    """Refuse a day before the round began of which the follow-up tells."""
    begun = follow_up.plan.agreed_on
    if follow_up.months:
        begun = months_after(follow_up.due_on, -follow_up.months)
    if on < begun:
        raise BeforeTheRound


def months_after(day: date, months: int) -> date:
    """Return the same day ``months`` later, the last of the month where there is none such."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
