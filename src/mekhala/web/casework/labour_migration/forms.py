"""Forms about recruitment agencies: licences, placements, incidents, reviews, findings."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.labour_migration.models import Licence, Placement, Recruiter
from mekhala.pathway.labour_migration.words import Outcome, Rung, Source
from mekhala.web.casework.fields import in_words, one_of
from mekhala.web.casework.labour_migration.fields import what_is_said, which_country
from mekhala.web.casework.provinces import provinces_after

YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("Not found out yet"))]


class RecruiterForm(forms.Form):
    """An agency of the register."""

    register_number = in_words(_("Number in the register"), 40)
    name = in_words(_("Name of the agency"), 160)
    name_km = in_words(_("Name in Khmer"), 160, required=False)
    province_code = forms.ChoiceField(
        label=_("Province"), required=False,
        choices=provinces_after(),
    )  # fmt: skip

    def clean_register_number(self) -> str:
        """Refuse a number that another agency has."""
        number = str(self.cleaned_data["register_number"])
        if Recruiter.objects.filter(register_number=number).exists():
            raise forms.ValidationError(
                _("Another agency has this number in the register. Look at the number.")
            )
        return number


class LicenceForm(forms.Form):
    """A licence."""

    number = in_words(_("Number of the licence"), 40)
    valid_from = forms.DateField(label=_("Valid from"))
    valid_until = forms.DateField(label=_("Valid until"))

    def clean_number(self) -> str:
        """Refuse a number that another licence has."""
        number = str(self.cleaned_data["number"])
        if Licence.objects.filter(number=number, taken_back_at=None).exists():
            raise forms.ValidationError(
                _("A licence with this number is recorded already. Look at the number.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        """Refuse days that are turned round."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_until")
        if first and last and last < first:
            told = _("The licence would end before it begins. Look at both days.")
            self.add_error("valid_until", told)
        return given


class PlacementForm(forms.Form):
    """How many workers were sent where."""

    employer = in_words(_("Employer"), 160)
    country = which_country()
    month = forms.DateField(label=_("A day of the month"))
    people = forms.IntegerField(label=_("How many workers?"), min_value=1, max_value=1_000_000)


class CorrectionForm(forms.Form):
    """Which count was wrong, the right one, and why."""

    placement = forms.ChoiceField(
        label=_("Which count?"), error_messages={"required": _("Choose the count.")}
    )
    people = forms.IntegerField(
        label=_("How many workers were they?"), min_value=0, max_value=1_000_000,
        help_text=_("0 where nobody was sent."),
    )  # fmt: skip
    because = in_words(_("What was wrong?"), 300, rows=3, help_text=_("No name."))

    def __init__(self, *args: Any, counts: Iterable[Placement], **more: Any) -> None:
        super().__init__(*args, **more)
        self.known = {str(one.pk): one for one in counts}
        named = [
            (key, f"{date_format(one.month, 'YEAR_MONTH_FORMAT')} · {one.employer}: {one.people}")
            for key, one in self.known.items()
        ]
        self.fields["placement"].choices = [("", ""), *named]  # type: ignore[attr-defined]

    def clean_placement(self) -> Placement:
        """Return the count that was chosen."""
        return self.known[self.cleaned_data["placement"]]


class IncidentForm(forms.Form):
    """What an inspection or an authority found."""

    kinds = what_is_said()
    source = one_of(
        _("Where does it come from?"),
        [(s.value, s.label) for s in Source if s in (Source.INSPECTION, Source.COURT)],
    )
    country = which_country()
    established = one_of(_("Was it found to be so?"), YES_NO, required=False)
    on = forms.DateField(label=_("On which day?"))

    def clean_established(self) -> bool | None:
        """Return yes, no, or None for not found out yet."""
        return {"yes": True, "no": False}.get(self.cleaned_data["established"])


class ReviewForm(forms.Form):
    """Nothing to fill in: a review is opened."""


class DecisionForm(forms.Form):
    """What follows from a review."""

    decision = one_of(_("What follows?"), Rung.choices)
    until_on = forms.DateField(
        label=_("Until which day?"), required=False, help_text=_("Of a suspension only.")
    )
    reasons = in_words(
        _("Reasons"), 500, rows=5, help_text=_("They speak of the agency, never of a worker.")
    )


class FindingForm(forms.Form):
    """What was found of a complaint; of any other incident first only that it was a mistake."""

    finding = one_of(_("What was found?"), Outcome.choices)
    reasons = in_words(
        _("Reasons"), 500, rows=5, help_text=_("They speak of the agency, never of a worker.")
    )
    on = forms.DateField(label=_("Found on which day?"))

    def __init__(self, *args: Any, mistake_only: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if mistake_only:
            kept = [(Outcome.MISTAKEN.value, Outcome.MISTAKEN.label)]
            self.fields["finding"].choices = kept  # type: ignore[attr-defined]
