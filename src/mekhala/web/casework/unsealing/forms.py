"""Recording a written order for the name behind a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.unsealing.models import Basis, Told
from mekhala.web.casework.signing_twice import BecauseField


class OrderForm(forms.Form):
    """What the order is, whose, and whether the person knows. Nothing is chosen beforehand."""

    basis = forms.ChoiceField(
        label=_("On what does it rest?"), choices=Basis.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose on what it rests.")},
    )  # fmt: skip
    body = forms.CharField(
        label=_("Which court or office?"), max_length=120, strip=True,
        help_text=_("Its name as on the paper. No name of a judge or of any person."),
    )  # fmt: skip
    dated = forms.DateField(label=_("Day of the order"))
    reference = forms.CharField(
        label=_("Number of the order"), max_length=40, strip=True,
        help_text=_("As on the paper. No name."),
    )  # fmt: skip
    told = forms.ChoiceField(
        label=_("Was the person, or counsel, told?"), choices=Told.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the person or counsel was told.")},
    )  # fmt: skip
    silent_until = forms.DateField(
        label=_("Last day on which the order forbids telling"), required=False,
        help_text=_("Only if it forbids it. The next day the person's paper tells of the order."),
    )  # fmt: skip
    because = BecauseField()

    def clean(self) -> dict[str, Any]:
        """A ban has its last day."""
        given = super().clean() or {}
        is_ban = given.get("told") == Told.FORBIDDEN
        if is_ban and not given.get("silent_until") and "silent_until" not in self.errors:
            self.add_error("silent_until", _("Give the last day on which telling is forbidden."))
        return given
