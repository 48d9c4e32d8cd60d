"""User name, two half codes, and the officer's own password, typed twice."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer

_CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class AdmissionForm(forms.Form):
    """What an officer types who is let in."""

    username = forms.CharField(
        label=_("User name"), max_length=60, strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )  # fmt: skip
    first = forms.CharField(
        label=_("First half of the code"), max_length=40, strip=True,
        help_text=_("On the paper one administrator gave you."),
        widget=forms.TextInput(attrs=_CODE),
    )  # fmt: skip
    second = forms.CharField(
        label=_("Second half of the code"), max_length=40, strip=True,
        help_text=_("On the paper the other administrator gave you."),
        widget=forms.TextInput(attrs=_CODE),
    )  # fmt: skip
    password = forms.CharField(
        label=_("A password of your own"), max_length=200, strip=False,
        help_text=_("At least 12 characters. Nobody else ever knows it."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("The same password again"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse a weak password, and two that differ, before a code is tried."""
        given = super().clean() or {}
        if not self.errors:
            if given["password"] != given["again"]:
                self.add_error("again", _("The two passwords are not the same."))
            else:
                self._check_strength(given)
        return given

    def _check_strength(self, given: dict[str, Any]) -> None:
        try:
            validate_password(given["password"], Officer(username=given["username"]))
        except forms.ValidationError as weak:
            self.add_error("password", weak)
