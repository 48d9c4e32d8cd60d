"""Forms: finding a case, and what the person said yes or no to."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mekhala.core import check_digit
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.consent.models import Answer, DataClass
from mekhala.web.casework.answers import KEPT, FourAnswers
from mekhala.web.casework.languages import language_choices
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

    birth_date = forms.DateField(
        label=_("Date of birth"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
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


class ConsentForm(forms.Form):
    """One answer: to whom, for what, which data, until when. Nothing is ticked beforehand."""

    recipient = forms.ChoiceField(label=_("Who would receive it"), widget=forms.Select)
    purpose = forms.ChoiceField(label=_("What for"), choices=Purpose, widget=forms.RadioSelect)
    data_class = forms.ChoiceField(
        label=_("Which data"), choices=DataClass, widget=forms.RadioSelect
    )
    answer = forms.ChoiceField(
        label=_("What she or he said"), choices=Answer, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Asked in which language"), required=False)
    asked_alone = FourAnswers(label=_("Was the person asked alone?"))
    until = forms.DateField(
        label=_("Until which day"), required=False,
        help_text=_("Leave empty if the person named no day."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        active = Agency.objects.filter(is_active=True)
        choices = [("", _("Choose an agency")), *((a.code, str(a)) for a in active)]
        self.fields["recipient"].choices = choices  # type: ignore[attr-defined]
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return what ``record_answer`` takes."""
        given = self.cleaned_data
        return {
            "recipient": given["recipient"],
            "purpose": Purpose(given["purpose"]),
            "data_class": DataClass(given["data_class"]),
            "answer": Answer(given["answer"]),
            "language": given["language"],
            "asked_alone": KEPT.get(given["asked_alone"]),
            "until": self._end_of_day(),
        }

    def _end_of_day(self) -> datetime | None:
        day = self.cleaned_data["until"]
        return timezone.make_aware(datetime.combine(day, time.max)) if day else None
