"""Agreements in words: whether one stands, and what it is about."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mekhala.safeguards.access.purposes import FieldClass
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.agreements.models import Agreement, Feed


def stands(agreement: Any, today: date, lead: Agency | None) -> tuple[str, str]:
    """Return whether an agreement (with ``is_stopped``) stands today, and the kind of its badge."""
    if agreement.is_stopped:
        return _("Stopped"), "overdue"
    if today > agreement.until_on:
        return _("Ended"), "against"
    if today < agreement.from_on:
        return _("Not begun"), "silent"
    if agreement.lead_body_id != (lead.pk if lead else None):
        return _("Ended: another body leads now"), "against"
    return _("In force"), "for"


def feed_words(agreement: Agreement) -> list[str]:
    """Return the feeds, and the names of the lists among them."""
    return [str(Feed(code).label) for code in agreement.feeds] + list(agreement.lists)


def element_words(agreement: Agreement) -> list[str]:
    """Return the kinds of data."""
    return [str(FieldClass(code).label) for code in agreement.elements]
