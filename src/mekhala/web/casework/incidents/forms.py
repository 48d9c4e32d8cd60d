"""What is filled in about a report. The rules are the room's; these only read what is typed."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.incidents.models import Body, Currency, Kind, Post, ReporterKind, Way
from mekhala.safeguards.agencies.models import Agency, AgencyKind
from mekhala.web.casework.fields import one_of
from mekhala.web.casework.provinces import one_province
from mekhala.web.casework.redress.forms import KNOWN, YES_NO


class IncidentForm(forms.Form):
    """What an official asked for or did."""

    kind = one_of(_("What happened"), Kind.choices)
    province_code = forms.ChoiceField(label=_("In which province"), choices=one_province)
    month = forms.CharField(
        label=_("In which month"), max_length=7, help_text=_("As 2026-03"),
        validators=[RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])$", _("Write it as 2026-03."))],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )  # fmt: skip
    body = one_of(_("Whom the official serves"), Body.choices)
    post = one_of(_("The official's role"), Post.choices)
    of_agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("The official's own agency"), required=False,
        empty_label=_("Not in this list, or not known"),
        help_text=_("Nobody of it will ever see this report."),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("Amount asked for"), required=False, min_value=1, max_digits=14, decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}),
    )  # fmt: skip
    currency = one_of(_("Currency"), Currency.choices, required=False)
    was_paid = one_of(_("Was it paid?"), YES_NO)
    names = forms.CharField(
        label=_("Names of officials, as far as they are known"), required=False, max_length=500,
        help_text=_("Sealed with the report, and in no count"),
    )  # fmt: skip
    words = forms.CharField(label=_("What happened"), max_length=4000, widget=forms.Textarea)
    reporter = one_of(_("Who reports"), ReporterKind.choices)
    reporter_name = forms.CharField(
        label=_("Name of who reports"), required=False, max_length=200,
        help_text=_("Not needed. Kept apart from the report, under a key of its own"),
    )  # fmt: skip
    reporter_contact = forms.CharField(
        label=_("How to reach her or him safely"), required=False, max_length=300
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer every agency."""
        super().__init__(*args, **more)
        field: Any = self.fields["of_agency"]
        field.queryset = Agency.objects.filter(is_active=True)

    def clean_was_paid(self) -> bool | None:
        """Return True, False, or None for not known."""
        return KNOWN[self.cleaned_data["was_paid"]]

    def clean(self) -> dict[str, Any]:
        """Refuse an amount without its currency."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("amount") is not None and not data.get("currency"):
            self.add_error("currency", _("Choose the currency of the amount."))
        return data


class RouteForm(forms.Form):
    """Where the reporter wants it to go."""

    way = one_of(_("Where does the reporter want it to go?"), Way.choices)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Which agency here"), required=False,
        empty_label=_("None here; on paper, or nobody yet"),
        help_text=_("Its officers will read the report, without who reported."),
    )  # fmt: skip
    receipt = forms.CharField(
        label=_("Number of the receipt for the paper"), required=False, max_length=40
    )
    chosen_on = forms.DateField(label=_("Chosen on"))

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer organisations that may read reports."""
        super().__init__(*args, **more)
        field: Any = self.fields["agency"]
        field.queryset = Agency.objects.filter(kind=AgencyKind.PROVIDER, is_active=True)
