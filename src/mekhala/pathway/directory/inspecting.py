"""Acts of inspectors: an inspection with its findings, what was mended, restrictions."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from mekhala.pathway.directory import policies
from mekhala.pathway.directory.errors import AlreadyMended, NotRestricted
from mekhala.pathway.directory.models import (
    Inspection,
    InspectionFinding,
    ProviderRegistration,
    Restriction,
    Service,
)
from mekhala.pathway.directory.standards import standards
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def record_inspection(
    service: Service, findings: Mapping[str, tuple[str, date | None]], *, on: date, visit: str,
    no_tie: bool | None, by: Officer, at: datetime, leaves_out: Iterable[str] = (),
    spoken_with: int | None = None,
) -> Inspection:  # fmt: skip
    """Keep an inspection: how far each standard is met, and by when what is missing is mended.

    ``leaves_out`` names whom nobody places here from now on (``LeftOut``). Raises ``ActRefused``
    where the inspector is not independent, nothing was looked at, or a day is missing.
    """
    policies.check_may_inspect(by, service, no_tie=no_tie)
    known = {code: said for code, said in findings.items() if code in standards()}
    policies.check_findings(known, on=on)
    kept = Inspection.objects.create(
        service=service, on=on, visit=visit, spoken_with=spoken_with, by=by, noted_at=at
    )
    InspectionFinding.objects.bulk_create(
        InspectionFinding(
            inspection=kept, standard=code, met=met,
            due_on=due if met in policies.MISSING else None,
        )
        for code, (met, due) in known.items()
    )  # fmt: skip
    limits = [_restrict(kept, kind, at=at) for kind in sorted(set(leaves_out))]
    audit.record(
        "directory.inspected", subject=kept, by=by, at=at, service=service.pk,
        missing=sum(met in policies.MISSING for met, _due in known.values()),
        leaves_out=[limit.leaves_out for limit in limits],
    )  # fmt: skip
    return kept


@transaction.atomic
def see_mended(
    finding: InspectionFinding, *, no_tie: bool | None, by: Officer, at: datetime
) -> None:
    """Note that an inspector saw a missing standard met. The provider's own word is not enough."""
    policies.check_may_inspect(by, finding.inspection.service, no_tie=no_tie)
    mended = InspectionFinding.objects.filter(
        pk=finding.pk, mended_on=None, met__in=policies.MISSING
    ).update(mended_on=timezone.localdate(at), mended_seen_by=by)
    if not mended:
        raise AlreadyMended
    audit.record("directory.finding_mended", subject=finding.inspection, by=by, at=at,
                 standard=finding.standard)  # fmt: skip


@transaction.atomic
def lift_restriction(
    restriction: Restriction, *, no_tie: bool | None, by: Officer, at: datetime
) -> None:
    """Let people be placed again. The match obeys from this moment."""
    policies.check_may_inspect(by, restriction.service, no_tie=no_tie)
    lifted = Restriction.objects.filter(pk=restriction.pk, lifted_at=None)
    if not lifted.update(lifted_at=at, lifted_by=by):
        raise NotRestricted
    audit.record("directory.restriction_lifted", subject=restriction.service, by=by, at=at,
                 leaves_out=restriction.leaves_out)  # fmt: skip


@transaction.atomic
def register_provider(
    agency: Agency, *, number: str, registered_on: date, by: Officer, at: datetime,
    ends_on: date | None = None,
) -> ProviderRegistration:  # fmt: skip
    """Note that a provider is registered with MOSVY; whoever runs it does not note it."""
    policies.check_may_register(by, agency)
    kept, _made = ProviderRegistration.objects.update_or_create(
        agency=agency,
        defaults={"number": number, "registered_on": registered_on, "ends_on": ends_on,
                  "noted_by": by},
    )  # fmt: skip
    audit.record("directory.provider_registered", subject=agency.code, by=by, at=at)
    return kept


def _restrict(inspection: Inspection, kind: str, *, at: datetime) -> Restriction:
    kept, _made = Restriction.objects.get_or_create(
        service=inspection.service, leaves_out=kind, lifted_at=None,
        defaults={"inspection": inspection, "since": at},
    )  # fmt: skip
    return kept
