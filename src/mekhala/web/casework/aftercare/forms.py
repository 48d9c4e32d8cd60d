"""Forms: a plan in her words, a task, a day on which something was done."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.aftercare.models import FollowUpOutcome
from mekhala.pathway.aftercare.services import Task
from mekhala.pathway.directory.models import Need

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _day(label: "StrOrPromise", missing: "StrOrPromise") -> forms.DateField:
    return forms.DateField(
        label=label, error_messages={"required": missing},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip


class PlanForm(forms.Form):
    """What the person wants, and the day it was agreed with her or him."""

    goals = forms.CharField(
        label=_("What does the person want?"),
        help_text=_("In her or his own words. Talking to the police is never part of a plan."),
        error_messages={"required": _("Write what the person wants, in her or his own words.")},
        max_length=5000, widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    agreed_on = _day(_("Agreed on"), _("Give the day on which it was agreed."))


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
    due_on = _day(_("By which day?"), _("Give the day by which it is done."))

    @property
    def task(self) -> Task:
        """Return the task that was written."""
        return Task(**self.cleaned_data)


class DoneForm(forms.Form):
    """The day on which a task was done."""

    on = _day(_("Done on"), _("Give the day on which it was done."))


class FollowUpForm(forms.Form):
    """How things stood, on which day."""

    outcome = forms.ChoiceField(
        label=_("How do things stand?"), choices=FollowUpOutcome, widget=forms.RadioSelect,
        error_messages={"required": _("Say how things stand, or that you have not met since.")},
    )  # fmt: skip
    on = _day(_("On which day?"), _("Give the day on which you looked in."))
