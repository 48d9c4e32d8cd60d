"""Entering somebody in the register, and withdrawing the certificate."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from mekhala.core.check_digit import new_number
from mekhala.pathway.determination.models import Decision
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.registration import policies
from mekhala.pathway.registration.errors import AlreadyRegistered, AlreadyWithdrawn
from mekhala.pathway.registration.models import Registration
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.seals import services as seals

PREFIX = "RG"


@transaction.atomic
def register(*, case: Case, by: Officer, at: datetime, on: date | None = None) -> Registration:
    """Enter the person in the register under a new number, and seal a certificate.

    ``on`` is the day printed on the certificate, the day of ``at`` unless given. Raises
    ``NotRecognised`` without a standing positive decision, ``AlreadyRegistered`` the second
    time, ``NotYourRole`` or ``NotOpenToYou`` for whoever does not keep the register.
    """
    policies.check_keeps_register(by, case.number, now=at)
    decision = policies.standing_decision(case)
    number = new_number(PREFIX)
    code = seals.seal(number, on=on or timezone.localdate(at))
    entered = _entered(case, decision, number, code, by=by, at=at)
    audit.record("registration.registered", subject=case.number, by=by, at=at, registration=number)
    return entered


@transaction.atomic
def withdraw(
    registration: Registration, because: str, *, by: Officer, at: datetime
) -> Registration:
    """Withdraw the certificate: whoever checks it from now on is told so, never why."""
    policies.check_may_withdraw(by, registration, because, now=at)
    said = because.strip()
    sealed = Registration._meta.get_field("withdrawn_because").sealed(registration, said)
    changed = Registration.objects.filter(pk=registration.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_because=sealed
    )
    if not changed:
        raise AlreadyWithdrawn
    registration.withdrawn_at, registration.withdrawn_because = at, said
    seals.withdraw(registration.number, registration.certificate_code, on=timezone.localdate(at))
    audit.record(
        "registration.withdrawn", subject=registration.case_id, by=by, at=at,
        registration=registration.number,
    )  # fmt: skip
    return registration


def _entered(
    case: Case, decision: Decision, number: str, code: str, *, by: Officer, at: datetime
) -> Registration:
    try:
        with transaction.atomic():
            return Registration.objects.create(
                number=number, case=case, decision=decision, registered_at=at, registered_by=by,
                certificate_code=code,
            )  # fmt: skip
    except IntegrityError as error:
        if "case_id" not in str(error):
            raise
        raise AlreadyRegistered from None
