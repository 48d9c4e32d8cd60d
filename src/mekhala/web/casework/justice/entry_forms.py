"""One form for each kind of entry, made from the questions of its model."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary.facts import FactGroup, codes_in_group
from mekhala.pathway.justice.models import (
    NOTE_LENGTH,
    Accused,
    Additional,
    Charge,
    Compelled,
    Education,
    Entry,
    GateCheck,
    Hearing,
    HearingKind,
    Occupation,
    Part,
    Told,
    Way,
)
from mekhala.pathway.justice.queries import who_may_go_on
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.web.casework.answers import KEPT, FourAnswers
from mekhala.web.casework.justice.entry_kinds import EntryKind
from mekhala.web.casework.languages import language_choices
from mekhala.web.casework.meanings import GROUPS, of_fact

LANGUAGE_FIELDS = frozenset({"language", "rights_language"})
MOST = {"victim_age": 120}
FACT_GROUPS = (
    FactGroup.ACT, FactGroup.MEANS, FactGroup.PURPOSE, FactGroup.CONSENT, FactGroup.AGGRAVATION,
    FactGroup.KNOWLEDGE,
)  # fmt: skip
NONE_OF = (FactGroup.ACT, FactGroup.MEANS, FactGroup.PURPOSE, FactGroup.AGGRAVATION)


class EntryForm(forms.Form):
    """The questions of one kind; what is not answered is not known."""

    def __init__(self, *args: Any, kind: EntryKind, accused: Accused, **more: Any) -> None:
        """Ask what the kind asks, of this accused's own charges and hearings."""
        super().__init__(*args, **more)
        self.kind, self.accused = kind, accused
        several = dict(kind.several)
        for name in kind.fields:
            self.fields[name] = (
                _several(kind.model._meta.get_field(name), several[name])
                if name in several
                else field_for(kind.model._meta.get_field(name), accused)
            )
        if kind.slug == "facts":
            self._ask_facts()

    def _ask_facts(self) -> None:
        for group in FACT_GROUPS:
            codes = [(code, of_fact(code)) for code in codes_in_group(group)]
            self.fields[f"{group.value}_found"] = forms.MultipleChoiceField(
                label=_("Proved: %(group)s") % {"group": GROUPS[group]}, choices=codes,
                required=False, widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        groups = [(g.value, GROUPS[g]) for g in NONE_OF]
        self.fields["none_of"] = forms.MultipleChoiceField(
            label=_("Nothing else was proved of"), choices=groups, required=False,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def said(self) -> dict[str, Any]:
        """Return what the act takes: four answers as kept, nothing chosen as not known."""
        data: dict[str, Any] = dict(self.cleaned_data)
        for name, field in self.fields.items():
            if isinstance(field, FourAnswers):
                data[name] = KEPT.get(data[name])
        for name, choices in self.kind.several:
            data[name] = data[name] or ([] if choices is Additional else None)
        if self.kind.slug == "facts":
            return _facts(data)
        if self.kind.slug == "verdict":
            data |= {"statute": data["charge"].statute, "article": data["charge"].article}
        return data


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    found = {code: "yes" for group in FACT_GROUPS for code in data.pop(f"{group.value}_found")}
    return data | {"facts": found}


def _several(field: Any, choices: Any) -> forms.Field:
    return forms.MultipleChoiceField(
        label=field.verbose_name, choices=choices.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Choose all that apply"),
    )  # fmt: skip


def field_for(field: Any, accused: Accused | None = None) -> forms.Field:  # noqa: PLR0911
    """Return the question for one column of a model."""
    label, required = field.verbose_name, not (field.null or field.blank)
    if field.name in ("note", "because"):
        return forms.CharField(
            label=_("In words"), required=False, max_length=NOTE_LENGTH, widget=forms.Textarea,
            help_text=_("Kept sealed. No names of people who were harmed."),
        )  # fmt: skip
    if isinstance(field, models.BooleanField):
        return FourAnswers(label=label)
    if field.name in LANGUAGE_FIELDS:
        return forms.ChoiceField(label=label, choices=language_choices, required=False)
    if isinstance(field, models.ForeignKey):
        return _of_the_accused(field, label, accused)
    if field.choices:
        return _choice(field, label, required)
    if isinstance(field, models.DateTimeField):
        hint = _("Day and hour, as 2026-03-09 14:30")
        return forms.DateTimeField(label=label, required=required, help_text=hint)
    if isinstance(field, models.DateField):
        return forms.DateField(label=label, required=required)
    if isinstance(field, models.IntegerField):
        most = MOST.get(field.name, 32000)
        return forms.IntegerField(label=label, required=required, min_value=0, max_value=most)
    return forms.CharField(
        label=label, required=required, max_length=field.max_length, help_text=field.help_text
    )


def _choice(field: Any, label: Any, required: bool) -> forms.Field:
    return forms.ChoiceField(
        label=label, choices=[c for c in field.flatchoices if c[0]], required=required,
        widget=forms.RadioSelect,
    )  # fmt: skip


def _of_the_accused(field: Any, label: Any, accused: Accused | None) -> forms.Field:
    if field.related_model is Charge:
        queryset: Any = Charge.objects.filter(accused=accused, withdrawn_on=None)
    elif field.related_model is Hearing:
        held = accused.proceeding_id if accused else None
        queryset = Hearing.objects.filter(proceeding=held, put_off_to=None)
    else:
        queryset = Agency.objects.filter(is_active=True).order_by("name")
    required = not field.null
    return forms.ModelChoiceField(queryset, label=label, required=required)


class AboutForm(forms.Form):
    """What is known of an accused beside the name; empty stands for not known."""

    age = forms.IntegerField(
        label=_("Age in years at the time of the conduct"), required=False, min_value=0,
        max_value=120,
    )  # fmt: skip
    literate = FourAnswers(label=_("Can read"))
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    nationality = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Nationality"), required=False,
        help_text=_("Three letters, as KHM. It is counted, and never used in place of a language"),
    )  # fmt: skip
    education = forms.ChoiceField(
        label=_("Schooling"), required=False, choices=[("", _("Not known")), *Education.choices]
    )
    occupation = forms.ChoiceField(
        label=_("Work"), required=False, choices=[("", _("Not known")), *Occupation.choices]
    )
    part = forms.ChoiceField(label=_("Part said to have been taken"), choices=Part.choices)
    presumed_victim = FourAnswers(label=_("May be a victim of trafficking"))

    def said(self) -> dict[str, Any]:
        """Return what the act takes."""
        answers = {name: KEPT.get(self.cleaned_data[name]) for name in ("literate",
                   "presumed_victim")}  # fmt: skip
        return dict(self.cleaned_data) | answers


class GateForm(forms.Form):
    """The check before a charge: what is asked, for anything, and the four conditions."""

    kind = forms.ChoiceField(
        label=_("What the charge is about"), choices=Compelled.choices, widget=forms.RadioSelect
    )
    case_number = forms.CharField(
        label=_("Case number of the accused"), required=False, max_length=20,
        help_text=_(
            "Only where the accused or the accused's own lawyer gave it. The answer is yes or no;"
            " the number is not kept and opens nothing."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        """Ask each question of the check in the words of the model."""
        super().__init__(*args, **more)
        for name in GATE_QUESTIONS:
            asked: Any = GateCheck._meta.get_field(name)
            self.fields[name] = FourAnswers(label=asked.verbose_name)

    def said(self) -> dict[str, Any]:
        """Return what the act takes."""
        data = dict(self.cleaned_data)
        return data | {name: KEPT.get(data[name]) for name in GATE_QUESTIONS}


GATE_QUESTIONS = ("compelled", "direct_result", "neighbours_complain", "says_forced",
                  "minors_involved", "disorder")  # fmt: skip


class OverrideForm(forms.Form):
    """The prosecutor's reasons, and the days of the one charge they are for."""

    conduct_from = forms.CharField(
        label=_("Conduct from"), max_length=10,
        help_text=_("As in the charge. The reasons carry this one charge and no other"),
    )  # fmt: skip
    conduct_to = forms.CharField(label=_("Conduct to"), max_length=10, required=False)
    because = forms.CharField(
        label=_("Reasons"), max_length=NOTE_LENGTH, widget=forms.Textarea,
        help_text=_("Kept sealed with the check. Charges recorded against it are counted."),
    )  # fmt: skip


class HearingForm(forms.Form):
    """A hearing for the calendar."""

    kind = forms.ChoiceField(
        label=_("About"), choices=HearingKind.choices, widget=forms.RadioSelect
    )
    starts_at = forms.DateTimeField(
        label=_("Begins at"), help_text=_("Day and hour, as 2026-03-09 14:30")
    )
    room = forms.CharField(label=_("Room"), max_length=40, required=False)
    is_public = FourAnswers(label=_("Open to the public"))

    def said(self) -> dict[str, Any]:
        """Return what the act takes."""
        return self.cleaned_data | {"is_public": KEPT.get(self.cleaned_data["is_public"])}


class PutOffForm(forms.Form):
    """The new time of a hearing."""

    starts_at = forms.DateTimeField(
        label=_("Begins at"), help_text=_("Day and hour, as 2026-03-09 14:30")
    )


class ToldForm(forms.Form):
    """Somebody outside who was told of the suspicion."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Agency"), required=False
    )
    body = forms.ChoiceField(label=_("If none of the agencies: which kind of body"),
                             required=False)  # fmt: skip
    way = forms.ChoiceField(label=_("How"), choices=Way.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day"))

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer the bodies of the model."""
        super().__init__(*args, **more)
        field: Any = self.fields["body"]
        kinds: Any = Told._meta.get_field("body")
        field.choices = [("", "–"), *[c for c in kinds.flatchoices if c[0]]]


class SentForm(forms.Form):
    """The day a letter went out."""

    on = forms.DateField(label=_("Sent on"))


class HandOnForm(forms.Form):
    """An officer of justice of the police or of a court elsewhere."""

    to = forms.ModelChoiceField(Officer.objects.none(), label=_("Officer"))

    def __init__(self, *args: Any, officer: Officer, **more: Any) -> None:
        """Offer who may go on."""
        super().__init__(*args, **more)
        field: Any = self.fields["to"]
        field.queryset = who_may_go_on(officer)
        field.label_from_instance = lambda one: f"{one.agency} – {one}"


def entry_at(kind: EntryKind, accused: Accused, pk: int) -> Entry | None:
    """Return one entry of this accused; None where there is none."""
    return kind.model._default_manager.filter(accused=accused, pk=pk).first()
