"""Asking for a second signature, and answering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.four_eyes.kinds import Kind, kinds
from mekhala.web.casework.signing_twice import BecauseField

AGREE, REFUSE = "agree", "refuse"


class AnswerForm(forms.Form):
    """Agree or refuse; nothing is chosen beforehand."""

    answer = forms.ChoiceField(
        label=_("Your answer"), widget=forms.RadioSelect,
        choices=[(AGREE, _("I agree: let it be done")), (REFUSE, _("I refuse"))],
        error_messages={"required": _("Choose whether you agree or refuse.")},
    )  # fmt: skip
    because = BecauseField(required=False)

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        given = super().clean() or {}
        if given.get("answer") == REFUSE and not given.get("because") and not self.errors:
            self.add_error("because", _("Say why you refuse."))
        return given


def asked_here(officer: Officer) -> list[Kind]:
    """Return the acts ``officer`` may ask for here: those that have no page of their own."""
    return [k for k in kinds().values() if k.subject_words and officer.role in k.ask_roles]


class AskForm(forms.Form):
    """An act that has no page of its own."""

    kind = forms.ChoiceField(
        label=_("What is to be done"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is to be done.")},
    )  # fmt: skip
    subject = forms.CharField(
        label=_("Number"), max_length=20, required=False, strip=True,
        help_text=_("The number of the case or of the accused. Left empty for all keys."),
    )  # fmt: skip
    because = BecauseField()

    def __init__(self, *args: Any, officer: Officer, **more: Any) -> None:
        """Offer the acts of the officer's role."""
        super().__init__(*args, **more)
        self.kinds = {kind.code: kind for kind in asked_here(officer)}
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, kind.title) for code, kind in self.kinds.items()]

    def clean(self) -> dict[str, Any]:
        """An act on one number names it."""
        given = super().clean() or {}
        kind = self.kinds.get(given.get("kind", ""))
        if kind and not kind.only_subject and not given.get("subject"):
            self.add_error("subject", _("Give the number."))
        return given

    def asked(self) -> dict[str, str]:
        """Return what ``ask`` is told."""
        kind = self.kinds[self.cleaned_data["kind"]]
        subject = kind.only_subject or self.cleaned_data["subject"].upper()
        return {"kind": kind.code, "subject": subject, "because": self.cleaned_data["because"]}
