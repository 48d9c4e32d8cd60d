"""Languages people speak with us, in the language of the page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

LANGUAGES = {
    "km": _("Khmer"), "vi": _("Vietnamese"), "th": _("Thai"), "zh": _("Chinese"),
    "id": _("Indonesian"), "tl": _("Filipino"), "my": _("Burmese"), "lo": _("Lao"),
    "ms": _("Malay"), "bn": _("Bengali"), "en": _("English"), "cja": _("Cham"),
    "jra": _("Jarai"), "und": _("Another language"),
}  # fmt: skip
BEFORE = {"other": "und"}  # as justice and redress kept it until there was one list


def language_choices() -> list[tuple[str, Any]]:
    """Return the choices of a list, with *not known* first."""
    return [("", _("Not known")), *LANGUAGES.items()]


def language_name(code: str) -> Any:
    """Return a language's name, the code itself where there is none, empty: not known."""
    return LANGUAGES.get(BEFORE.get(code, code), code) if code else _("Not known")
