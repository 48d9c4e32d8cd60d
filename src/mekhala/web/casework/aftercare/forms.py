"""Forms: needs, a plan in her words, a task, help given, how things stand later."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.aftercare.codes import (
    Answer,
    Area,
    ClosedBecause,
    FollowUpOutcome,
    Housing,
    Mistake,
    PlanStage,
    Work,
)
from mekhala.pathway.aftercare.policies import STAGE_MOVES
from mekhala.pathway.aftercare.services import Task
from mekhala.pathway.directory.models import Need
from mekhala.safeguards.agencies.models import Agency, AgencyKind
from mekhala.web.casework.answers import KEPT, FourAnswers
from mekhala.web.casework.fields import one_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise


def helping_agencies() -> "QuerySet[Agency]":
    """Return the agencies that give help, in the order of their names."""
    kinds = [AgencyKind.PROVIDER, AgencyKind.SOCIAL_AFFAIRS]
    return Agency.objects.filter(is_active=True, kind__in=kinds).order_by("name")


def _day(label: "StrOrPromise", missing: "StrOrPromise") -> forms.DateField:
    return forms.DateField(label=label, error_messages={"required": missing})


class PlanForm(forms.Form):
    """What the person wants, and the day it was agreed with her or him."""

    goals = forms.CharField(
        label=_("What does the person want?"),
        help_text=_("In her or his own words. Talking to the police is never part of a plan."),
        error_messages={"required": _("Write what the person wants, in her or his own words.")},
        max_length=5000, widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    agreed_on = _day(_("Agreed on"), _("Give the day on which it was agreed."))


class TakeBackForm(forms.Form):
    """Why something is taken back; a task also because the person wants it no more."""

    because = one_of(_("Why?"), ())

    def __init__(self, *args: Any, is_task: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["because"].choices = [  # type: ignore[attr-defined]
            (code, words) for code, words in Mistake.choices
            if is_task or code != Mistake.NOT_WANTED
        ]  # fmt: skip


class TaskForm(forms.Form):
    """One thing somebody does by a day."""

    need = forms.ChoiceField(
        label=_("For which need?"), choices=Need, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the need this is for.")},
    )  # fmt: skip
    what = forms.CharField(
        label=_("What is done, and by whom?"), max_length=300,
        error_messages={"required": _("Write what is done, and by whom.")},
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        label=_("Which agency does it?"), required=False, empty_label=_("Not said"),
        queryset=Agency.objects.none(),
    )  # fmt: skip
    due_on = _day(_("By which day?"), _("Give the day by which it is done."))

    def __init__(self, *given: Any, **named: Any) -> None:
        """Offer the agencies that help."""
        super().__init__(*given, **named)
        self.fields["agency"].queryset = helping_agencies()  # type: ignore[attr-defined]

    @property
    def task(self) -> Task:
        """Return the task that was written."""
        return Task(**self.cleaned_data)


class DoneForm(forms.Form):
    """The day on which a task was done."""

    on = _day(_("Done on"), _("Give the day on which it was done."))


class NeedsForm(forms.Form):
    """Each area of life with one of four answers, and what the person says about it."""

    words = forms.CharField(
        label=_("What does the person say?"), required=False, max_length=5000,
        help_text=_("In her or his own words. Leave out whatever was not said."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    made_on = _day(_("On which day did you look at this together?"), _("Give the day."))
    next_on = forms.DateField(label=_("When do you look at it again?"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        """Put one question for each area before the words."""
        super().__init__(*given, **named)
        asked = {
            area.value: forms.ChoiceField(
                label=area.label, choices=Answer, widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the four answers.")},
            )
            for area in Area
        }  # fmt: skip
        self.fields = asked | self.fields

    @property
    def told(self) -> dict[str, Any]:
        """Return what the act takes."""
        told = dict(self.cleaned_data)
        return {"answers": {area: told.pop(area) for area in Area.values}, **told}


class HelpForm(forms.Form):
    """Help given on a day."""

    need = forms.ChoiceField(
        label=_("For which need?"), choices=Need, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the need this is for.")},
    )  # fmt: skip
    agreed = FourAnswers(label=_("Did the person say yes to this help?"), required=True)
    given_on = _day(_("On which day was it given?"), _("Give the day on which it was given."))


class StageForm(forms.Form):
    """Where support goes on from here."""

    to = forms.ChoiceField(
        label=_("Where does support go on?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose where support goes on.")},
    )  # fmt: skip
    because = forms.ChoiceField(
        label=_("If it ends: why?"), choices=ClosedBecause, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    on = _day(_("Since which day?"), _("Give the day."))

    def __init__(self, *given: Any, stage: str, **named: Any) -> None:
        """Offer the moves that lead on from ``stage``."""
        super().__init__(*given, **named)
        moves = STAGE_MOVES[PlanStage(stage)]
        choices = [(one.value, one.label) for one in PlanStage if one in moves]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class FollowUpForm(forms.Form):
    """How things stood, on which day; what was not said stays open."""

    outcome = forms.ChoiceField(
        label=_("How do things stand?"), choices=FollowUpOutcome, widget=forms.RadioSelect,
        error_messages={"required": _("Say how things stand, or that you have not met since.")},
    )  # fmt: skip
    housing = forms.ChoiceField(
        label=_("Where does the person live?"), choices=Housing, required=False,
        widget=forms.RadioSelect, help_text=_("The kind of place only, no address."),
    )  # fmt: skip
    may_stay = FourAnswers(label=_("Can she or he stay there as long as wanted?"), required=False)
    work = forms.ChoiceField(
        label=_("What does the person do?"), choices=Work, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    pay_enough = FourAnswers(label=_("Is there enough to live on?"), required=False)
    feels_safe = FourAnswers(label=_("Does the person feel safe?"), required=False)
    on = _day(_("On which day?"), _("Give the day on which you looked in."))


class TryForm(forms.Form):
    """A day on which nobody was reached."""

    on = _day(_("On which day did you try?"), _("Give the day on which you tried."))


def kept(form: forms.Form, *names: str) -> dict[str, Any]:
    """Return what a form holds, the four answers of ``names`` as they are kept."""
    return form.cleaned_data | {n: KEPT.get(form.cleaned_data[n]) for n in names}
