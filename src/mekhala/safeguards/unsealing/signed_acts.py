"""Opening one name for a court or another body: two officers of two agencies who hold the case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.four_eyes.kinds import Kind
from mekhala.safeguards.unsealing.models import Order
from mekhala.safeguards.unsealing.policies import WHO, check_not_opened
from mekhala.safeguards.unsealing.services import KIND


def _check(subject: str, details: Mapping[str, Any], *, by: Officer, at: datetime) -> None:  # noqa: ARG001
    order = Order.objects.filter(pk=details["order"], number=subject).first()
    if order is None:
        raise NotOpenToYou
    check_not_opened(order)


def _says(subject: str, details: Mapping[str, Any]) -> str:
    said = _(
        "The name behind the case %(number)s, and no other, is opened once by who asked, on paper, "
        "within 24 hours."
    ) % {"number": subject}
    order = Order.objects.filter(pk=details["order"], number=subject).first()
    return f"{said} {_order_in_words(order)}" if order else said


def _order_in_words(order: Order) -> str:
    said = _(
        "It rests on: %(basis)s. %(body)s, %(day)s, number %(reference)s. Does the person know? "
        "%(told)s. Ask to see the paper."
    )
    return said % {
        "basis": order.get_basis_display(), "body": order.body, "reference": order.reference,
        "day": date_format(order.dated, "DATE_FORMAT"), "told": order.get_told_display(),
    }  # fmt: skip


KINDS = (
    Kind(code=KIND, title=gettext_lazy("A name opened for a court or another body"), ask_roles=WHO,
         answer_roles=WHO, in_words=_says, check=_check, on_file=True),
)  # fmt: skip
