"""Asking for a legal hold, or that one be lifted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.holds.models import Basis
from mekhala.web.casework.signing_twice import BecauseField


class HoldForm(forms.Form):
    """On what it rests, how long, and when it is looked at again."""

    basis = forms.ChoiceField(
        label=_("On what the hold rests"), choices=Basis.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose on what the hold rests.")},
    )  # fmt: skip
    until = forms.DateField(label=_("Last day of the hold"), help_text=_("Within two years"))
    review_on = forms.DateField(
        label=_("Day of the review"),
        help_text=_("Within 183 days, not after the last day"),
    )  # fmt: skip
    because = BecauseField()


class LiftForm(forms.Form):
    """Why a hold is to be lifted."""

    hold = forms.IntegerField(widget=forms.HiddenInput)
    because = BecauseField()
