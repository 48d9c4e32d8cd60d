"""What the person agreed to, as it stands now. Nothing here changes anything."""

from datetime import datetime

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.consent.models import Answer, Consent, DataClass


def standing(case_number: str) -> list[Consent]:
    """Return the newest answer for each recipient, purpose and data class."""
    found = Consent.objects.filter(case_number=case_number).order_by(
        "recipient", "purpose", "data_class", "-asked_at", "-id"
    )
    return list(found.distinct("recipient", "purpose", "data_class"))


def is_given(
    case_number: str, *, recipient: str, purpose: Purpose, data_class: DataClass, now: datetime
) -> bool:
    """Return whether a yes stands at ``now``. Never asked is not a yes."""
    newest = (
        Consent.objects.filter(
            case_number=case_number, recipient=recipient, purpose=purpose,
            data_class__in=[data_class, DataClass.WHOLE_FILE],
        )
        .order_by("-asked_at", "-id")
        .first()
    )  # fmt: skip
    if newest is None or newest.answer != Answer.GIVEN:
        return False
    return newest.until is None or newest.until > now
