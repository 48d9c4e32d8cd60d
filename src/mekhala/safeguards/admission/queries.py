"""Admissions, for the two administrators who signed."""

from datetime import datetime

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.admission.models import Admission
from mekhala.safeguards.four_eyes.models import SecondSignature


def of_signature(signature: SecondSignature) -> Admission | None:
    """Return the admission a second signature led to, None for other acts."""
    return Admission.objects.select_related("officer", "signature").filter(
        signature=signature
    ).first()  # fmt: skip


def waits_for_half_of(admission: Admission, officer: Officer, now: datetime) -> bool:
    """Return whether ``officer`` has a half to hand over that was not shown yet."""
    signature = admission.signature
    if signature is None or not admission.is_open(now):
        return False
    halves = {signature.asked_by_id: admission.first_half,
              signature.answered_by_id: admission.second_half}  # fmt: skip
    return halves.get(officer.pk) == ""
