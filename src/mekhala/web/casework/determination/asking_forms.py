"""Forms of asking for a fact, and of answering."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.answers import FOUR, KEPT
from mekhala.web.casework.determination.evidence_forms import said_on_field
from mekhala.web.casework.meanings import fact_choices

AUTHORITY = "authority"
OF_WHOM = {
    "screened": _("The officer who screened the person"),
    "referred": _("The officer who referred the person"),
}


class AskForm(forms.Form):
    """A fact that is needed first: which one, the question in words, and who finds it out."""

    code = forms.ChoiceField(label=_("Which fact"), widget=forms.Select)
    question = forms.CharField(
        label=_("What is to be found out"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "translate": "no"}),
        help_text=_("In words the officer can act on. No names."),
    )  # fmt: skip
    asked_of = forms.ChoiceField(label=_("Who finds it out"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, officers: Mapping[str, Officer], **more: Any) -> None:
        super().__init__(*args, **more)
        self.officers = officers
        choices = [("", _("Choose a fact")), *fact_choices()]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]
        self.fields["asked_of"].choices = [  # type: ignore[attr-defined]
            *((word, OF_WHOM[word]) for word in officers), (AUTHORITY, _("The authority itself")),
        ]  # fmt: skip

    def told(self) -> dict[str, Any]:
        """Return what ``ask_for_fact`` takes."""
        return self.cleaned_data | {"asked_of": self.officers.get(self.cleaned_data["asked_of"])}


class AnswerForm(forms.Form):
    """What the officer found out. Nothing is chosen beforehand."""

    made_out = forms.ChoiceField(label=_("Is it so?"), widget=forms.RadioSelect, choices=FOUR)
    because = forms.CharField(
        label=_("What was said or seen, and by whom"), max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5, "translate": "no"}),
        help_text=_("In the words used. No names. It is kept for good."),
    )  # fmt: skip
    said_on = said_on_field()

    def told(self) -> dict[str, Any]:
        """Return what ``answer_request`` takes."""
        return self.cleaned_data | {"made_out": KEPT[self.cleaned_data["made_out"]]}
