"""The page of orders for the name among the pages of a case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.purposes import Purpose

OPENED_BY = frozenset({Purpose.DETERMINATION, Purpose.REGISTRATION})


def tabs(number: str, *, purposes: set[Purpose]) -> list[tuple[str, Any]]:
    """Return the page of orders, for who decides on or registers the case."""
    page = reverse("unsealing:orders", args=[number])
    return [(page, _("Orders for the name"))] if purposes & OPENED_BY else []
