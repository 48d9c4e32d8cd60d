"""Looking into a complaint of an agency: what was found, said by who did not write it down."""

from datetime import date, datetime

from django.db import transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.labour_migration import errors, policies
from mekhala.pathway.labour_migration.models import ComplaintFinding, Incident
from mekhala.pathway.labour_migration.words import Outcome, Source
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit

ESTABLISHED = {
    Outcome.ESTABLISHED: True, Outcome.UNFOUNDED: False, Outcome.NOT_TOLD: None,
    Outcome.MISTAKEN: False,
}  # fmt: skip


@transaction.atomic
def record_finding(
    incident: Incident, finding: Outcome | str, *, reasons: str, on: date, by: Officer, at: datetime
) -> ComplaintFinding:
    """Record what was found of a complaint; a later finding stands in its place.

    It opens, ends and decides nothing; what was entered by mistake is counted no more, and that is
    said of any incident. Raises ``NotYourRole``, ``WroteItDown``, ``NoComplaint``,
    ``ReasonsMissing``, ``DayToCome``, ``BeforeTheComplaint``, ``WrongInput``.
    """
    policies.check_supervises(by)
    if finding not in Outcome.values:
        raise WrongInput(f"finding: {str(finding)[:20]!r}; expected one of {Outcome.values}.")
    held = Incident.objects.select_for_update(of=["self"]).select_related("recruiter")
    one = held.get(pk=incident.pk)
    if finding != Outcome.MISTAKEN and not may_be_found_so(one):
        raise errors.NoComplaint
    _check(one, reasons, on, by=by, now=at)
    kept = ComplaintFinding.objects.create(
        incident=one, finding=finding, reasons=reasons.strip(), found_on=on, found_by=by,
        recorded_at=at,
    )  # fmt: skip
    one.established = ESTABLISHED[Outcome(finding)]
    one.save(update_fields=["established"])
    audit.record(
        "recruitment.looked_into", subject=one.recruiter.register_number, by=by, at=at,
        incident=one.pk, finding=str(finding),
    )  # fmt: skip
    return kept


def may_be_found_so(one: Incident) -> bool:
    """Return whether more than a mistake may be said: of a complaint; of any other incident only
    once a mistake was said, which may be one itself.
    """
    return one.source == Source.COMPLAINT or bool(one.findings.all())


def _check(one: Incident, reasons: str, on: date, *, by: Officer, now: datetime) -> None:
    if one.recorded_by_id == by.pk:
        raise errors.WroteItDown
    if not reasons.strip():
        raise errors.ReasonsMissing
    policies.check_past(on, now=now)
    if on < one.month:
        raise errors.BeforeTheComplaint
