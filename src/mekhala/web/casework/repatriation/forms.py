"""Forms: a return begun, what the person says, what was found out, a step, an end, a key."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary.countries import country_name, country_names
from mekhala.pathway.repatriation import queries
from mekhala.pathway.repatriation.corridor import OURS, THEIRS, Corridor, corridors
from mekhala.pathway.repatriation.models import Progress, Side
from mekhala.pathway.repatriation.words import CheckKind, Ending, Finder, Mistake, Wish
from mekhala.safeguards.agencies.models import Agency, AgencyKind
from mekhala.web.casework.answers import FOUR, KEPT, FourAnswers
from mekhala.web.casework.fields import in_words, one_of


def way_in_words(way: Corridor) -> str:
    """Return a corridor by its two countries, in the language of the page."""
    reader = get_language() or "en"
    sending = country_name(way.sending, reader) if way.sending else str(_("Any other country"))
    said = f"{sending} → {country_name(way.receiving, reader)}"
    return f"{said} ({_('deported')})" if way.deported else said


def _ways() -> list[tuple[str, str]]:
    return [(code, way_in_words(way)) for code, way in corridors().items()]


def _countries() -> list[tuple[str, Any]]:
    return [("", _("As the corridor says")), *country_names(get_language() or "en").items()]


def _bodies() -> list[tuple[str, Any]]:
    known = {a.pk: a for a in queries.counterparts()}
    known |= {a.pk: a for a in Agency.objects.filter(kind=AgencyKind.EMBASSY, is_active=True)}
    return [("", _("None yet")), *((str(pk), str(body)) for pk, body in known.items())]


class BeginForm(forms.Form):
    """Through which corridor, with whom on the other side, from which day."""

    corridor = forms.ChoiceField(
        label=_("From where to where?"), choices=_ways, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a corridor.")},
    )  # fmt: skip
    country = forms.ChoiceField(
        label=_("The other country"), choices=_countries, required=False,
        help_text=_("Only where the corridor begins in any country."),
    )  # fmt: skip
    counterpart = forms.ChoiceField(
        label=_("Body of the other side"), choices=_bodies, required=False,
        help_text=_("It sees the steps only with the person's yes, and nothing else."),
    )  # fmt: skip
    their_number = forms.CharField(
        label=_("Their number of the case"), required=False, max_length=40
    )
    started_on = forms.DateField(label=_("Begun on"))

    @property
    def told(self) -> dict[str, Any]:
        """Return what ``begin`` takes."""
        said = self.cleaned_data
        body = Agency.objects.filter(pk=said["counterpart"] or 0).first()
        return {
            "corridor_code": said["corridor"], "country": said["country"], "counterpart": body,
            "their_number": said["their_number"], "started_on": said["started_on"],
        }  # fmt: skip


class StatementForm(forms.Form):
    """What the person says about returning."""

    wish = one_of(_("What does the person say?"), Wish.choices)
    was_alone = FourAnswers(label=_("Was she or he alone with you?"))
    interpreter = FourAnswers(label=_("Was there an interpreter?"))
    guardian_agrees = FourAnswers(
        label=_("Does whoever answers for the child by law agree?"), help_text=_("Of a child only.")
    )
    said_on = forms.DateField(label=_("Said on"))

    @property
    def told(self) -> dict[str, Any]:
        """Return what ``record_statement`` takes."""
        said = self.cleaned_data
        three = ("was_alone", "interpreter", "guardian_agrees")
        return {"wish": said["wish"], "said_on": said["said_on"]} | {
            name: KEPT.get(said[name]) for name in three
        }


class CheckForm(forms.Form):
    """What was found out, by whom."""

    kind = one_of(_("What was found out?"), CheckKind.choices)
    answer = one_of(_("The answer"), [FOUR[0], FOUR[1], FOUR[2]])
    found_by = one_of(_("Who found it out?"), Finder.choices)
    found_on = forms.DateField(label=_("On which day?"))

    @property
    def told(self) -> dict[str, Any]:
        """Return what ``record_check`` takes."""
        said = self.cleaned_data
        return said | {"answer": KEPT.get(said["answer"])}


class StepForm(forms.Form):
    """Which step was done by which side; the other side's with the number of its paper."""

    step = one_of(_("Which step?"), ())
    done_on = forms.DateField(label=_("Done on"))
    reference = forms.CharField(
        label=_("Number of the receipt or paper"), required=False, max_length=80,
        help_text=_("Needed for a step of the other side. No name."),
    )  # fmt: skip

    def __init__(self, *args: Any, states: list[queries.StepState], sides: tuple[str, ...],
                 **more: Any) -> None:  # fmt: skip
        super().__init__(*args, **more)
        who = {OURS: Side.OURS.label, THEIRS: Side.THEIRS.label}
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            (f"{state.step.code}.{side}", f"{state.step.code.label} ({who[side]})")
            for state in states for side in state.waits_for if side in sides
        ]  # fmt: skip

    @property
    def told(self) -> dict[str, Any]:
        """Return what ``record_step`` takes."""
        code, side = self.cleaned_data["step"].split(".")
        return {
            "code": code, "side": side, "done_on": self.cleaned_data["done_on"],
            "reference": self.cleaned_data["reference"],
        }  # fmt: skip


class TakeBackForm(forms.Form):
    """Which step was said in error, and why."""

    step = one_of(_("Which step was wrong?"), ())
    because = one_of(_("What was wrong?"), Mistake.choices)

    def __init__(self, *args: Any, states: list[queries.StepState], sides: tuple[str, ...],
                 **more: Any) -> None:  # fmt: skip
        super().__init__(*args, **more)
        who = {OURS: Side.OURS.label, THEIRS: Side.THEIRS.label}
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            (f"{state.step.code}.{side}",
             f"{state.step.code.label} ({who[side]}, {date_format(day, 'DATE_FORMAT')})")
            for state in states for side, day in state.done.items() if side in sides
        ]  # fmt: skip

    @property
    def told(self) -> dict[str, Any]:
        """Return what ``take_back_step`` takes."""
        code, side = self.cleaned_data["step"].split(".")
        return {"code": code, "side": side, "because": self.cleaned_data["because"]}


class EndForm(forms.Form):
    """Why a return ends."""

    because = one_of(_("Why does the return end?"), Ending.choices)

    @property
    def told(self) -> dict[str, Any]:
        """Return what ``end`` takes."""
        return self.cleaned_data


class SealForm(forms.Form):
    """Nothing to fill in: one press seals a file."""

    told: dict[str, Any] = {}


class ReceiptForm(forms.Form):
    """The word the other side reads out of the file."""

    word = forms.CharField(
        label=_("Receipt the other side read to you"), max_length=20,
        error_messages={"required": _("Write the receipt.")},
    )  # fmt: skip


def _agencies() -> list[tuple[str, str]]:
    return [(str(a.pk), str(a)) for a in Agency.objects.filter(is_active=True)]


class KeyForm(forms.Form):
    """The public key of a body abroad."""

    agency = forms.ChoiceField(label=_("Body of the other side"), choices=_agencies)
    country = forms.ChoiceField(
        label=_("The other country"), choices=lambda: [("", ""), *_countries()[1:]],
        error_messages={"required": _("Choose a country.")},
    )  # fmt: skip
    public = forms.CharField(
        label=_("Its public key"), max_length=60,
        help_text=_("44 signs, made there with “mekhala corridor key”. Read the fingerprint to "
                    "each other before you use it."),
    )  # fmt: skip


class CommitmentForm(forms.Form):
    """One thing promised."""

    agreement = forms.ChoiceField(label=_("Agreement"))
    article = forms.CharField(label=_("Article or number"), max_length=20)
    words = forms.CharField(label=_("What was promised"), max_length=300)
    words_km = forms.CharField(
        label=_("What was promised, in Khmer"), max_length=300, required=False
    )

    def __init__(self, *args: Any, agreements: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agreement"].choices = agreements  # type: ignore[attr-defined]


class ProgressForm(forms.Form):
    """What became of it."""

    progress = one_of(_("How far has it come?"), Progress.choices)
    since = forms.DateField(label=_("Since which day?"))
    evidence = forms.CharField(
        label=_("What shows it, and where it can be seen"), max_length=300, required=False
    )


class ProgressBackForm(forms.Form):
    """Why what was said of a commitment is taken back."""

    because = in_words(
        _("What was wrong?"), 300, rows=3, help_text=_("No name."),
        error_messages={"required": _("Write what was wrong.")},
    )  # fmt: skip
