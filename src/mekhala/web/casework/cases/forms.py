"""Forms: finding a case or a person, and taking cases out as a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.core import check_digit
from mekhala.web.casework.signing_twice import BecauseField


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


class FindPersonForm(forms.Form):
    """Birth date, and either the name or the number of the identity card: all of it, exactly."""

    birth_date = forms.DateField(label=_("Date of birth"))
    native_name = forms.CharField(
        label=_("Whole name, in the person's own script"), max_length=200, required=False
    )
    national_id = forms.CharField(
        label=_("Or the number of the identity card"), max_length=40, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse both and neither: two details are compared, no more."""
        given = super().clean() or {}
        if bool(given.get("native_name")) == bool(given.get("national_id")):
            raise forms.ValidationError(
                _("Give the name or the number of the identity card, one of them.")
            )
        return given

    def told(self) -> dict[str, str]:
        """Return the two details by their fields in the vault."""
        given = self.cleaned_data
        other = "native_name" if given["native_name"] else "national_id"
        return {"birth_date": given["birth_date"].isoformat(), other: given[other]}


class ExportForm(forms.Form):
    """Taking cases out as a file; for many people with a reason, for a second officer to read."""

    because = BecauseField()

    def __init__(self, *args: Any, alone: bool, **more: Any) -> None:
        """Ask why only where a second officer is asked."""
        super().__init__(*args, **more)
        if alone:
            del self.fields["because"]
