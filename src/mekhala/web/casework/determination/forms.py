"""Forms of the competent authority: a reading."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.determination.models import TraffickingStatus


class ReadingForm(forms.Form):
    """One officer's reading. Both answers look alike and none is chosen beforehand."""

    answer = forms.ChoiceField(
        label=_("Your reading"), choices=TraffickingStatus, widget=forms.RadioSelect
    )
    differs_because = forms.CharField(
        label=_("Why do you differ from what the rule gives?"), required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed if you differ, or where sources differ and you settle it."),
    )  # fmt: skip
    reasons = forms.CharField(
        label=_("Your reasons, in words"), max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("They are kept with the decision, for good."),
    )  # fmt: skip
    has_no_tie = forms.BooleanField(
        label=_("I did not screen this person and have no tie to anyone in this file."),
        error_messages={"required": _("Say that you have no tie, or let another officer read.")},
    )

    def told(self) -> dict[str, Any]:
        """Return what ``record_reading`` takes."""
        return {name: self.cleaned_data[name] for name in ("answer", "reasons", "differs_because")}
