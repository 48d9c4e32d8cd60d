"""Forms of a reading, of a question before it, and of asking that a decision be looked at again."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary.facts import facts
from mekhala.pathway.determination.models import (
    NEGATIVE,
    POSITIVE,
    Ground,
    GroundToAskAgain,
    Stage,
    TraffickingStatus,
)
from mekhala.pathway.determination.rule import positive_at
from mekhala.web.casework.meanings import GROUPS, of_fact

FACTS_FIRST = "facts_first"
AUTHORITY, SCREENING = "authority", "screening"
EITHER = POSITIVE & NEGATIVE
FIRST_STAGE_ONLY = Ground.SUSPECTED_NOT_ALL_KNOWN


class ReadingForm(forms.Form):
    """One officer's reading. The answers look alike and none is chosen beforehand."""

    answer = forms.ChoiceField(label=_("Your reading"), widget=forms.RadioSelect)
    codes = forms.MultipleChoiceField(
        label=_("Which facts do you need first?"), widget=forms.CheckboxSelectMultiple,
        required=False, help_text=_("Only if you chose that you need facts first."),
    )  # fmt: skip
    question = forms.CharField(
        label=_("What is to be found out?"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In words that can be asked. No name, no blame."),
    )  # fmt: skip
    asked_of = forms.ChoiceField(
        label=_("Who finds it out?"), widget=forms.RadioSelect, required=False,
        choices=[(AUTHORITY, _("The authority itself")),
                 (SCREENING, _("The officer who screened the person"))],
    )  # fmt: skip
    grounds = forms.MultipleChoiceField(
        label=_("Grounds"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Those that go with your answer. They are counted; your reasons are read."),
    )  # fmt: skip
    differs_because = forms.CharField(
        label=_("Why do you differ from what the rule gives?"), required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed if you differ, or where sources differ and you settle it. Counted."),
    )  # fmt: skip
    reasons = forms.CharField(
        label=_("Your reasons, in words"), max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("They are kept with the decision, for good. The letter will quote them."),
    )  # fmt: skip
    no_tie = forms.BooleanField(
        label=_("I did not screen this person and have no tie to anyone in this file."),
        error_messages={"required": _("Say that you have no tie, or declare the tie.")},
    )

    def __init__(self, *args: Any, stage: str, wanted: Sequence[str], **more: Any) -> None:
        """Offer the answers of ``stage``, and the ``wanted`` facts that may be asked for."""
        super().__init__(*args, **more)
        self._offer("answer", _answers(stage))
        self._offer("grounds", _grounds(stage))
        self._offer("codes", _in_groups(wanted))
        if not wanted:
            for name in ("codes", "question", "asked_of"):
                del self.fields[name]
        if self.wants_facts:
            for name in self.fields.keys() - {"answer"}:
                self.fields[name].required = name in {"codes", "question", "asked_of"}

    def _offer(self, field: str, choices: Any) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    @property
    def wants_facts(self) -> bool:
        """Whether facts first was chosen in what was posted, right or wrong."""
        return self.is_bound and self.data.get("answer") == FACTS_FIRST

    @property
    def asks_first(self) -> bool:
        """Whether the officer needs facts before reading."""
        return bool(self.cleaned_data["answer"] == FACTS_FIRST)

    def told(self) -> dict[str, Any]:
        """Return what ``record_reading`` takes."""
        names = ("answer", "grounds", "reasons", "differs_because", "no_tie")
        return {name: self.cleaned_data[name] for name in names}

    def in_words(self) -> dict[str, Any]:
        """Return what will be recorded, as an officer reads it."""
        given = self.cleaned_data
        return {
            "answer": TraffickingStatus(given["answer"]).label,
            "grounds": [Ground(code).label for code in given["grounds"]],
            "reasons": given["reasons"],
            "differs_because": given["differs_because"],
            "is_negative": given["answer"] == TraffickingStatus.NOT_ESTABLISHED,
        }


def _answers(stage: str) -> list[tuple[str, Any]]:
    both = (positive_at(stage), TraffickingStatus.NOT_ESTABLISHED)
    return [*((s.value, s.label) for s in both), (FACTS_FIRST, _("I need these facts first"))]


def _grounds(stage: str) -> list[tuple[Any, list[tuple[str, Any]]]]:
    offered = [g for g in Ground if g is not FIRST_STAGE_ONLY or stage == Stage.REASONABLE_GROUNDS]
    return [
        (positive_at(stage).label, _of(offered, POSITIVE - EITHER)),
        (TraffickingStatus.NOT_ESTABLISHED.label, _of(offered, NEGATIVE - EITHER)),
        (_("With either answer"), _of(offered, EITHER)),
    ]


def _of(offered: Sequence[Ground], among: Collection[Ground]) -> list[tuple[str, Any]]:
    return [(g.value, g.label) for g in offered if g in among]


def _in_groups(codes: Sequence[str]) -> list[tuple[Any, list[tuple[str, str]]]]:
    of_group: Mapping[Any, list[tuple[str, str]]] = {
        group: [(code, of_fact(code)) for code in codes if facts()[code].group is group]
        for group in GROUPS
    }
    return [(GROUPS[group], found) for group, found in of_group.items() if found]


class AskAgainForm(forms.Form):
    """Why a negative decision is looked at again; late, also why it is asked so late."""

    grounds = forms.MultipleChoiceField(
        label=_("On which ground"), choices=GroundToAskAgain, widget=forms.CheckboxSelectMultiple
    )
    because = forms.CharField(
        label=_("What is new, or what was not followed"), max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("New facts are added to the file by the authority; say where they come from."),
    )  # fmt: skip
    late_because = forms.CharField(
        label=_("Why it is asked after the time allowed"), max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, is_late: bool, **more: Any) -> None:
        """Ask why so late only of who is late."""
        super().__init__(*args, **more)
        if not is_late:
            del self.fields["late_because"]
