"""The page of redress among the pages of a case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.purposes import Purpose

OPENED_BY = frozenset({Purpose.REGISTRATION, Purpose.SUPPORT})


def tabs(number: str, *, purposes: set[Purpose]) -> list[tuple[str, Any]]:
    """Return the page of redress, for who supports or registers the person."""
    if not purposes & OPENED_BY:
        return []
    return [(reverse("redress:case", args=[number]), _("Money and protection"))]
