"""Languages people speak with us, in the language of the page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mekhala.pathway.directory.languages import BEFORE, LANGUAGES


def language_choices() -> list[tuple[str, Any]]:
    """Return the choices of a list, with *not known* first."""
    return [("", _("Not known")), *LANGUAGES.items()]


def language_name(code: str) -> Any:
    """Return a language's name, the code itself where there is none, empty: not known."""
    return LANGUAGES.get(BEFORE.get(code, code), code) if code else _("Not known")
