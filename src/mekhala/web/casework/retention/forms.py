"""Why a case is closed, although what; why it is to be erased sooner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import ClosingReason, StillOpen
from mekhala.web.casework.signing_twice import BecauseField


class CloseForm(forms.Form):
    """Why the case is closed; what is not finished has to be ticked one by one."""

    because = forms.ChoiceField(
        label=_("Why is the case closed?"), choices=ClosingReason, widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the case is closed.")},
    )  # fmt: skip
    despite = forms.MultipleChoiceField(
        label=_("Not finished. Tick what you leave as it is."), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, still_open: list[StillOpen], **more: Any) -> None:
        super().__init__(*args, **more)
        despite = self.fields.pop("despite")
        may_stay_open = [one for one in still_open if one != StillOpen.STAY]  # it ends first
        if may_stay_open and isinstance(despite, forms.MultipleChoiceField):
            despite.choices = [(one.value, one.label) for one in may_stay_open]
            self.fields["despite"] = despite


class EraseForm(forms.Form):
    """What the person said, in a sentence without a name."""

    because = BecauseField()
