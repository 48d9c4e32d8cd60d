"""Forms: agencies, licences, placements, incidents, reviews; complaints, contracts; funds."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary.countries import country_names
from mekhala.pathway.encounter.models import AgeCertainty, Sex
from mekhala.pathway.labour_migration.flags import ASKED
from mekhala.pathway.labour_migration.models import Deployment, Recruiter
from mekhala.pathway.labour_migration.words import (
    Complainant,
    EntryKind,
    Found,
    Kind,
    Rung,
    Source,
    Whom,
)
from mekhala.pathway.screening.models import ScreeningOutcome
from mekhala.web.casework.answers import KEPT, FourAnswers
from mekhala.web.casework.meanings import of_fact
from mekhala.web.casework.provinces import one_province, provinces_after

YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("Not found out yet"))]


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=help_text,
        error_messages={"required": _("Give the day.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip


def _chosen(label: Any, choices: Any, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, required=required,
        error_messages={"required": _("Choose one of the answers.")},
    )  # fmt: skip


def _words(label: Any, length: int, *, required: bool = True, help_text: Any = "",
           rows: int = 0) -> forms.CharField:  # fmt: skip
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, max_length=length, required=required, help_text=help_text, widget=widget,
        error_messages={"required": _("Write it down.")},
    )  # fmt: skip


def _kinds() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What is said?"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
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

    register_number = _words(_("Number in the register"), 40)
    name = _words(_("Name of the agency"), 160)
    name_km = _words(_("Name in Khmer"), 160, required=False)
    province_code = forms.ChoiceField(
        label=_("Province"), required=False,
        choices=provinces_after(),
    )  # fmt: skip


class LicenceForm(forms.Form):
    """A licence."""

    number = _words(_("Number of the licence"), 40)
    valid_from = _day(_("Valid from"))
    valid_until = _day(_("Valid until"))


class PlacementForm(forms.Form):
    """How many workers were sent where."""

    employer = _words(_("Employer"), 160)
    country = _country()
    month = _day(_("A day of the month"))
    people = forms.IntegerField(label=_("How many workers?"), min_value=1, max_value=1_000_000)


class IncidentForm(forms.Form):
    """What an inspection or an authority found."""

    kinds = _kinds()
    source = _chosen(
        _("Where does it come from?"),
        [(s.value, s.label) for s in Source if s in (Source.INSPECTION, Source.COURT)],
    )
    country = _country()
    established = _chosen(_("Was it found to be so?"), YES_NO, required=False)
    on = _day(_("On which day?"))

    def clean_established(self) -> bool | None:
        """Return yes, no, or None for not found out yet."""
        return {"yes": True, "no": False}.get(self.cleaned_data["established"])


class ReviewForm(forms.Form):
    """Nothing to fill in: a review is opened."""


class DecisionForm(forms.Form):
    """What follows from a review."""

    decision = _chosen(_("What follows?"), Rung.choices)
    until_on = _day(_("Until which day?"), required=False, help_text=_("Of a suspension only."))
    reasons = _words(
        _("Reasons"), 500, rows=5, help_text=_("They speak of the agency, never of a worker.")
    )


class ComplaintForm(_WithRecruiter):
    """A complaint of an agency."""

    recruiter = forms.ChoiceField(
        label=_("Which agency?"), choices=_recruiters,
        error_messages={"required": _("Choose the agency.")},
    )  # fmt: skip
    kinds = _kinds()
    by_whom = _chosen(_("Who complains?"), Complainant.choices)
    country = _country()
    words = _words(
        _("What happened, in her or his words"), 4000, required=False, rows=5,
        help_text=_("Sealed. The agency never sees it."),
    )  # fmt: skip
    labour_may_read = FourAnswers(
        label=_("May labour inspection read these words? It never gets a name."), required=True
    )
    received_on = _day(_("Received on"))


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
    sex = _chosen(_("Sex, as the person says"), Sex.choices)
    age = forms.IntegerField(label=_("Age"), min_value=0, max_value=120, required=False)
    age_certainty = _chosen(_("How is the age known?"), AgeCertainty.choices)


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
    employer = _words(_("Employer"), 160, help_text=_("A firm, or the word Household. No name."))
    country = _country()
    year = forms.IntegerField(label=_("In which year?"), min_value=1990, max_value=9998)


class FlagForm(forms.Form):
    """What a worker is asked, the advice, and whether the authority may know."""

    outcome = _chosen(_("Your advice"), ScreeningOutcome.choices)
    authority_may_know = FourAnswers(
        label=_("Does the worker agree that the competent authority is told?"),
        required=True,
        help_text=_(
            "A child, and whoever is not known to be 18 or more, is referred all the same."
        ),
    )
    because = _words(
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
    leaves_on = _day(_("Leaves on"), required=False)
    checklist = _words(
        _("Number of the filled pre-departure checklist"), 20, required=False,
        help_text=_("The form is under Forms."),
    )  # fmt: skip
    contract = forms.FileField(
        label=_("The worker's contract"), required=False,
        help_text=_("A picture or PDF. It is kept sealed, for the worker."),
    )  # fmt: skip


class AskAfterForm(forms.Form):
    """The person wants to be asked after."""

    place_code = _words(_("Village"), 8, help_text=_("Gazetteer code, 2 to 8 signs"))
    how = _words(_("How does the person want to be reached?"), 300, rows=2)
    contact = _words(
        _("Whom may we ask if she or he is not reached?"), 300, required=False, rows=2,
        help_text=_("Only whom the person chose. Leave empty for nobody."),
    )  # fmt: skip
    first_on = _day(_("Ask first on"))
    every_days = forms.IntegerField(
        label=_("Then every how many days?"), min_value=1, max_value=365, initial=30
    )


class AskingForm(forms.Form):
    """What came of asking."""

    whom = _chosen(_("Who was asked?"), Whom.choices)
    found = _chosen(_("How is she or he?"), Found.choices)
    on = _day(_("On which day?"))


class FundForm(forms.Form):
    """A village fund."""

    name = _words(_("Name of the fund"), 160)
    name_km = _words(_("Name in Khmer"), 160, required=False)
    place_code = _words(_("Village or commune"), 8, help_text=_("Gazetteer code, 2 to 8 signs"))
    terms = _words(_("Terms: interest, time to repay, who may borrow"), 300, rows=3)
    on = _day(_("Opened on"))


class EntryForm(forms.Form):
    """A line of the ledger."""

    kind = _chosen(_("What moved?"), EntryKind.choices)
    riel = forms.IntegerField(label=_("Riel"), min_value=1, max_value=10**12)
    loan = _words(_("Number of the loan"), 20, required=False, help_text=_("No name."))
    due_on = _day(_("To be repaid by"), required=False)
    on = _day(_("On which day?"))
