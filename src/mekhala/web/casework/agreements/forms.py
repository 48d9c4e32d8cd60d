"""Forms: what two parties signed, and why one of them stops it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.purposes import FieldClass
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.agreements.models import Agreement, Breach, Feed, StopReason, Why


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more
    )


class AgreementForm(forms.Form):
    """One agreement, as it stands on the signed paper. Nothing is chosen beforehand."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Which agency"), empty_label=""
    )
    other = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("With which other agency"), required=False,
        empty_label=_("None: with a body outside"),
    )  # fmt: skip
    body = forms.CharField(label=_("Or with which body outside"), required=False, max_length=160)
    feeds = forms.MultipleChoiceField(
        label=_("Which feeds"), choices=Feed, widget=forms.CheckboxSelectMultiple
    )
    lists = forms.CharField(
        label=_("Names of the lists"), required=False, max_length=200,
        help_text=_("Where a list is not named by the agency's code; commas between."),
    )  # fmt: skip
    elements = forms.MultipleChoiceField(
        label=_("Which kinds of data"), choices=FieldClass, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(label=_("What for"), choices=Why, widget=forms.RadioSelect)
    breach = forms.ChoiceField(
        label=_("What follows a breach"), choices=Breach, widget=forms.RadioSelect
    )
    from_on = _day(_("From which day"))
    until_on = _day(
        _("Until which day"), help_text=_("It ends on this day and is not renewed by itself.")
    )
    signed_reference = forms.CharField(label=_("Number of the signed paper"), max_length=120)
    renewed_from = forms.ModelChoiceField(
        Agreement.objects.filter(renewed_by=None), required=False,
        label=_("Renews which agreement"), empty_label=_("None"),
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """Return what ``enter`` takes."""
        given = self.cleaned_data
        return given | {"lists": [n.strip() for n in given["lists"].split(",") if n.strip()]}


class LeadForm(forms.Form):
    """Which agency leads from now on."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Which agency leads from now on?"),
        empty_label="",
        help_text=_("Agreements that were entered under another body end at once."),
    )  # fmt: skip


class StopForm(forms.Form):
    """Why the agreement is stopped at once."""

    reason = forms.ChoiceField(
        label=_("Why is it stopped?"), choices=StopReason, widget=forms.RadioSelect
    )
