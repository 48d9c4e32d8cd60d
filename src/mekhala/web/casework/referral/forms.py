"""Forms: what is needed, what she says to it, and a provider's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.directory.models import Need, Service
from mekhala.pathway.referral.models import DeclineReason, Requirement
from mekhala.safeguards.consent.models import Answer, BestInterest, DataClass, Speaker
from mekhala.web.casework.answers import KEPT, FourAnswers
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
    also = forms.MultipleChoiceField(
        label=_("May the service, once it accepted, also know"), required=False,
        choices=[
            (DataClass.IDENTITY, _("the name and papers")),
            (DataClass.STORY, _("what happened")),
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what the person agreed to. Nothing of it is told before."),
    )  # fmt: skip
    was_alone = FourAnswers(label=_("Was the person asked alone?"))
    beside = forms.ChoiceField(
        label=_("Who says yes beside the child?"), required=False, widget=forms.RadioSelect,
        choices=[
            (Speaker.GUARDIAN, _("The guardian, who is known to have had no part in it")),
            (Speaker.APPOINTED, _("The person whom the social authority appointed")),
        ],
        help_text=_("Child rules apply: the child agrees, and one of these beside it."),
    )  # fmt: skip
    best_interest = forms.ChoiceField(
        label=_("Why an appointed person answers"), required=False, choices=BestInterest,
        widget=forms.RadioSelect,
    )  # fmt: skip
    requirements = forms.MultipleChoiceField(
        label=_("What must the service know?"), required=False, choices=Requirement,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what it takes to receive somebody safely. Not what happened."),
    )  # fmt: skip

    def __init__(self, *args: Any, service: Service, is_adult: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.is_adult = is_adult
        if is_adult:
            del self.fields["beside"], self.fields["best_interest"]
        words = _("Does the person agree that %(agency)s is told what she or he needs?")
        self.fields["agrees"].label = words % {"agency": service.agency}

    @property
    def said(self) -> Answer | None:
        """Return the person's answer; None where there was none, which is not a no."""
        return {YES: Answer.GIVEN, NO: Answer.REFUSED}.get(self.cleaned_data["agrees"])

    def answers(self) -> list[dict[str, Any]]:
        """Return each answer as ``record_answer`` takes it: what is needed, and what else."""
        given = self.cleaned_data
        kinds = [DataClass.NEEDS]
        if self.said == Answer.GIVEN:
            kinds += [DataClass(code) for code in given["also"]]
        own: dict[str, Any] = {
            "is_adult": self.is_adult, "asked_alone": KEPT.get(given["was_alone"]),
        }  # fmt: skip
        speakers = [own]
        if given.get("beside") and self.said == Answer.GIVEN:
            beside = {"said_by": Speaker(given["beside"]), "is_adult": False}
            speakers.append(beside | {"best_interest": given["best_interest"]})
        return [{"data_class": kind} | speaker for kind in kinds for speaker in speakers]


class DeclineForm(forms.Form):
    """Why the service cannot take somebody."""

    reason = forms.ChoiceField(
        label=_("Why can the place not be given?"), choices=DeclineReason,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say why the place cannot be given: choose one of the reasons.")
        },
    )  # fmt: skip
