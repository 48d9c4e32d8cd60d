"""Forms: a first meeting, and meeting the person again."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mekhala.core.check_digit import tidy
from mekhala.core.vocabulary.countries import country_names
from mekhala.core.vocabulary.places import code_of
from mekhala.core.wrong_input import WrongInput
from mekhala.forms.models import Submission
from mekhala.pathway.encounter.models import AgeCertainty, Sex, UrgentNeed
from mekhala.web.casework.answers import KEPT, FourAnswers
from mekhala.web.casework.encounter.prefill import unused
from mekhala.web.casework.languages import language_choices
from mekhala.web.casework.provinces import one_province

NEAR = ("KHM", "VNM", "THA", "LAO", "CHN", "IDN", "PHL", "MMR")
CHOOSE = FourAnswers.default_error_messages
WRITTEN = "%Y-%m-%dT%H:%M"


class MeetingForm(forms.Form):
    """Where and when somebody was met, what cannot wait, and whether she or he wants to go on."""

    met_at = forms.DateTimeField(
        label=_("When did you meet?"),
        widget=forms.DateTimeInput(format=WRITTEN, attrs={"type": "datetime-local"}),
    )
    province = forms.ChoiceField(
        label=_("In which province?"), widget=forms.Select,
        error_messages={"required": _("Choose a province")},
    )  # fmt: skip
    place = forms.CharField(
        label=_("District or commune"), required=False, max_length=80,
        help_text=_("Its name or its code. No address, no names of people."),
    )  # fmt: skip
    was_alone = FourAnswers(label=_("Did you speak with the person alone?"))
    urgent_needs = forms.MultipleChoiceField(
        label=_("What does the person need now?"), choices=UrgentNeed, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    consents_to_go_on = FourAnswers(
        label=_("Does the person want to go on and speak with somebody who can help?"),
        required=True,
    )

    def __init__(self, *args: Any, now: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["met_at"].initial = now
        self.fields["province"].choices = one_province()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Join province and place to one gazetteer code, ``place_code``."""
        given = super().clean() or self.cleaned_data
        province, place = given.get("province"), given.get("place")
        if province:
            given["place_code"] = self._place_code(place or "", province)
        return given

    def _place_code(self, place: str, province: str) -> str:
        if not place.strip():
            return province
        try:
            return code_of(place, province=province)
        except WrongInput as wrong:
            self.add_error("place", str(wrong).removeprefix("place: "))
            return province

    @property
    def wants_to_go_on(self) -> bool | None:
        """What the person said: yes, no, or None for not known and not said."""
        return KEPT[self.cleaned_data["consents_to_go_on"]]

    def told(self) -> dict[str, Any]:
        """Return what the services take of the meeting."""
        given = self.cleaned_data
        return {
            "met_at": given["met_at"],
            "place_code": given["place_code"],
            "was_alone": KEPT.get(given["was_alone"]),
            "urgent_needs": given["urgent_needs"],
            "consents_to_go_on": self.wants_to_go_on,
        }


class AnotherMeetingForm(MeetingForm):
    """The person was met again, or called again: the call is known by its number, not by a name."""

    filled_form = forms.CharField(
        label=_("Number of the call or filled form, if there is one"), required=False,
        max_length=20,
        help_text=_("Such as SB-7F3Q-29KX. It is put to this case; nobody has to be named."),
    )  # fmt: skip

    def clean_filled_form(self) -> Submission | None:
        """Return the filled form that is open to the officer and unused, None without a number."""
        typed = self.cleaned_data["filled_form"]
        if not typed:
            return None
        found = unused(Submission.objects.filter(number=tidy(typed, "SB"))).first()
        if found is None:
            raise forms.ValidationError(
                _("Nothing to show. Check the number, or ask who took the call.")
            )
        return found

    def told(self) -> dict[str, Any]:
        """Return what the services take of the meeting, with the call it came by."""
        return super().told() | {"submission": self.cleaned_data["filled_form"]}


class FirstMeetingForm(MeetingForm):
    """A first meeting: also who the person is, as far as she or he says."""

    sex = forms.ChoiceField(
        label=_("How does the person describe herself or himself?"), choices=Sex,
        widget=forms.RadioSelect, error_messages=CHOOSE,
    )  # fmt: skip
    age_certainty = forms.ChoiceField(
        label=_("How sure is the age?"), choices=AgeCertainty, widget=forms.RadioSelect,
        error_messages=CHOOSE,
        help_text=_("Unless the person is known to be 18 or more, child rules apply."),
    )  # fmt: skip
    age = forms.IntegerField(
        label=_("Age in years"), min_value=0, max_value=120, required=False,
        help_text=_("Leave empty if nobody knows."),
    )  # fmt: skip
    nationality = forms.ChoiceField(label=_("Nationality"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    native_name = forms.CharField(
        label=_("Name, in the letters the person uses"), required=False, max_length=200,
        help_text=_("Kept apart and sealed. Only if the person wants to say it."),
    )  # fmt: skip
    latin_name = forms.CharField(label=_("Name in Latin letters"), required=False, max_length=200)
    birth_date = forms.CharField(
        label=_("Birth date, as the person says it"), required=False, max_length=40
    )
    phone = forms.CharField(label=_("A phone that is safe to call"), required=False, max_length=40)
    submission = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = [
        "met_at", "province", "place", "was_alone", "sex", "age_certainty", "age", "nationality",
        "language", "urgent_needs", "consents_to_go_on", "native_name", "latin_name",
        "birth_date", "phone", "submission",
    ]  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        names = country_names((get_language() or "en")[:2])
        near = [(code, names[code]) for code in NEAR]
        far = [each for each in names.items() if each[0] not in NEAR]
        self.fields["nationality"].choices = [  # type: ignore[attr-defined]
            ("", _("Not known")), *near, *far,
        ]  # fmt: skip
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return what ``open_case`` takes, the form it came from aside."""
        given = self.cleaned_data
        kept = ("native_name", "latin_name", "birth_date", "phone")
        return super().told() | {
            "sex": given["sex"],
            "age": given["age"],
            "age_certainty": given["age_certainty"],
            "nationality": given["nationality"],
            "language": given["language"],
            "identity": {name: given[name] for name in kept if given[name]},
        }
