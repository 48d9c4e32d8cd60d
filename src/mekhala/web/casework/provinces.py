"""The provinces as a field of a form lists them, in the language of the page."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary.places import provinces


def provinces_after(first: Any = "") -> Callable[[], list[tuple[str, Any]]]:
    """Return what gives the choices anew for each form: ``first`` for none chosen, then each."""

    def choices() -> list[tuple[str, Any]]:
        reader = get_language() or "en"
        return [("", first), *((code, one.name(reader)) for code, one in provinces().items())]

    return choices


one_province = provinces_after(_("Choose a province"))
any_province = provinces_after(_("Any province"))
