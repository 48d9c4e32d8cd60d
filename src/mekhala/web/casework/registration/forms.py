"""Forms: withdrawing a certificate, saying who is one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.registration.models import Alike


class WithdrawForm(forms.Form):
    """Why the certificate no longer stands; kept in the register, never told to who checks it."""

    because = forms.CharField(
        label=_("Why is the certificate withdrawn?"),
        help_text=_("Kept in the register. Whoever checks the paper is not told why."),
        error_messages={"required": _("Say why the certificate is withdrawn.")},
        max_length=2000, strip=True, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class AlikeForm(forms.Form):
    """Whether two cases are of one person, and why; nothing is chosen beforehand."""

    answer = forms.ChoiceField(
        label=_("Is this the same person?"), choices=Alike, widget=forms.RadioSelect,
        help_text=_("If unsure, choose “cannot tell”."),
        error_messages={"required": _("Say the same, different, or cannot tell.")},
    )  # fmt: skip
    because = forms.CharField(
        label=_("Because"), max_length=2000, strip=True,
        help_text=_("What you rest it on. Kept sealed, with your answer."),
        error_messages={"required": _("Say why: whoever looks at this later needs the reason.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """Return answer and reason as the services take them."""
        return {"answer": self.cleaned_data["answer"], "because": self.cleaned_data["because"]}
