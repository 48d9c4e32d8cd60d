"""The four answers to a question asked of a person, and how they are kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

YES, NO, NOT_KNOWN, NOT_SAID = "yes", "no", "not_known", "not_said"
FOUR = [
    (YES, _("Yes")),
    (NO, _("No")),
    (NOT_KNOWN, _("Not known")),
    (NOT_SAID, _("Did not want to say")),
]
KEPT: dict[str, bool | None] = {YES: True, NO: False, NOT_KNOWN: None, NOT_SAID: None}


class FourAnswers(forms.ChoiceField):
    """Radios for yes, no, not known, did not want to say; none is chosen beforehand.

    Left out, the question counts as not asked.
    """

    def __init__(self, *, label: Any, required: bool = False, help_text: Any = "") -> None:
        super().__init__(
            choices=FOUR, widget=forms.RadioSelect, required=required, label=label,
            help_text=help_text,
        )  # fmt: skip
