"""Forms: looking for services, and saying how many places are free."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.directory.models import LeftOut, Met, Need, Service, Stay, Visit
from mekhala.pathway.directory.standards import standard_words, standards
from mekhala.web.casework.provinces import any_province


class LookForm(forms.Form):
    """Which services to list."""

    need = forms.ChoiceField(
        label=_("Need"), required=False, choices=[("", _("Any need")), *Need.choices]
    )
    stay = forms.ChoiceField(
        label=_("Length of stay"), required=False, choices=[("", _("Any")), *Stay.choices]
    )
    province = forms.ChoiceField(label=_("Province"), required=False, choices=any_province)


class PlacesForm(forms.Form):
    """How many more people a service could take today."""

    free = forms.IntegerField(
        label=_("How many more people could you take today?"),
        help_text=_("Leave out the places already held for people asked for or accepted."),
        min_value=0, max_value=100_000,
        error_messages={"required": _("Say how many places are free; write 0 if none is.")},
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, service: Service, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["free"].initial = service.free_now
        if service.places_total is None:
            del self.fields["free"]

    @property
    def said(self) -> int | None:
        """Return the number said; None where places are not counted."""
        return self.cleaned_data.get("free")


class AddressForm(forms.Form):
    """Where the service stands: for whom brings somebody."""

    where = forms.CharField(
        label=_("Where is it, and how is it found?"), max_length=400,
        help_text=_("Sealed. Told only to who brings a person whom you accepted."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write where the service is.")},
    )  # fmt: skip


class OpeningForm(forms.Form):
    """On which days and hours somebody may arrive."""

    opens_at = forms.TimeField(
        label=_("From which hour may somebody arrive?"), required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )  # fmt: skip
    closes_at = forms.TimeField(
        label=_("Until which hour?"), required=False,
        help_text=_("The same hour twice is day and night. Leave both empty if it is not known."),
        widget=forms.TimeInput(attrs={"type": "time"}),
    )  # fmt: skip
    closed_days = forms.TypedMultipleChoiceField(
        label=_("On which days of the week is nobody received?"), required=False, coerce=int,
        choices=[(day + 1, name) for day, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, service: Service, **more: Any) -> None:
        said = {name: getattr(service, name) for name in self.base_fields}
        super().__init__(*args, **{"initial": said} | more)

    def told(self) -> dict[str, Any]:
        """Return what ``set_opening`` takes."""
        return dict(self.cleaned_data)


class ClosureForm(forms.Form):
    """Days on which a service receives nobody; both are in it."""

    first_on = forms.DateField(label=_("First day closed"))
    last_on = forms.DateField(label=_("Last day closed"))


class NightsForm(forms.Form):
    """Nights on which a service has fewer places than usual."""

    places = forms.IntegerField(
        label=_("How many places are there on these nights?"), min_value=0, max_value=100_000,
        help_text=_("All of them, with those that are taken. Write 0 if nobody can sleep here."),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )  # fmt: skip
    from_night = forms.DateField(label=_("First night"))
    to_night = forms.DateField(
        label=_("Last night"), required=False,
        help_text=_("Leave empty if it goes on until you take it back."),
    )  # fmt: skip
    evenings = forms.TypedMultipleChoiceField(
        label=_("Only on some evenings of the week?"), required=False, coerce=int,
        help_text=_("Leave all empty for every night."),
        choices=[(day + 1, name) for day, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """Return what ``state_nights`` takes."""
        given = self.cleaned_data
        return {
            "first_on": given["from_night"], "last_on": given["to_night"],
            "weekdays": given["evenings"], "places": given["places"],
        }  # fmt: skip


class NoTieForm(forms.Form):
    """What an inspector says of independence; nothing is ticked beforehand."""

    no_tie = forms.BooleanField(
        label=_("I have no tie to this provider: no post, no family, no money"), required=False
    )


class InspectionForm(NoTieForm):
    """An inspection: the day, each standard, and whom nobody may place here from now on."""

    field_order = ["on", "visit", "spoken_with"]
    on = forms.DateField(label=_("Day of the inspection"))
    visit = forms.ChoiceField(label=_("What kind of visit?"), choices=Visit,
                              widget=forms.RadioSelect)  # fmt: skip
    spoken_with = forms.IntegerField(
        label=_("How many residents were spoken with in private?"), min_value=0, max_value=1000,
        required=False, widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip
    due_on = forms.DateField(label=_("By which day is what is missing to be met?"), required=False)
    leaves_out = forms.MultipleChoiceField(
        label=_("Until it is lifted"), choices=LeftOut, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        reader = get_language() or "en"
        for code in standards():
            self.fields[code] = forms.ChoiceField(
                label=standard_words(code, reader), choices=Met, widget=forms.RadioSelect,
                required=False,
            )  # fmt: skip
        self.order_fields(["on", "visit", "spoken_with", *standards(), "due_on", "leaves_out"])

    def told(self) -> dict[str, Any]:
        """Return what ``record_inspection`` takes; a standard without an answer is left out."""
        given = self.cleaned_data
        due = given["due_on"]
        kept = ("on", "visit", "spoken_with", "leaves_out", "no_tie")
        return {name: given[name] for name in kept} | {
            "findings": {code: (given[code], due) for code in standards() if given[code]}
        }
