"""What a statistician hands in: a list, or the years of the register."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST = 100 * 1024 * 1024  # bytes: about 500,000 records


class ListForm(forms.Form):
    """One agency's list as a CSV file."""

    source = forms.CharField(
        label=_("Name of the list"), max_length=40,
        help_text=_("As in the file's column source, for example police"),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), help_text=_("CSV, UTF-8, one record a row. Names are not kept."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        """Refuse what cannot be read as text; keep the text beside the form."""
        given: Any = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 100 MB. Split it by list."))
        try:
            self.text = given.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(
                _("The file is not UTF-8 text. Save it as UTF-8.")
            ) from None
        return given


class RegisterForm(forms.Form):
    """The years of the official register to count."""

    from_year = forms.IntegerField(label=_("From year"))
    to_year = forms.IntegerField(label=_("To year"))
