"""What pages share that ask for a second signature: why, and where the officer goes then."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.safeguards.four_eyes.policies import LEAST


class BecauseField(forms.CharField):
    """Why, in a sentence, without a name."""

    def __init__(self, **more: Any) -> None:
        """Ask for a reason of ten characters at least."""
        super().__init__(
            label=gettext_lazy("Why"), max_length=1000, min_length=LEAST, strip=True,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext_lazy(
                "At least 10 characters. Two agencies read it and it is not sealed: no name, no "
                "place where somebody is, and nothing of what happened to anybody."
            ),
            error_messages={
                "required": gettext_lazy("Say why."),
                "min_length": gettext_lazy("Say why in at least 10 characters."),
            },
            **more,
        )  # fmt: skip


def asked_for(request: HttpRequest, made: SecondSignature) -> HttpResponse:
    """Say that an officer of another agency is asked now, and lead to the request."""
    messages.success(
        request, _("Asked. Nothing is done until an officer of another agency agrees.")
    )
    return redirect("second_signatures:one", made.pk)
