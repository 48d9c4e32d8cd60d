"""Forms of the competent authority: a fact, when it happened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.determination.models import SourceKind
from mekhala.web.casework.meanings import fact_choices

MADE_OUT: dict[str, bool | None] = {"yes": True, "no": False, "unknown": None}


class FindingForm(forms.Form):
    """One fact as one source has it. Nothing is chosen beforehand."""

    code = forms.ChoiceField(label=_("Which fact"), widget=forms.Select)
    made_out = forms.ChoiceField(
        label=_("What this source says"), widget=forms.RadioSelect,
        choices=[
            ("yes", _("Made out")), ("no", _("Not made out")), ("unknown", _("Not known yet")),
        ],
    )  # fmt: skip
    source_kind = forms.ChoiceField(
        label=_("Who or what says so"), choices=SourceKind, widget=forms.RadioSelect
    )
    because = forms.CharField(
        label=_("What was said or seen, and how it came to us"), max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In the words used, with language and interpreter. It is kept for good."),
    )  # fmt: skip
    said_on = forms.DateField(
        label=_("On which day"), required=False, help_text=_("Leave empty if it is not known."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", _("Choose a fact")), *fact_choices()]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return what ``record_finding`` takes."""
        return self.cleaned_data | {"made_out": MADE_OUT[self.cleaned_data["made_out"]]}


class ConductForm(forms.Form):
    """When it began and ended, as far as anybody knows: it says which law governs."""

    conduct_from = forms.CharField(
        label=_("It began"), max_length=10, required=False,
        help_text=_("A year, a month or a day, such as 2009, 2009-03 or 2009-03-14."),
    )  # fmt: skip
    conduct_to = forms.CharField(label=_("It ended"), max_length=10, required=False)
