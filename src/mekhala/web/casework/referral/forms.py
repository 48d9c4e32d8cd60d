"""Forms: what is needed, what she says to it, and a provider's answer."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.directory.models import Form, Need, Service, Stay
from mekhala.pathway.directory.needs import Child
from mekhala.pathway.encounter.models import Sex
from mekhala.pathway.referral import placing
from mekhala.pathway.referral.codes import Mistake, Outcome, PlacementReason, Urgent
from mekhala.pathway.referral.models import Asks, DeclineReason, Referral, Requirement, Told
from mekhala.safeguards.consent.models import Answer, BestInterest, DataClass, Speaker
from mekhala.web.casework.answers import KEPT, FourAnswers
from mekhala.web.casework.fields import one_of
from mekhala.web.casework.provinces import any_province

YES, NO, NOT_SAID = "yes", "no", "not_said"
WAITS = "waits"
MOST_CHILDREN = 12


class NeedForm(forms.Form):
    """What is needed, and near where. Nothing is chosen beforehand."""

    need = one_of(
        _("What is needed?"), Need, error_messages={"required": _("Choose what is needed.")}
    )
    province = forms.ChoiceField(
        label=_("Near which province?"), required=False, choices=any_province
    )
    transgender = FourAnswers(
        label=_("Is the person transgender?"),
        help_text=_("Only if the person has said so. Used for this search and kept nowhere."),
    )
    cannot_climb = FourAnswers(label=_("Does the person need a place without steps?"))
    boys = forms.CharField(
        label=_("Ages of boys who come along"), required=False, max_length=40,
        help_text=_("In years, with a space between: 3 15. Write x for an age not known."),
    )  # fmt: skip
    girls = forms.CharField(
        label=_("Ages of girls who come along"), required=False, max_length=40,
        help_text=_("In years, with a space between: 3 15. Write x for an age not known."),
    )  # fmt: skip
    is_parent = FourAnswers(
        label=_("Are they her or his own children?"),
        help_text=_("Asked of somebody under 18 or of an age not known. Kept nowhere."),
    )
    form = forms.ChoiceField(
        label=_("Is help for one form of exploitation looked for?"), required=False,
        choices=[("", _("Not said")), *Form.choices],
    )  # fmt: skip

    stay = forms.ChoiceField(
        label=_("For how long is a place to stay looked for?"), required=False,
        choices=[("", _("Any")), *Stay.choices],
        help_text=_("A place of which nobody has said it is shown too, to be asked."),
    )  # fmt: skip
    night = forms.DateField(
        label=_("For which night?"), required=False, help_text=_("Leave empty for tonight."),
    )  # fmt: skip
    hour = forms.TimeField(
        label=_("At what time would the person arrive?"), required=False,
        help_text=_("Leave empty if it is not known."),
        widget=forms.TimeInput(attrs={"type": "time"}),
    )  # fmt: skip

    def clean_boys(self) -> tuple[Child, ...]:
        """Return the boys who come along."""
        return _children(self.cleaned_data["boys"], Sex.MALE)

    def clean_girls(self) -> tuple[Child, ...]:
        """Return the girls who come along."""
        return _children(self.cleaned_data["girls"], Sex.FEMALE)

    def about(self, *, now: datetime) -> dict[str, Any]:
        """Return what ``needs_of`` takes beside the case; the night is tonight where none is said.

        A night that is over is no night to ask for: tonight is meant.
        """
        given, today = self.cleaned_data, timezone.localdate(now)
        night = max(given["night"] or today, today)
        return {
            "night": night,
            "at": datetime.combine(night, given["hour"]) if given["hour"] else None,
            "province_code": given["province"], "form": given["form"], "stay": given["stay"],
            "transgender": KEPT.get(given["transgender"]),
            "cannot_climb": KEPT.get(given["cannot_climb"]),
            "children": given["boys"] + given["girls"],
            "is_parent": KEPT.get(given["is_parent"]),
        }  # fmt: skip


def _children(typed: str, sex: Sex) -> tuple[Child, ...]:
    """Return a child for each age; x is an age not known."""
    ages = typed.replace(",", " ").split()
    if any(not (age == "x" or (age.isascii() and age.isdigit() and int(age) < 18)) for age in ages):
        raise forms.ValidationError(_("Write ages from 0 to 17 in figures, or x: 3 15."))
    if len(ages) > MOST_CHILDREN:
        raise forms.ValidationError(_("Write twelve ages at most."))
    return tuple(Child(sex=sex, age=None if age == "x" else int(age)) for age in ages)


class AskForm(forms.Form):
    """Her answer for this agency, and what the service must know to receive her safely."""

    night = forms.DateField(
        label=_("From which night?"), required=False,
        help_text=_("Leave empty for tonight. The place is held from now on."),
    )  # fmt: skip
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
    children = forms.IntegerField(
        label=_("How many children come along?"), min_value=0, max_value=MOST_CHILDREN,
        required=False, help_text=_("A place is held for each. Leave empty if none comes."),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
    )  # fmt: skip
    urgent = forms.ChoiceField(
        label=_("Can the person wait until the ministry has decided about the place?"),
        required=False, widget=forms.RadioSelect,
        choices=[
            (WAITS, _("Yes: the place is held, and given when the ministry agrees")),
            *[(code, format_lazy(_("No: {why}"), why=why)) for code, why in Urgent.choices],
        ],
        help_text=_("The ministry decides about each place in a house, without name and without"
                    " story. Who cannot wait has the place first, and it decides afterwards."),
    )  # fmt: skip
    transfer_of = forms.TypedChoiceField(
        label=_("Does it take over from another place?"), required=False, coerce=int,
        empty_value=None, help_text=_("That place is kept until this one is accepted."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, service: Service, is_adult: bool, accepted: list[Referral] = (),  # type: ignore[assignment]
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        if accepted:
            places = [(r.pk, str(r.service)) for r in accepted]
            self.fields["transfer_of"].choices = [("", _("No")), *places]  # type: ignore[attr-defined]
        else:
            del self.fields["transfer_of"]
        if not placing.is_needed(service.need):
            del self.fields["urgent"]
        self.is_adult = is_adult
        if is_adult:
            del self.fields["beside"], self.fields["best_interest"]
        words = _("Does the person agree that %(agency)s is told what she or he needs?")
        self.fields["agrees"].label = words % {"agency": service.agency}

    @property
    def said(self) -> Answer | None:
        """Return the person's answer; None where there was none, which is not a no."""
        return {YES: Answer.GIVEN, NO: Answer.REFUSED}.get(self.cleaned_data["agrees"])

    def clean(self) -> dict[str, Any]:
        """Ask whether the ministry can be waited for, of a place that is going to be asked for."""
        given: dict[str, Any] = super().clean() or {}
        if "urgent" in self.fields and given.get("agrees") == YES and not given.get("urgent"):
            self.add_error("urgent", _("Say whether the person can wait for the ministry."))
        return given

    @property
    def cannot_wait(self) -> str:
        """Return why the person cannot wait for the ministry; empty: she or he can."""
        said = str(self.cleaned_data.get("urgent") or "")
        return "" if said == WAITS else said

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


class PlacementForm(forms.Form):
    """The ministry's decision on a place in a house, and why."""

    outcome = one_of(
        _("What does the ministry decide?"), Outcome,
        error_messages={"required": _("Choose what was decided.")},
    )  # fmt: skip
    agreed_because = forms.MultipleChoiceField(
        label=_("If it agrees, why?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(c, PlacementReason(c).label) for c in placing.REASONS_FOR[Outcome.AGREED]],
    )  # fmt: skip
    not_agreed_because = forms.MultipleChoiceField(
        label=_("If it does not agree, why?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(c, PlacementReason(c).label) for c in placing.REASONS_FOR[Outcome.NOT_AGREED]],
    )  # fmt: skip

    @property
    def reasons(self) -> list[str]:
        """Return every reason that was ticked, on whichever side."""
        given = self.cleaned_data
        return [*given["agreed_because"], *given["not_agreed_because"]]


class AskBackForm(forms.Form):
    """What a service asks before it answers."""

    asks = one_of(
        _("What do you need to know first?"), Asks,
        error_messages={"required": _("Choose what you need to know.")},
    )  # fmt: skip


class ArrivalBackForm(forms.Form):
    """Why it is taken back that the person has come."""

    because = one_of(
        _("Why is it taken back?"), Mistake,
        error_messages={"required": _("Say why it is taken back.")},
    )  # fmt: skip


class TellForm(forms.Form):
    """The answer to what a service asked back."""

    told = forms.ChoiceField(choices=Told)


class CodeForm(forms.Form):
    """The code that came by another way than the link."""

    code = forms.CharField(
        label=_("The code you were told"), max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": _("Write the code you were told.")},
    )  # fmt: skip


class LinkAnswerForm(CodeForm):
    """Accept, or decline with a reason, through a link."""

    answer = forms.ChoiceField(
        label=_("Can you take the person?"), widget=forms.RadioSelect,
        choices=[("yes", _("Yes, the place is given")), ("no", _("No"))],
        error_messages={"required": _("Say whether you can take the person.")},
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Why can the place not be given?"), choices=DeclineReason, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
