"""Forms: withdrawing a certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawForm(forms.Form):
    """Why the certificate no longer stands; kept in the register, never told to who checks it."""

    because = forms.CharField(
        label=_("Why is the certificate withdrawn?"),
        help_text=_("Kept in the register. Whoever checks the paper is not told why."),
        error_messages={"required": _("Say why the certificate is withdrawn.")},
        max_length=2000, strip=True, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
