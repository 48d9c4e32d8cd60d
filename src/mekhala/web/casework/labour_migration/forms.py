"""Forms: agencies, licences, placements, incidents, reviews; complaints, contracts."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary.countries import country_names
from mekhala.pathway.encounter.models import AgeCertainty, Sex
from mekhala.pathway.labour_migration.flags import ASKED
from mekhala.pathway.labour_migration.models import (
    Deployment,
    Licence,
    Placement,
    Recruiter,
)
from mekhala.pathway.labour_migration.words import (
    Complainant,
    Found,
    Kind,
    Outcome,
    Rung,
    Source,
    Whom,
)
from mekhala.pathway.screening.models import ScreeningOutcome
from mekhala.web.casework.answers import KEPT, FourAnswers
from mekhala.web.casework.fields import in_words, one_of
from mekhala.web.casework.labour_migration.fields import place_code
from mekhala.web.casework.meanings import of_fact
from mekhala.web.casework.provinces import one_province, provinces_after

YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("Not found out yet"))]


def _kinds() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What is said?"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def _countries() -> list[tuple[str, str]]:
    return list(country_names(get_language() or "en").items())


def _country() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("In which country?"), choices=lambda: [("", ""), *_countries()],
        error_messages={"required": _("Choose a country.")},
    )  # fmt: skip


def _recruiters() -> list[tuple[str, str]]:
    return [("", ""), *((str(r.pk), str(r)) for r in Recruiter.objects.all())]


class _WithRecruiter(forms.Form):
    """A form that names an agency of the register."""

    def clean_recruiter(self) -> Recruiter | None:
        """Return the agency, None if none was named."""
        return Recruiter.objects.filter(pk=self.cleaned_data["recruiter"] or 0).first()


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
        if Licence.objects.filter(number=number).exists():
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
    country = _country()
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

    kinds = _kinds()
    source = one_of(
        _("Where does it come from?"),
        [(s.value, s.label) for s in Source if s in (Source.INSPECTION, Source.COURT)],
    )
    country = _country()
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
    """What was found of a complaint."""

    finding = one_of(_("What was found?"), Outcome.choices)
    reasons = in_words(
        _("Reasons"), 500, rows=5, help_text=_("They speak of the agency, never of a worker.")
    )
    on = forms.DateField(label=_("Found on which day?"))


class ComplaintForm(_WithRecruiter):
    """A complaint of an agency."""

    recruiter = forms.ChoiceField(
        label=_("Which agency?"), choices=_recruiters,
        error_messages={"required": _("Choose the agency.")},
    )  # fmt: skip
    kinds = _kinds()
    by_whom = one_of(_("Who complains?"), Complainant.choices)
    country = _country()
    words = in_words(
        _("What happened, in her or his words"), 4000, required=False, rows=5,
        help_text=_("Sealed. The agency never sees it."),
    )  # fmt: skip
    labour_may_read = FourAnswers(
        label=_("May labour inspection read these words? It never gets a name."), required=True
    )
    received_on = forms.DateField(label=_("Received on"))


class CaseForm(forms.Form):
    """The worker says yes to a case."""

    worker_says_yes = FourAnswers(
        label=_("Does the worker her- or himself want help and a case?"), required=True
    )
    place_code = forms.ChoiceField(
        label=_("Province she or he comes from, or where you met"),
        choices=one_province,
        error_messages={"required": _("Choose a province")},
    )  # fmt: skip
    sex = one_of(_("Sex, as the person says"), Sex.choices)
    age = forms.IntegerField(label=_("Age"), min_value=0, max_value=120, required=False)
    age_certainty = one_of(_("How is the age known?"), AgeCertainty.choices)


class WorkersComplaintForm(ComplaintForm):
    """A complaint of a worker whose work is known: it may be put to one piece of it."""

    deployment = forms.ChoiceField(label=_("About which work?"), required=False)

    def __init__(self, *args: Any, deployments: Iterable[Deployment] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.known = {str(one.pk): one for one in deployments}
        named = [
            (key, f"{one.recruiter} · {one.employer}, {one.year}")
            for key, one in self.known.items()
        ]
        self.fields["deployment"].choices = [("", ""), *named]  # type: ignore[attr-defined]

    def clean_deployment(self) -> Deployment | None:
        """Return the work, None if none was named."""
        return self.known.get(self.cleaned_data["deployment"])


class DeploymentForm(_WithRecruiter):
    """Through which agency a worker went to whom, where and when."""

    recruiter = forms.ChoiceField(
        label=_("Through which agency?"), choices=_recruiters,
        error_messages={"required": _("Choose the agency.")},
    )  # fmt: skip
    employer = in_words(_("Employer"), 160, help_text=_("A firm, or the word Household. No name."))
    country = _country()
    year = forms.IntegerField(label=_("In which year?"), min_value=1990, max_value=9998)


class FlagForm(forms.Form):
    """What a worker is asked, the advice, and whether the authority may know."""

    outcome = one_of(_("Your advice"), ScreeningOutcome.choices)
    authority_may_know = FourAnswers(
        label=_("Does the worker agree that the competent authority is told?"),
        required=True,
        help_text=_(
            "A child, and whoever is not known to be 18 or more, is referred all the same."
        ),
    )
    because = in_words(
        _("Why"), 4000, required=False, rows=4,
        help_text=_("Needed if you do not refer now, or are unsure. No names."),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for code in ASKED:
            self.fields[code] = FourAnswers(label=of_fact(code))
        self.order_fields(ASKED)

    def told(self) -> dict[str, Any]:
        """Return what ``flags.screen`` takes; a question left out was not asked."""
        given = self.cleaned_data
        return {
            "answers": {code: KEPT[given[code]] for code in ASKED if given[code]},
            "outcome": given["outcome"], "because": given["because"],
            "authority_may_know": KEPT[given["authority_may_know"]],
        }  # fmt: skip


class DepartureForm(_WithRecruiter):
    """A worker leaves: checklist and contract."""

    country = _country()
    recruiter = forms.ChoiceField(
        label=_("Through which agency?"), choices=_recruiters, required=False
    )
    leaves_on = forms.DateField(label=_("Leaves on"), required=False)
    checklist = in_words(
        _("Number of the filled pre-departure checklist"), 20, required=False,
        help_text=_("The form is under Forms."),
    )  # fmt: skip
    contract = forms.FileField(
        label=_("The worker's contract"), required=False,
        help_text=_("A picture or PDF. It is kept sealed, for the worker."),
    )  # fmt: skip


class AskAfterForm(forms.Form):
    """The person wants to be asked after."""

    place_code = place_code(_("Village"))
    how = in_words(_("How does the person want to be reached?"), 300, rows=2)
    contact = in_words(
        _("Whom may we ask if she or he is not reached?"), 300, required=False, rows=2,
        help_text=_("Only whom the person chose. Leave empty for nobody."),
    )  # fmt: skip
    first_on = forms.DateField(label=_("Ask first on"))
    every_days = forms.IntegerField(
        label=_("Then every how many days?"), min_value=1, max_value=365, initial=30
    )


class AskingForm(forms.Form):
    """What came of asking."""

    whom = one_of(_("Who was asked?"), Whom.choices)
    found = one_of(_("How is she or he?"), Found.choices)
    on = forms.DateField(label=_("On which day?"))
