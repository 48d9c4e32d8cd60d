"""Languages people speak with us, in the language of the page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mekhala.pathway.directory import words
from mekhala.pathway.directory.languages import LANGUAGES


def language_choices() -> list[tuple[str, Any]]:
    """Return the choices of a list, with *not known* first."""
    return [("", _("Not known")), *LANGUAGES.items()]


def language_name(code: str) -> str:
    """Return a language's name; empty: not known."""
    return words.language_name(code) if code else str(_("Not known"))
