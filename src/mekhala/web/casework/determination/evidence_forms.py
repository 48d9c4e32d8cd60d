"""Forms of the evidence: a telling, one fact of it or many, when it happened, and a filter."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary.facts import codes_in_group
from mekhala.pathway.determination.models import Interpreting, Manner, Source, SourceKind
from mekhala.pathway.determination.services import Told
from mekhala.web.casework.determination.tellings import names_of
from mekhala.web.casework.languages import language_choices
from mekhala.web.casework.meanings import GROUPS, fact_choices, of_fact

NOT_SAID, SILENT = "not_said", "silent"
MADE_OUT: dict[str, bool | None] = {"yes": True, "no": False, "unknown": None, NOT_SAID: None}
ANSWERS = [
    ("yes", _("For: says it was so")),
    ("no", _("Against: says it was not so")),
    ("unknown", _("Asked, and not known")),
    (NOT_SAID, _("Asked, and did not want to say")),
]
WORDS = {"translate": "no"}


def said_on_field() -> forms.DateField:
    """Return a field for the day of a telling, which may be unknown."""
    return forms.DateField(
        label=_("On which day"), required=False, help_text=_("Leave empty if it is not known."),
    )  # fmt: skip


class SourceForm(forms.Form):
    """One telling: who, how, when, in which language, through whom, and what it follows."""

    kind = forms.ChoiceField(
        label=_("Who or what says so"), choices=SourceKind, widget=forms.RadioSelect
    )
    who = forms.CharField(
        label=_("Which one, if there are several"), max_length=120, required=False,
        help_text=_("A role or a number, as in “co-worker 2”. No name."),
        widget=forms.TextInput(attrs=WORDS),
    )  # fmt: skip
    manner = forms.ChoiceField(
        label=_("How it came to us"), choices=Manner, widget=forms.RadioSelect
    )
    said_on = said_on_field()
    language = forms.ChoiceField(
        label=_("In which language"), choices=language_choices, required=False
    )
    interpreting = forms.ChoiceField(
        label=_("Through whom"), choices=Interpreting, widget=forms.RadioSelect
    )
    present = forms.CharField(
        label=_("Who else was there"), max_length=200, required=False,
        help_text=_("By their part: lawyer, employer, officer. Leave empty if it is not known."),
        widget=forms.TextInput(attrs=WORDS),
    )  # fmt: skip
    follows = forms.ChoiceField(
        label=_("Is it a further telling by the same person?"),
        required=False,
        help_text=_("Also if an earlier telling was recorded with a slip. Both are kept."),
    )
    in_between = forms.CharField(
        label=_("What happened between the two"),
        max_length=8000,
        required=False,
        help_text=_("Needed for a further telling. If nobody knows, say so."),
        widget=forms.Textarea(attrs={"rows": 3} | WORDS),
    )

    def __init__(self, *args: Any, earlier: Sequence[Source], **more: Any) -> None:
        super().__init__(*args, **more)
        followed = {source.follows_id for source in earlier}
        self.earlier = {str(s.pk): s for s in earlier if s.pk not in followed}
        names = names_of(earlier)
        last = [(pk, names[source.pk]) for pk, source in self.earlier.items()]
        first = ("", _("No, it is the first"))
        self.fields["follows"].choices = [first, *last]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask what happened in between where one telling follows another."""
        given = super().clean() or {}
        if given.get("follows") and not given.get("in_between", "").strip():
            self.add_error("in_between", _("Say what happened between the two, or that nobody "
                                           "knows."))  # fmt: skip
        return given

    def told(self) -> dict[str, Any]:
        """Return what ``record_source`` takes."""
        return self.cleaned_data | {"follows": self.earlier.get(self.cleaned_data["follows"])}


class StatementForm(forms.Form):
    """All that one telling says: for each fact an answer and the words. Nothing is preselected.

    ``without`` are the codes the telling has spoken of already; they are not asked again.
    """

    def __init__(
        self, *args: Any, without: Collection[str] = (), wanted: str = "", **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.wanted = wanted
        self.asked = {
            group: [code for code in codes_in_group(group) if code not in without]
            for group in GROUPS
        }
        for code in self.codes:
            self.fields[code] = forms.ChoiceField(
                label=of_fact(code), required=False, widget=forms.RadioSelect,
                choices=[*ANSWERS, (SILENT, _("Nothing said of it"))],
            )  # fmt: skip
            self.fields[f"{code}-words"] = forms.CharField(
                label=_("In the words used, on: %(fact)s") % {"fact": of_fact(code)},
                required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 2} | WORDS),
            )  # fmt: skip

    @property
    def codes(self) -> list[str]:
        """The codes asked about, in order."""
        return [code for codes in self.asked.values() for code in codes]

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The facts under their headings; a group with something in it is open."""
        return [
            {
                "heading": GROUPS[group], "open": any(self._has(code) for code in codes),
                "facts": [(self[code], self[f"{code}-words"]) for code in codes],
            }
            for group, codes in self.asked.items() if codes
        ]  # fmt: skip

    def _has(self, code: str) -> bool:
        fields: list[BoundField] = [self[code], self[f"{code}-words"]]
        return code == self.wanted or any(f.value() or f.errors for f in fields)

    def clean(self) -> dict[str, Any]:
        """Ask for the words of each answer, and for an answer to what has words."""
        given = super().clean() or {}
        for code in self.codes:
            answer, words = given.get(code), given.get(f"{code}-words", "").strip()
            if answer in ("yes", "no", "unknown") and not words:
                self.add_error(f"{code}-words", _now("Write what was said."))
            if words and answer in ("", SILENT):
                self.add_error(code, _now("Say whether these words are for or against it."))
        if not self.errors and not self.told():
            self.add_error(None, _now("Answer at least one fact."))
        return given

    def told(self) -> list[Told]:
        """Return what ``record_findings`` takes."""
        given = self.cleaned_data
        return [
            Told(code=code, made_out=MADE_OUT[given[code]], because=in_words(given, code))
            for code in self.codes if given.get(code) in MADE_OUT
        ]  # fmt: skip


def in_words(given: dict[str, Any], code: str) -> str:
    """Return the words typed for a fact; of somebody who did not want to say, just that."""
    words: str = given[f"{code}-words"].strip()
    return words or _now("Did not want to say.")


class FindingForm(forms.Form):
    """One fact as one telling has it. Nothing is chosen beforehand."""

    code = forms.ChoiceField(label=_("Which fact"), widget=forms.Select)
    source = forms.ChoiceField(
        label=_("Which telling"), widget=forms.RadioSelect,
        help_text=_("Who said or showed it, and when."),
    )  # fmt: skip
    made_out = forms.ChoiceField(
        label=_("What it says of the fact"), widget=forms.RadioSelect, choices=ANSWERS
    )
    because = forms.CharField(
        label=_("What was said or seen"), max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5} | WORDS),
        help_text=_("In the words used. It is kept for good."),
    )  # fmt: skip

    def __init__(self, *args: Any, sources: Sequence[Source], **more: Any) -> None:
        super().__init__(*args, **more)
        self.sources, names = {str(s.pk): s for s in sources}, names_of(sources)
        choices = [("", _("Choose a fact")), *fact_choices()]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]
        tellings = [(pk, names[source.pk]) for pk, source in self.sources.items()]
        self.fields["source"].choices = tellings  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return what ``record_finding`` takes."""
        given = self.cleaned_data
        return given | {
            "made_out": MADE_OUT[given["made_out"]], "source": self.sources[given["source"]],
        }  # fmt: skip


class ConductForm(forms.Form):
    """When it began and ended, as far as anybody knows: it says which law governs."""

    conduct_from = forms.CharField(
        label=_("It began"), max_length=10, required=False,
        help_text=_("A year, a month or a day, such as 2009, 2009-03 or 2009-03-14."),
    )  # fmt: skip
    conduct_to = forms.CharField(label=_("It ended"), max_length=10, required=False)


class FactsFilter(forms.Form):
    """Which tellings are shown: by who said it and how it came."""

    kind = forms.ChoiceField(
        label=_("Said by"), required=False, choices=[("", _("Everybody")), *SourceKind.choices]
    )
    manner = forms.ChoiceField(
        label=_("How it came to us"), required=False, choices=[("", _("In any way")),
                                                               *Manner.choices],
    )  # fmt: skip

    def picks(self, source: Source) -> bool:
        """Return whether a telling is to be shown; one that is no choice narrows nothing."""
        self.is_valid()
        wanted = [(name, self.cleaned_data.get(name)) for name in ("kind", "manner")]
        return all(not word or getattr(source, name) == word for name, word in wanted)

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self.is_valid() and any(self.cleaned_data.values())
