"""Forms: making a letter, approving it, saying how it was given, withdrawing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.determination.letters.delivery import Delivery
from mekhala.pathway.determination.models import Channel, Letter, LetterKind, LetterLanguage


class NewLetterForm(forms.Form):
    """Which letter, in which language; the person's own language is offered first."""

    kind = forms.ChoiceField(
        label=_("Which letter?"), choices=LetterKind, widget=forms.RadioSelect,
        error_messages={"required": _("Choose which letter to make.")},
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("In which language?"), choices=LetterLanguage,
        help_text=_("The person's language first; make the same letter in Khmer for the file."),
    )  # fmt: skip


class ApproveForm(forms.Form):
    """That the letter was looked at as it will be given."""

    seen = forms.CharField(widget=forms.HiddenInput)
    has_read = forms.BooleanField(
        label=_("I have read this letter as it will be given"),
        error_messages={"required": _("Read the letter first, then say so here.")},
    )
    language_checked = forms.BooleanField(
        label=_("Somebody who reads this language has read it and finds it right"),
        required=False,
    )

    def __init__(self, *args: Any, letter: Letter, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["seen"].initial = letter.digest
        if letter.texts_reviewed:
            del self.fields["language_checked"]


class HandOverForm(forms.Form):
    """How the letter was given: the safe ways, and no others."""

    how = forms.ChoiceField(
        label=_("How was it given?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the letter was given.")},
    )  # fmt: skip

    def __init__(self, *args: Any, delivery: Delivery, **more: Any) -> None:
        super().__init__(*args, **more)
        ways = [(way.value, Channel(way).label) for way in delivery.channels]
        self.fields["how"].choices = ways  # type: ignore[attr-defined]


class WithdrawLetterForm(forms.Form):
    """Why the letter no longer stands."""

    because = forms.CharField(
        label=_("Why is the letter withdrawn?"), max_length=2000, strip=True,
        error_messages={"required": _("Say why the letter is withdrawn.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
