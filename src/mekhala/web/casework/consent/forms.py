"""Forms: what the person says yes or no to, how it was asked, and who answers for a child."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.consent.models import (
    Answer,
    BestInterest,
    DataClass,
    Held,
    InterpreterOf,
    Manner,
    Present,
    Relation,
    Speaker,
)
from mekhala.safeguards.consent.policies import USUAL_TIME
from mekhala.web.casework.answers import KEPT, FourAnswers
from mekhala.web.casework.languages import language_choices

SPEAKERS_OF_A_CHILD = [
    (Speaker.PERSON, _("The child")),
    (Speaker.GUARDIAN, _("The guardian, who is known to have had no part in it")),
    (Speaker.APPOINTED, _("The person whom the social authority appointed")),
]


class HowAskedForm(forms.Form):
    """How an answer was asked for. Nothing is ticked beforehand."""

    present = forms.MultipleChoiceField(
        label=_("Who was there?"), choices=Present, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With an interpreter only still counts as alone. Leave empty if not known."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Explained in which language"), required=False)
    interpreter = FourAnswers(label=_("Was there an interpreter?"))
    interpreter_of = forms.ChoiceField(
        label=_("Whose interpreter"), required=False,
        choices=[("", _("No interpreter, or not known")), *InterpreterOf.choices],
        help_text=_("No name."),
    )  # fmt: skip
    manner = forms.ChoiceField(
        label=_("How was the answer given?"), choices=Manner, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    read_out = FourAnswers(label=_("Was it read out before?"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]

    def how(self) -> dict[str, Any]:
        """Return how it was asked, as ``record_answer`` takes it."""
        given = self.cleaned_data
        return {
            "present": given["present"],
            "language": given["language"],
            "interpreter": KEPT.get(given["interpreter"]),
            "interpreter_of": given["interpreter_of"],
            "manner": given["manner"],
            "read_out": KEPT.get(given["read_out"]),
        }


class ConsentForm(HowAskedForm):
    """One answer: to whom, for what, which data, until when. Nothing is ticked beforehand."""

    recipient = forms.ChoiceField(label=_("Who would receive it"), widget=forms.Select)
    purpose = forms.ChoiceField(label=_("What for"), choices=Purpose, widget=forms.RadioSelect)
    data_class = forms.ChoiceField(
        label=_("Which data"), choices=DataClass, widget=forms.RadioSelect
    )
    said_by = forms.ChoiceField(
        label=_("Who answers?"), choices=SPEAKERS_OF_A_CHILD, widget=forms.RadioSelect,
        help_text=_("Child rules apply: the child says yes itself, and one of the others too."),
    )  # fmt: skip
    best_interest = forms.ChoiceField(
        label=_("Why an appointed person answers"), required=False, widget=forms.RadioSelect,
        choices=BestInterest,
    )  # fmt: skip
    answer = forms.ChoiceField(
        label=_("What she or he said"), choices=Answer, widget=forms.RadioSelect
    )
    until = forms.DateField(label=_("Until which day"), required=False)

    field_order = [
        "recipient", "purpose", "data_class", "said_by", "best_interest", "answer", "until",
        "present", "language", "interpreter", "interpreter_of", "manner", "read_out",
    ]  # fmt: skip

    def __init__(self, *args: Any, is_adult: bool, now: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.is_adult = is_adult
        if is_adult:
            del self.fields["said_by"], self.fields["best_interest"]
        self.agencies = {a.code: str(a) for a in Agency.objects.filter(is_active=True)}
        choices = [("", _("Choose an agency")), *self.agencies.items()]
        self.fields["recipient"].choices = choices  # type: ignore[attr-defined]
        usual = date_format(timezone.localtime(now + USUAL_TIME), "DATE_FORMAT")
        words = _("If the person names no day, a yes ends after half a year: on %(day)s.")
        self.fields["until"].help_text = words % {"day": usual}

    def told(self) -> dict[str, Any]:
        """Return what ``record_answer`` takes."""
        given = self.cleaned_data
        answer = Answer(given["answer"])
        return self.how() | {
            "recipient": given["recipient"],
            "purpose": Purpose(given["purpose"]),
            "data_class": DataClass(given["data_class"]),
            "answer": answer,
            "is_adult": self.is_adult,
            "said_by": Speaker(given.get("said_by") or Speaker.PERSON),
            "best_interest": given.get("best_interest", ""),
            "until": self._end_of_day() if answer == Answer.GIVEN else None,
        }

    def _end_of_day(self) -> datetime | None:
        day = self.cleaned_data["until"]
        return timezone.make_aware(datetime.combine(day, time.max)) if day else None


class WithdrawForm(HowAskedForm):
    """Which yes is taken back: of one row, of one agency, or every one."""

    recipient = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(required=False, choices=Purpose, widget=forms.HiddenInput)
    data_class = forms.ChoiceField(required=False, choices=DataClass, widget=forms.HiddenInput)
    said_by = forms.ChoiceField(required=False, choices=Speaker, widget=forms.HiddenInput)
    sure = forms.CharField(required=False, widget=forms.HiddenInput)

    def told(self) -> dict[str, Any]:
        """Return what ``withdraw`` takes."""
        given = self.cleaned_data
        return self.how() | {
            "recipient": given["recipient"] or None,
            "purpose": Purpose(given["purpose"]) if given["purpose"] else None,
            "data_class": DataClass(given["data_class"]) if given["data_class"] else None,
            "said_by": Speaker(given["said_by"] or Speaker.PERSON),
        }


class GuardianForm(forms.Form):
    """Who answers for the child by law, and whether they may have had a part in it."""

    relation = forms.ChoiceField(
        label=_("Who answers for the child by law?"), choices=Relation, widget=forms.RadioSelect
    )
    involved = FourAnswers(
        label=_("Is this person, or somebody close to them, named as having had a part?"),
        required=True,
        help_text=_(
            "Recruited, sold, moved, kept or profited. Only where it is known that they had no"
            " part is their yes asked for; not known counts like yes."
        ),
    )

    def told(self) -> dict[str, Any]:
        """Return what ``record_guardian`` takes."""
        given = self.cleaned_data
        return {"relation": given["relation"], "involved": KEPT[given["involved"]]}


class StopForm(forms.Form):
    """What the agency still holds, now that it stopped."""

    held = forms.ChoiceField(
        label=_("What do you still hold?"), choices=Held, widget=forms.RadioSelect,
        error_messages={"required": _("Say what you still hold: choose one of the answers.")},
    )  # fmt: skip
