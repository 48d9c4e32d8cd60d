"""What became of invented people later: help given, stays, and looking in after 3, 6, 12 months."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from mekhala.pathway.aftercare.models import (
    FollowUp,
    ServiceGiven,
    Stay,
    StayKind,
    SupportPlan,
)
from mekhala.pathway.aftercare.services.follow_up import FOLLOW_UP_MONTHS, months_after
from mekhala.pathway.aftercare.services.stays import LONG_AFTER
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency

from .draws import Draws, Weighted
from .support import Plan

OUTCOMES = Weighted({"well": 46, "needs_help": 24, "not_met": 10, "lost": 14, "closed_at_wish": 6})
MET = {"well", "needs_help"}
LOOKED_IN = 0.8  # of the days that came, so many were kept; the rest is overdue
HOUSING = Weighted({"family": 50, "own_home": 15, "friends": 12, "employer": 12, "shelter": 8,
                    "none": 3})  # fmt: skip
WORK = Weighted({"paid": 34, "own": 18, "school": 14, "looking": 20, "not_working": 14})
TRUTH: Weighted[bool | None] = Weighted({True: 62, False: 23, None: 15})
KINDS = Weighted({"transit": 30, "shelter": 60, "long_term": 10})
STAYS_ON = 0.05  # stays that were long and are still open


def follow_ups(plan: SupportPlan, draws: Draws, today: date) -> list[FollowUp]:
    """Return the days to look in of one plan, as far as they have come recorded or overdue."""
    days = []
    for months in FOLLOW_UP_MONTHS:
        due_on = months_after(plan.agreed_on, months)
        day = FollowUp(plan=plan, due_on=due_on, months=months)
        days.append(day)
        if due_on + timedelta(days=7) <= today and draws.chance(LOOKED_IN):
            _recorded(day, draws)
        if day.outcome == "closed_at_wish":
            break
    return days


def _recorded(day: FollowUp, draws: Draws) -> None:
    day.outcome = draws.of(OUTCOMES)
    day.done_on = day.due_on + timedelta(days=draws.between(0, 7))
    if day.outcome == "lost":
        day.tried_on = [day.due_on - timedelta(days=n) for n in (9, 5, 1)]
    if day.outcome in MET:
        day.housing, day.work = draws.of(HOUSING), draws.of(WORK)
        day.may_stay, day.pay_enough = draws.of(TRUTH), draws.of(TRUTH)
        day.feels_safe = draws.of(TRUTH)


def given(
    plan: SupportPlan, needs: Iterable[str], by: Officer, at: datetime
) -> list[ServiceGiven]:  # fmt: skip
    """Return the first help given for each need, to which the person said yes."""
    return [
        ServiceGiven(
            case=plan.case, need=need, given_on=plan.agreed_on, agreed=True, agency=by.agency,
            recorded_by=by, recorded_at=at,
        )
        for need in needs
    ]  # fmt: skip


def stay(case: Case, agency: Agency, draws: Draws, plan: Plan, by: Officer, *, today: date) -> Stay:
    """Return one stay in a house, begun with the plan, left freely; some are long by now."""
    from .cases import noon

    kind = StayKind(draws.of(KINDS))
    began = noon(plan.started_on, 5)
    long_on = plan.started_on + timedelta(days=LONG_AFTER[kind])
    left_on = plan.started_on + timedelta(days=draws.between(1, 2 * LONG_AFTER[kind]))
    is_open = left_on > today or draws.chance(STAYS_ON)
    return Stay(
        case=case, agency=agency, kind=kind, basis="own_consent", agreed=True, movement="free",
        began_at=began, look_again_on=long_on, left_at=None if is_open else noon(left_on, 4),
        left_noted_by=None if is_open else by, recorded_by=by, recorded_at=began,
    )  # fmt: skip
