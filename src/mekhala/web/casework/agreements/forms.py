"""Forms: what two parties signed, what an owner answers, and why a party stops it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.purposes import FieldClass
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.agreements.models import Agreement, Breach, Feed, Said, StopReason, Why
from mekhala.web.casework.signing_twice import BecauseField


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
    owners = forms.ModelMultipleChoiceField(
        Agency.objects.filter(is_active=True), required=False,
        label=_("Whose data it is also about"),
        help_text=_("Each agency has to say yes in writing before anything is handed over."),
    )  # fmt: skip
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
    from_on = forms.DateField(label=_("From which day"))
    until_on = forms.DateField(
        label=_("Until which day"), help_text=_("It ends on this day and is not renewed by itself.")
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


class OwnerForm(forms.Form):
    """What the officer's own agency says, in writing."""

    said = forms.ChoiceField(
        label=_("What does your agency say?"), widget=forms.RadioSelect,
        choices=[(Said.YES, _("Yes: it may be handed over as written here")), (Said.NO, _("No"))],
        error_messages={"required": _("Choose whether your agency says yes or no.")},
    )  # fmt: skip
    reference = forms.CharField(
        label=_("Number of your agency's letter"), max_length=120,
        error_messages={"required": _("Give the number of the letter.")},
    )  # fmt: skip


class LeadForm(forms.Form):
    """Which agency leads from now on."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Which agency leads from now on?"),
        empty_label="",
        help_text=_("Agreements that were entered under another body end at once."),
    )  # fmt: skip
    because = BecauseField()


class StopForm(forms.Form):
    """Why the agreement is stopped at once."""

    reason = forms.ChoiceField(
        label=_("Why is it stopped?"), choices=StopReason, widget=forms.RadioSelect
    )
