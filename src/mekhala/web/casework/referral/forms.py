"""Forms: what is needed, what she says to it, and a provider's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.directory.models import Need, Service
from mekhala.pathway.referral.models import DeclineReason, Requirement
from mekhala.safeguards.consent.models import Answer
from mekhala.web.casework.directory.forms import province_choices

YES, NO, NOT_SAID = "yes", "no", "not_said"


class NeedForm(forms.Form):
    """What is needed, and near where. Nothing is chosen beforehand."""

    need = forms.ChoiceField(
        label=_("What is needed?"), choices=Need, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is needed.")},
    )  # fmt: skip
    province = forms.ChoiceField(
        label=_("Near which province?"), required=False, choices=province_choices
    )


class AskForm(forms.Form):
    """Her answer for this agency, and what the service must know to receive her safely."""

    agrees = forms.ChoiceField(
        choices=[
            (YES, _("Yes, she or he agrees")),
            (NO, _("No")),
            (NOT_SAID, _("Could not be asked, or did not want to say")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Ask the person, and record what she or he says.")},
    )
    requirements = forms.MultipleChoiceField(
        label=_("What must the service know?"), required=False, choices=Requirement,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what it takes to receive somebody safely. Not what happened."),
    )  # fmt: skip

    def __init__(self, *args: Any, service: Service, **more: Any) -> None:
        super().__init__(*args, **more)
        words = _("Does the person agree that %(agency)s is told what she or he needs?")
        self.fields["agrees"].label = words % {"agency": service.agency}

    @property
    def said(self) -> Answer | None:
        """Return the person's answer; None where there was none, which is not a no."""
        return {YES: Answer.GIVEN, NO: Answer.REFUSED}.get(self.cleaned_data["agrees"])


class DeclineForm(forms.Form):
    """Why the service cannot take somebody."""

    reason = forms.ChoiceField(
        label=_("Why can the place not be given?"), choices=DeclineReason,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say why the place cannot be given: choose one of the reasons.")
        },
    )  # fmt: skip
