"""The file of claims a statistician loads."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.uploads.texts import text_in


class UploadForm(forms.Form):
    """One CSV file, one published figure a row."""

    file = forms.FileField(
        label=_("File of claims"),
        help_text=_("CSV in UTF-8, one published figure a row, 10 MB at most"),
    )

    def clean_file(self) -> tuple[str, str]:
        """Return the text and the name of the file."""
        given = self.cleaned_data["file"]
        try:
            return text_in(given), given.name
        except WrongInput as wrong:
            raise forms.ValidationError(str(wrong)) from None
