"""Agreements in words: whether one stands, and what it is about."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mekhala.safeguards.access.purposes import FieldClass
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.agreements.models import Agreement, Feed


def stands(agreement: Any, today: date, lead: Agency | None) -> tuple[str, str]:
    """Return whether an agreement stands today, and the kind of its badge.

    ``agreement`` is as ``queries.agreements`` gives it; the first thing against it is said.
    """
    against = (
        (agreement.is_refused, _("An owner said no"), "against"),
        (agreement.is_stopped, _("Stopped"), "overdue"),
        (today > agreement.until_on, _("Ended"), "against"),
        (
            agreement.lead_body_id != (lead.pk if lead else None),
            _("Ended: another body leads now"), "against",
        ),
        (agreement.is_waited_for, _("Waits for the owners' answers"), "silent"),
        (today < agreement.from_on, _("Not begun"), "silent"),
    )  # fmt: skip
    found = ((words, kind) for it_is, words, kind in against if it_is)
    return next(found, (_("In force"), "for"))


def feed_words(agreement: Agreement) -> list[str]:
    """Return the feeds, and the names of the lists among them."""
    return [str(Feed(code).label) for code in agreement.feeds] + list(agreement.lists)


def element_words(agreement: Agreement) -> list[str]:
    """Return the kinds of data."""
    return [str(FieldClass(code).label) for code in agreement.elements]
