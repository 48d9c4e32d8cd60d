"""Lifting a lock, and saying what was found out about an alarm."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.reading.services import LONG_ENOUGH


class LiftForm(forms.Form):
    """Why the officer may read on."""

    because = forms.CharField(
        label=_("Why may the officer read on?"), min_length=LONG_ENOUGH, max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("At least 20 letters: whom you asked, and what the work was."),
    )  # fmt: skip


class LookedIntoForm(forms.Form):
    """What was found out about an alarm."""

    words = forms.CharField(
        label=_("What did you find out?"), min_length=LONG_ENOUGH, max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("At least 20 letters: whom you asked, what the work was, and what you did. No "
                    "name of a person a file is about, and no number of a file."),
    )  # fmt: skip
