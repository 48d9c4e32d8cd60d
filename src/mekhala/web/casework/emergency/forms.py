"""Forms: asking for a file in an emergency, and saying whether that was justified."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.emergency.reasons import Reason
from mekhala.safeguards.emergency.services import LONG_ENOUGH
from mekhala.web.casework.cases.forms import FindForm

YES, NO = "yes", "no"


class EmergencyForm(FindForm):
    """Which file, what happens, and why it cannot wait. Nothing is chosen beforehand."""

    reason = forms.ChoiceField(
        label=_("What is the emergency?"), choices=Reason, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What happens, and why can it not wait?"), min_length=LONG_ENOUGH,
        max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "At least 30 letters. Another agency reads it and it is not sealed: no name, no "
            "address, and nothing of what the person told."
        ),
    )  # fmt: skip


class ReviewForm(forms.Form):
    """Whether the opening was justified, and why."""

    justified = forms.ChoiceField(
        label=_("Was it justified to open the file?"), widget=forms.RadioSelect,
        choices=[(YES, _("Justified")), (NO, _("Not justified: the account is suspended"))],
    )  # fmt: skip
    words = forms.CharField(
        label=_("Why"), min_length=LONG_ENOUGH, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_(
            "At least 30 letters. It is not sealed: no name, and nothing of what the person told."
        ),
    )  # fmt: skip
