"""What is filled in to read dossiers. The rules are the room's; these only read what is typed."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mekhala.population.dossiers.queries import who_may_supervise
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.signing_twice import BecauseField


class SupervisorField(forms.ModelChoiceField):
    """An officer of a court, told with the court."""

    def label_from_instance(self, obj: Any) -> str:
        """Return who it is, and where."""
        return f"{obj.shown_as}, {obj.agency}"


class AccessForm(forms.Form):
    """Which study, who approved it, who supervises, which dossiers, until when."""

    purpose = forms.CharField(
        label=_("What is studied"), max_length=400, min_length=20,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The question of the study. Two agencies read it: no name in it."),
        error_messages={"min_length": _("Say in at least 20 letters what is studied.")},
    )  # fmt: skip
    approved_by = forms.CharField(
        label=_("Which board of ethics approved it"), max_length=120,
        help_text=_("The board, not a person"),
    )  # fmt: skip
    approval = forms.CharField(label=_("Number of the approval"), max_length=40)
    approved_on = forms.DateField(label=_("Day of the approval"))
    supervisor = SupervisorField(
        Officer.objects.none(), label=_("Who supervises"), empty_label=_("Choose an officer"),
        help_text=_("An officer of the prosecution or court to whom all of the dossiers are open"),
    )  # fmt: skip
    named = forms.CharField(
        label=_("Which proceedings"), widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Their numbers, one a line, 30 at most"),
    )  # fmt: skip
    last_day = forms.DateField(label=_("Last day of reading"), help_text=_("Within a year"))

    def __init__(self, *args: Any, officer: Officer, **more: Any) -> None:
        """Offer the justice officers of courts elsewhere."""
        super().__init__(*args, **more)
        field: Any = self.fields["supervisor"]
        field.queryset = who_may_supervise(officer)

    def asked(self) -> dict[str, Any]:
        """Return what the room is asked, the last day as its end by the clock here."""
        given = dict(self.cleaned_data)
        given["until"] = timezone.make_aware(datetime.combine(given.pop("last_day"), time.max))
        given["named"] = [line for line in given["named"].splitlines() if line.strip()]
        return given


class SignForm(forms.Form):
    """Why the study may read them."""

    because = BecauseField()
