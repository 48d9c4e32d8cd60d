"""Who is in the register. Nothing here changes anything."""

from django.db.models import QuerySet

from mekhala.pathway.determination.models import Decision, TraffickingStatus
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.registration.models import Registration
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role


def of_case(case: Case) -> Registration | None:
    """Return the registration of a case, None if there is none or it is not open here."""
    return Registration.objects.filter(case=case).select_related("decision").first()


def rests_on_standing_decision(registration: Registration) -> bool:
    """Return whether the decision behind the registration was not replaced since."""
    return not Decision.objects.filter(replaces_id=registration.decision_id).exists()


def due(officer: Officer) -> QuerySet[Decision]:
    """Return standing positive decisions that a registrar has not registered, oldest first."""
    if officer.role != Role.REGISTRAR:
        return Decision.objects.none()
    found = Decision.objects.filter(status=TraffickingStatus.RECOGNISED, replaced_by=None)
    return found.filter(case__registration=None).select_related("case").order_by("decided_at")
