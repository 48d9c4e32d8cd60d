"""The page of legal holds among the pages of a case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.purposes import Purpose

OPENED_BY = frozenset({Purpose.DETERMINATION, Purpose.REGISTRATION})


def tabs(number: str, *, purposes: set[Purpose]) -> list[tuple[str, Any]]:
    """Return the page of holds, for who decides on or registers the case."""
    return [(reverse("holds:case", args=[number]), _("Legal hold"))] if purposes & OPENED_BY else []
