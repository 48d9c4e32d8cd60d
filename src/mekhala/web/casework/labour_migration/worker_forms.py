"""Forms about workers: complaints, the case opened from one, contracts, who asks after them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import AgeCertainty, Sex
from mekhala.pathway.labour_migration.flags import ASKED
from mekhala.pathway.labour_migration.models import Deployment
from mekhala.pathway.labour_migration.words import Complainant, Found, Whom
from mekhala.pathway.screening.models import ScreeningOutcome
from mekhala.web.casework.answers import KEPT, FourAnswers
from mekhala.web.casework.fields import in_words, one_of
from mekhala.web.casework.labour_migration.fields import (
    WithRecruiter,
    place_code,
    recruiters,
    what_is_said,
    which_country,
)
from mekhala.web.casework.meanings import of_fact
from mekhala.web.casework.provinces import one_province


class ComplaintForm(WithRecruiter):
    """A complaint of an agency."""

    recruiter = forms.ChoiceField(
        label=_("Which agency?"), choices=recruiters,
        error_messages={"required": _("Choose the agency.")},
    )  # fmt: skip
    kinds = what_is_said()
    by_whom = one_of(_("Who complains?"), Complainant.choices)
    country = which_country()
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


class DeploymentForm(WithRecruiter):
    """Through which agency a worker went to whom, where and when."""

    recruiter = forms.ChoiceField(
        label=_("Through which agency?"), choices=recruiters,
        error_messages={"required": _("Choose the agency.")},
    )  # fmt: skip
    employer = in_words(_("Employer"), 160, help_text=_("A firm, or the word Household. No name."))
    country = which_country()
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


class DepartureForm(WithRecruiter):
    """A worker leaves: checklist and contract."""

    country = which_country()
    recruiter = forms.ChoiceField(
        label=_("Through which agency?"), choices=recruiters, required=False
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
