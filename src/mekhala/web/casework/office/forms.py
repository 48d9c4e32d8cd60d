"""Forms of the administrator's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency


class FindForm(forms.Form):
    """Which officers to list."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Agency"), required=False,
        empty_label=_("All agencies"),
    )  # fmt: skip


class OfficerForm(forms.Form):
    """A new officer."""

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9.-]{2,59}$", label=_("User name"), strip=True,
        help_text=_("Small letters, digits, dots and hyphens; a post, not a person's name."),
        error_messages={
            "invalid": _("Use 3 to 60 small letters, digits, dots and hyphens."),
            "required": _("Give the name this officer signs in with."),
        },
    )  # fmt: skip
    shown_as = forms.CharField(
        label=_("Shown as"), max_length=80,
        help_text=_("A service number or post, as others see it."),
        error_messages={"required": _("Say how others see this officer.")},
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Agency"), empty_label="",
        error_messages={"required": _("Choose the agency.")},
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the role.")},
    )  # fmt: skip
