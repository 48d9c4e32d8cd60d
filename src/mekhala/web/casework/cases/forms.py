"""Form: finding a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.core import check_digit


class FindForm(forms.Form):
    """The number of a case, as it was read out or copied."""

    number = forms.CharField(
        label=_("Case number"), max_length=40,
        help_text=_("Such as MK-7F3Q-29KX. Spaces, dashes and small letters do not matter."),
    )  # fmt: skip

    def clean_number(self) -> str:
        """Return the number as it is kept; refuse one with a mistyped sign."""
        number = check_digit.tidy(self.cleaned_data["number"], "MK")
        if not check_digit.is_right(number, "MK"):
            raise forms.ValidationError(
                _("A sign of this number is mistyped or missing. Check it against the paper.")
            )
        return number
