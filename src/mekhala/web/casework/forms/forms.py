"""Fields of the forms pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """One file with a form in it."""

    file = forms.FileField(
        label=_("The form"),
        help_text=_("An XLSForm (.xlsx, .xls, .md) or an XForm (.xml), at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.md,.xml"}),
    )
