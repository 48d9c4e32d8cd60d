"""Languages people speak with us and services work in, in the language of the reader."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = {
    "km": _("Khmer"), "vi": _("Vietnamese"), "th": _("Thai"), "zh": _("Chinese"),
    "id": _("Indonesian"), "tl": _("Filipino"), "my": _("Burmese"), "lo": _("Lao"),
    "ms": _("Malay"), "bn": _("Bengali"), "en": _("English"), "cja": _("Cham"),
    "jra": _("Jarai"), "und": _("Another language"),
}  # fmt: skip
BEFORE = {"other": "und"}  # as justice and redress kept it until there was one list
