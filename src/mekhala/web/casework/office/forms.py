"""Forms of the administrator's pages."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import DeviceKind
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency, AgencyKind
from mekhala.safeguards.four_eyes.services import CODE
from mekhala.web.casework.provinces import provinces_after
from mekhala.web.casework.signing_twice import BecauseField


def _label(label: Any, *, missing: Any = "", **more: Any) -> forms.RegexField:
    """Return a field for a short label, as second signatures carry it: never a person's words."""
    told = {"invalid": _("Use letters, digits, spaces and . , : ' + / ( ) - only, 80 at most.")}
    if missing:
        told["required"] = missing
    return forms.RegexField(
        rf"^{CODE.pattern}$", label=label, strip=True, error_messages=told, **more
    )  # fmt: skip


class FindForm(forms.Form):
    """Which officers to list."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Agency"), required=False,
        empty_label=_("All agencies"),
    )  # fmt: skip


class PostForm(forms.Form):
    """Which role at which agency, and why: signed by an administrator of another agency."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Agency"), empty_label="",
        error_messages={"required": _("Choose the agency.")},
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the role.")},
    )  # fmt: skip
    because = BecauseField()

    def asked(self) -> dict[str, str]:
        """Return the codes a second signature is asked for with."""
        given = self.cleaned_data
        codes = {"role": given["role"], "agency": given["agency"].code}
        return codes | {"because": given["because"]}


class OfficerForm(PostForm):
    """A new officer."""

    field_order = ["username", "shown_as", "agency", "role", "because"]
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9.-]{2,59}$", label=_("User name"), strip=True,
        help_text=_("Small letters, digits, dots and hyphens; a post, not a person's name."),
        error_messages={
            "invalid": _("Use 3 to 60 small letters, digits, dots and hyphens."),
            "required": _("Give the name this officer signs in with."),
        },
    )  # fmt: skip
    shown_as = _label(
        _("Shown as"), max_length=80, help_text=_("A service number or post, as others see it."),
        missing=_("Say how others see this officer."),
    )  # fmt: skip

    def asked(self) -> dict[str, str]:
        """Return the codes a second signature is asked for with."""
        given = self.cleaned_data
        return super().asked() | {"subject": given["username"], "shown_as": given["shown_as"]}


class AgencyForm(forms.Form):
    """A new agency."""

    code = forms.RegexField(
        r"^(?!new$)[a-z0-9][a-z0-9-]{1,39}$", label=_("Code"), strip=True,
        help_text=_("Small letters, digits and hyphens. Lists are known by it; it never changes."),
        error_messages={
            "invalid": _("Use 2 to 40 small letters, digits and hyphens."),
            "required": _("Give the agency a code."),
        },
    )  # fmt: skip
    name = _label(_("Name"), missing=_("Give the name of the agency."))
    name_km = _label(_("Name in Khmer"), required=False)
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=AgencyKind.choices, widget=forms.RadioSelect,
        help_text=_("Which roles its officers may have follows from this. It never changes."),
        error_messages={"required": _("Choose what the agency is.")},
    )  # fmt: skip
    province = forms.ChoiceField(
        label=_("Province"), choices=provinces_after(), required=False,
        help_text=_("Where it works in one province only."),
    )  # fmt: skip
    because = BecauseField()

    def asked(self) -> dict[str, str]:
        """Return the codes a second signature is asked for with."""
        given = self.cleaned_data
        told = {name: given[name] for name in ("name", "name_km", "province", "because")}
        return told | {"subject": given["code"], "mandate": given["kind"]}


class TokenForm(forms.Form):
    """A new token of the officer's own."""

    label = _label(
        _("What is this token for?"), max_length=40,
        help_text=_("The program or computer that will use it; not a person's name."),
        missing=_("Say what the token is for: you will know it by that."),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=_("How long shall it work?"), coerce=int, widget=forms.RadioSelect,
        choices=[(7, _("A week")), (30, _("30 days")), (90, _("90 days"))],
        error_messages={"required": _("Choose how long it works.")},
    )  # fmt: skip


class PhoneForm(forms.Form):
    """A new phone of the officer's own."""

    label = _label(
        _("What is this phone called?"), max_length=40,
        help_text=_("The number on its back, or which one it is; not a person's name."),
        missing=_("Give the phone a name you will know it by."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What will you use on it?"), choices=DeviceKind.choices, widget=forms.RadioSelect,
        help_text=_("A browser needs nothing installed. ODK Collect keeps more kinds of files."),
        error_messages={"required": _("Choose what you will use on the phone.")},
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("In which language does it answer?"), choices=settings.LANGUAGES,
        widget=forms.RadioSelect, error_messages={"required": _("Choose the language.")},
    )  # fmt: skip


class ActForm(forms.Form):
    """Asking that a closed account be opened again, or that an officer be let in again."""

    because = BecauseField()
