"""Forms that let a question's clock stand still, go on, run longer, or end the time to recover."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.determination.models import ClockReason

WAITING = [(r.value, r.label) for r in ClockReason if r is not ClockReason.REASON_ENDED]


def _words(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("No name. It is kept with the clock for good."),
    )  # fmt: skip


class PauseForm(forms.Form):
    """Why the clock stands still."""

    reason = forms.ChoiceField(
        label=_("Why the clock stands still"), choices=WAITING, widget=forms.RadioSelect
    )
    because = _words(_("The reason in words"))


class GoOnForm(forms.Form):
    """Why a paused clock goes on."""

    because = _words(_("Why it goes on"))


class ExtendForm(forms.Form):
    """Until when there is more time, and why."""

    due_on = forms.DateField(label=_("To be answered by"))
    reason = forms.ChoiceField(
        label=_("Why more time is needed"), choices=WAITING, widget=forms.RadioSelect
    )
    because = _words(_("The reason in words"))


class EndMinimumForm(forms.Form):
    """What the person said when she or he wished the time to recover to end."""

    because = _words(_("What the person said, when, and who was with her or him"))
