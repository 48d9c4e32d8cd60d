"""Which year's table to look at, and the release of what was seen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class YearForm(forms.Form):
    """A year of the counted register."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *given: Any, years: list[int], **named: Any) -> None:
        """Offer the years that were taken over."""
        super().__init__(*given, **named)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """The release of a table as it was seen."""

    year = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    understood = forms.BooleanField(
        label=_("I have looked at the table. A released table is never altered or taken back.")
    )
