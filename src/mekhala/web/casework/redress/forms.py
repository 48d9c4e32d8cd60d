"""What is filled in about redress. The rules are the room's; these only read what is typed."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.directory.languages import LANGUAGES
from mekhala.pathway.redress import models
from mekhala.safeguards.agencies.models import Agency, AgencyKind
from mekhala.web.casework.fields import one_of

YES_NO = [("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known"))]
FIGURES = _("Write the amount in figures.")
KNOWN = {"yes": True, "no": False, "unknown": None}


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=14, decimal_places=2,
        error_messages={"required": FIGURES, "invalid": FIGURES},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}),
    )  # fmt: skip


def _helpers() -> Any:
    return Agency.objects.filter(
        kind__in=[AgencyKind.PROVIDER, AgencyKind.SOCIAL_AFFAIRS], is_active=True
    )


class MoneyForm(forms.Form):
    """Money owed."""

    what = one_of(_("For what"), models.What.choices)
    basis = one_of(_("On what it rests"), models.Basis.choices)
    said = one_of(_("Before whom, or by whom"), models.Said.choices)
    debtor = one_of(_("Who is to pay"), models.Debtor.choices)
    amount = _amount(_("Amount"))
    currency = one_of(_("Currency"), models.Currency.choices)
    said_on = forms.DateField(label=_("Day of the claim, agreement or order"))
    due_on = forms.DateField(
        label=_("To be paid by"), required=False, help_text=_("Leave empty if no day was set")
    )
    replaces = forms.ModelChoiceField(
        models.Owed.objects.none(), label=_("Takes the place of"), required=False,
        empty_label=_("Nothing recorded before"),
    )  # fmt: skip

    def __init__(self, *args: Any, standing: Any = None, **more: Any) -> None:
        """Offer the sums that stand in this file."""
        super().__init__(*args, **more)
        field: Any = self.fields["replaces"]
        field.queryset = standing if standing is not None else models.Owed.objects.none()
        field.label_from_instance = lambda o: f"{o.number}: {o.amount} {o.currency}"


class MeasureForm(forms.Form):
    """A protective measure asked for."""

    kind = one_of(_("What was asked for"), models.MeasureKind.choices)
    asked_by = one_of(_("Who asked"), models.Asker.choices)
    asked_on = forms.DateField(label=_("On which day"))


class LegalAidForm(forms.Form):
    """A lawyer asked for."""

    asked_on = forms.DateField(label=_("Day on which a lawyer was asked for"))


class RightForm(forms.Form):
    """A right that was told."""

    right = one_of(_("What was told"), models.Right.choices)
    told_on = forms.DateField(label=_("On which day"))
    language = one_of(_("In which language"), LANGUAGES.items())
    understood = one_of(_("Was it understood?"), YES_NO)

    def clean_understood(self) -> bool | None:
        """Return True, False, or None for not known."""
        return KNOWN[self.cleaned_data["understood"]]


class PlanForm(forms.Form):
    """How somebody is to be heard."""

    heard = one_of(_("How she or he is to be heard"), models.Heard.choices)
    language = one_of(_("In which language"), LANGUAGES.items())
    interpreter = one_of(_("Is an interpreter arranged?"), YES_NO)
    contact = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Whose officer goes with her or him"), required=False,
        empty_label=_("Nobody yet"),
    )  # fmt: skip
    agreed_on = forms.DateField(label=_("Agreed with her or him on"))

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer agencies that help."""
        super().__init__(*args, **more)
        field: Any = self.fields["contact"]
        field.queryset = _helpers()

    def clean_interpreter(self) -> bool | None:
        """Return True, False, or None for not known."""
        return KNOWN[self.cleaned_data["interpreter"]]


class PaymentForm(forms.Form):
    """A part, or all, that reached the person."""

    amount = _amount(_("Amount she or he had"))
    on = forms.DateField(label=_("On which day she or he had it"))
    way = one_of(_("How it came"), models.Way.choices)


class EndForm(forms.Form):
    """Why a sum is no longer asked for."""

    because = one_of(_("Why"), models.Ended.choices)
    on = forms.DateField(label=_("On which day"))


class AnswerForm(forms.Form):
    """Whether a measure was granted."""

    granted = one_of(_("Was it granted?"), [("yes", _("Granted")), ("no", _("Refused"))])
    answered_by = one_of(_("Who decided"), models.Answerer.choices)
    on = forms.DateField(label=_("On which day"))
    why_refused = one_of(_("If it was refused: why"), models.WhyRefused.choices, required=False)

    def clean_granted(self) -> bool:
        """Return whether it was granted."""
        return bool(self.cleaned_data["granted"] == "yes")


class AssignForm(forms.Form):
    """The lawyer, by number; never by name."""

    fee = one_of(_("Who pays the lawyer"), models.Fee.choices)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Organisation of the lawyer"), required=False,
        empty_label=_("None, or not known"),
    )  # fmt: skip
    bar_number = forms.CharField(
        label=_("Number at the bar"), required=False, max_length=30,
        help_text=_("Not a name"),
        validators=[RegexValidator(r"\d", _("A number at the bar has figures in it."))],
    )  # fmt: skip
    on = forms.DateField(label=_("Assigned on"))

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer organisations that help."""
        super().__init__(*args, **more)
        field: Any = self.fields["agency"]
        field.queryset = _helpers()


class DayForm(forms.Form):
    """A day and nothing else."""

    on = forms.DateField(label=_("On which day"))


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button says it."""
