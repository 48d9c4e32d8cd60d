"""What a statistician asks of the estimators."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.population.estimates.models import Method

LEVELS = [("0.9", "90 %"), ("0.95", "95 %"), ("0.99", "99 %")]


class RunForm(forms.Form):
    """The settings of one run; the usual ones stand there already, except the methods."""

    method = forms.ChoiceField(label=_("Methods"), choices=Method.choices, widget=forms.RadioSelect)
    level = forms.TypedChoiceField(
        label=_("Level of the interval"), choices=LEVELS, initial="0.95", coerce=float
    )
    bootstrap = forms.IntegerField(
        label=_("Bootstrap replicates"), initial=1000,
        help_text=_("0 for the model's own interval, which takes the model as given"),
    )  # fmt: skip
    seed = forms.IntegerField(
        label=_("Seed"), initial=1, help_text=_("The same seed gives the same answer again")
    )

    def __init__(self, *given: Any, lists: int, **named: Any) -> None:
        """Offer the methods there are for so many lists: Chapman's is for two."""
        super().__init__(*given, **named)
        offered = [c for c in Method.choices if lists == 2 or c[0] != Method.CHAPMAN]
        self.fields["method"].choices = offered  # type: ignore[attr-defined]
