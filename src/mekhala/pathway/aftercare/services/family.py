"""Looking for a relative the person wants found, and what the visit to the family showed."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from mekhala.pathway.aftercare import errors, policies
from mekhala.pathway.aftercare.codes import RELATIVES, Kin, Traced
from mekhala.pathway.aftercare.models import FamilyTrace
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def start_trace(
    case: Case, kin: Kin | str, *, who: str, agreed: bool | None, by: Officer, at: datetime
) -> FamilyTrace:
    """Begin to look for a relative: only at the person's own wish (``TraceNotAsked``)."""
    policies.check_may_support(by, case.number, now=at)
    if agreed is not True:
        raise errors.TraceNotAsked
    if kin not in RELATIVES:
        raise errors.AnswersMissing
    kept = FamilyTrace.objects.create(
        case=case, kin=kin, who=who.strip(), asked_on=timezone.localdate(at), asked_by=by,
        asked_at=at,
    )  # fmt: skip
    audit.record("aftercare.trace_begun", subject=case.number, by=by, at=at, trace=kept.pk)
    return kept


@transaction.atomic
def record_trace(
    trace: FamilyTrace, status: Traced | str, *, by: Officer, at: datetime,
    visited_on: date | None = None, family_wants: bool | None = None,
    is_safe: bool | None = None, findings: str = "",
) -> FamilyTrace:  # fmt: skip
    """Keep how far it came: found or not, stopped at the person's wish, and what a visit showed.

    What a visit found is kept only with its day (``DayToCome`` where that is still to come).
    """
    policies.check_may_support(by, trace.case_id, now=at)
    if visited_on:
        policies.check_past(visited_on, now=at)
    if status not in Traced.values or (visited_on and status != Traced.FOUND):
        raise errors.AnswersMissing
    trace.status, trace.visited_on = str(status), visited_on
    if status == Traced.FOUND:
        trace.found_on = trace.found_on or timezone.localdate(at)
    trace.family_wants = family_wants if visited_on else None
    trace.is_safe = is_safe if visited_on else None
    trace.findings = findings.strip()
    trace.save()
    audit.record(
        "aftercare.traced", subject=trace.case_id, by=by, at=at, trace=trace.pk, status=str(status)
    )
    return trace
