"""Setting and lifting a legal hold: two officers of two agencies, both of whom hold the file."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.four_eyes.kinds import Kind
from mekhala.safeguards.holds import errors, services
from mekhala.safeguards.holds.models import Basis, Hold

WHO = frozenset({Role.AUTHORITY, Role.REGISTRAR, Role.JUSTICE})
REVIEW, LONGEST = timedelta(days=183), timedelta(days=731)


def _check_set(subject: str, details: Mapping[str, Any], *, by: Officer, at: datetime) -> None:  # noqa: ARG001
    today = timezone.localdate(at)
    review, until = (date.fromisoformat(details[name]) for name in ("review_on", "until"))
    if not (today < review <= until and review <= today + REVIEW and until <= today + LONGEST):
        raise errors.ReviewTooLate


def _check_lift(subject: str, details: Mapping[str, Any], *, by: Officer, at: datetime) -> None:  # noqa: ARG001
    hold = Hold.objects.filter(pk=details["hold"], number=subject).first()
    if hold is None or not hold.stands(at):
        raise errors.NotHeld


def _says_set(subject: str, details: Mapping[str, Any]) -> str:
    said = _(
        "Nothing under the number %(number)s is erased until %(until)s. Basis: %(basis)s. The hold "
        "is reviewed on %(review)s."
    )
    days = {
        name: date_format(date.fromisoformat(details[key]), "DATE_FORMAT")
        for name, key in (("until", "until"), ("review", "review_on"))
    }
    return said % {"number": subject, "basis": Basis(details["basis"]).label, **days}


def _says_lift(subject: str, details: Mapping[str, Any]) -> str:  # noqa: ARG001
    said = _(
        "The hold on the number %(number)s ends at once. What is past its time may then be erased."
    )
    return said % {"number": subject}


KINDS = (
    Kind(code="hold.set", title=gettext_lazy("A legal hold"), ask_roles=WHO, answer_roles=WHO,
         in_words=_says_set, check=_check_set, act=services.set_signed, on_file=True),
    Kind(code="hold.lift", title=gettext_lazy("Lifting a legal hold"), ask_roles=WHO,
         answer_roles=WHO, in_words=_says_lift, check=_check_lift, act=services.lift_signed,
         on_file=True),
)  # fmt: skip
