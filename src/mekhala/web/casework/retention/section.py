"""The page on which erasure is asked for, among the pages of a case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.purposes import Purpose

OPENED_BY = frozenset({Purpose.DETERMINATION, Purpose.REGISTRATION})


def tabs(number: str, *, purposes: set[Purpose]) -> list[tuple[str, Any]]:
    """Return the page on erasing sooner, for who decides on or registers the case."""
    if not purposes & OPENED_BY:
        return []
    return [(reverse("retention:erase", args=[number]), _("Erasing"))]
