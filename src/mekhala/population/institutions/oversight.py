"""Acts of those who oversee bodies: their history, their reports, targets, and who had a hand."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.population.institutions import errors, policies
from mekhala.population.institutions.models import (
    BodyChange,
    Influence,
    Policy,
    Reached,
    ReportDue,
    Target,
)
from mekhala.population.institutions.services import check_code_of, kept_once
from mekhala.population.institutions.words import Became, Hand
from mekhala.safeguards.audit import services as audit

if TYPE_CHECKING:
    from mekhala.safeguards.access.models import Officer

GOES_ON = (Became.RENAMED, Became.MERGED)


@transaction.atomic
def record_body_change(
    body: str, became: Became | str, *, since: date, source: str, by: "Officer", at: datetime,
    into: str = "",
) -> BodyChange:  # fmt: skip
    """Write down what became of a body, and which body goes on in its place.

    Raises ``SaysNotIntoWhat``, ``KeptAlready``, ``DayToCome``, ``SourceMissing``.
    """
    policies.check_may_keep(by)
    policies.check_said(body, source)
    policies.check_past(since, now=at)
    check_code_of("became", became, Became.values)
    body, into = body.strip(), into.strip()
    if (became in GOES_ON) != bool(into) or into == body:
        raise errors.SaysNotIntoWhat
    made = BodyChange(
        body=body, became=became, into=into, since=since, source=source.strip(), recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    kept_once(made, errors.KeptAlready)
    audit.record("institutions.body_changed", subject=f"body change {made.pk}", by=by, at=at)
    return made


@transaction.atomic
def expect_report(
    body: str, report: str, period: str, *, owed_to: str, due_on: date, source: str, by: "Officer",
    at: datetime,
) -> ReportDue:  # fmt: skip
    """Write down that a body owes a report by a day, which may lie ahead."""
    policies.check_may_keep(by)
    policies.check_said(body, report, period, owed_to, source)
    made = ReportDue(
        body=body.strip(), report=report.strip(), period=period.strip(), owed_to=owed_to.strip(),
        due_on=due_on, source=source.strip(), recorded_by=by, recorded_at=at,
    )  # fmt: skip
    kept_once(made, errors.KeptAlready)
    audit.record("institutions.report_expected", subject=f"report {made.pk}", by=by, at=at)
    return made


@transaction.atomic
def record_report_came(due: ReportDue, *, on: date, by: "Officer", at: datetime) -> ReportDue:
    """Keep the day on which a report came, once."""
    policies.check_may_keep(by)
    policies.check_past(on, now=at)
    kept = ReportDue.objects.select_for_update().get(pk=due.pk)
    if kept.came_on is not None:
        raise errors.CameAlready
    kept.came_on = on
    kept.save(update_fields=["came_on"])
    audit.record("institutions.report_came", subject=f"report {kept.pk}", by=by, at=at)
    return kept


@transaction.atomic
def record_target(
    *, plan: str, body: str, what: str, unit: str, aim: int, by_day: date, source: str,
    by: "Officer", at: datetime,
) -> Target:  # fmt: skip
    """Write down what a plan says shall be reached by a day."""
    policies.check_may_keep(by)
    policies.check_said(plan, body, what, unit, source)
    if aim < 0:
        raise WrongInput(f"aim: {aim}; expected 0 or more.")
    made = Target(
        plan=plan.strip(), body=body.strip(), what=what.strip(), unit=unit.strip(), aim=aim,
        by_day=by_day, source=source.strip(), recorded_by=by, recorded_at=at,
    )  # fmt: skip
    kept_once(made, errors.KeptAlready)
    audit.record("institutions.target_kept", subject=f"target {made.pk}", by=by, at=at)
    return made


@transaction.atomic
def record_reached(
    target: Target, *, count: int, as_of: date, said_by: str, source: str, by: "Officer",
    at: datetime,
) -> Reached:  # fmt: skip
    """Keep how much was reached up to a day; what was told before stays readable."""
    policies.check_may_keep(by)
    policies.check_said(said_by, source)
    policies.check_past(as_of, now=at)
    if count < 0:
        raise WrongInput(f"count: {count}; expected 0 or more.")
    kept = Reached.objects.create(
        target=target, count=count, as_of=as_of, said_by=said_by.strip(), source=source.strip(),
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record("institutions.target_reached", subject=f"target {target.pk}", by=by, at=at)
    return kept


@transaction.atomic
def record_policy(
    *, title: str, adopted_by: str, adopted_on: date, source: str, by: "Officer", at: datetime
) -> Policy:
    """Write down a law, plan or rule that a body adopted."""
    policies.check_may_keep(by)
    policies.check_said(title, adopted_by, source)
    policies.check_past(adopted_on, now=at)
    made = Policy(
        title=title.strip(), adopted_by=adopted_by.strip(), adopted_on=adopted_on,
        source=source.strip(), recorded_by=by, recorded_at=at,
    )  # fmt: skip
    kept_once(made, errors.KeptAlready)
    audit.record("institutions.policy_kept", subject=f"policy {made.pk}", by=by, at=at)
    return made


@transaction.atomic
def record_influence(
    policy: Policy, *, who: str, hand: Hand | str, source: str, by: "Officer", at: datetime
) -> Influence:
    """Keep who had a hand in a policy and in which way; a body or state, never a person."""
    policies.check_may_keep(by)
    policies.check_said(who, source)
    check_code_of("hand", hand, Hand.values)
    made = Influence(
        policy=policy, who=who.strip(), hand=hand, source=source.strip(), recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    kept_once(made, errors.KeptAlready)
    audit.record("institutions.influence_kept", subject=f"policy {policy.pk}", by=by, at=at)
    return made
