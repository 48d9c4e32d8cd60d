"""What a statistician hands in: a list, or the years of the register."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.uploads.texts import text_in


class ListForm(forms.Form):
    """One agency's list as a CSV file."""

    source = forms.CharField(
        label=_("Name of the list"), max_length=40,
        help_text=_("As in the file's column source, for example police"),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, UTF-8, one record a row, 10 MB at most. Names are not kept. A longer "
                    "list is brought in by the operator, with mekhala import."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        """Refuse what cannot be read as text; keep the text beside the form."""
        given: Any = self.cleaned_data["file"]
        try:
            self.text = text_in(given)
        except WrongInput as wrong:
            raise forms.ValidationError(str(wrong)) from None
        return given


class RegisterForm(forms.Form):
    """The years of the official register to count."""

    from_year = forms.IntegerField(label=_("From year"))
    to_year = forms.IntegerField(label=_("To year"))
