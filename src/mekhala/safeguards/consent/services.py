"""Keeping what the person said."""

from datetime import datetime

from django.db import transaction

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.consent import policies
from mekhala.safeguards.consent.models import Answer, Consent, DataClass


@transaction.atomic
def record_answer(
    case_number: str,
    *,
    recipient: str,
    purpose: Purpose,
    data_class: DataClass,
    answer: Answer,
    by: Officer,
    at: datetime,
    language: str = "",
    asked_alone: bool | None = None,
    until: datetime | None = None,
) -> Consent:
    """Keep one answer; the newest per recipient, purpose and data class is the one that counts.

    Raises ``NotYourRole`` or ``NotOpenToYou`` for whoever does not help this person,
    ``YesToOneself`` for a provider's yes to the own agency.
    """
    policies.check_may_hear(by, case_number, now=at)
    policies.check_gains_nothing(by, recipient=recipient, answer=answer)
    kept = Consent.objects.create(
        case_number=case_number, recipient=recipient, purpose=purpose, data_class=data_class,
        answer=answer, language=language, asked_alone=asked_alone, asked_at=at, asked_by=by.pk,
        until=until,
    )  # fmt: skip
    audit.record(
        f"consent.{answer.value}", subject=case_number, by=by, at=at, recipient=recipient,
        purpose=purpose.value, data_class=data_class.value,
    )  # fmt: skip
    return kept
