"""The file of claims a statistician loads."""

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 5 * 1024 * 1024


class UploadForm(forms.Form):
    """One CSV file, one published figure a row."""

    file = forms.FileField(
        label=_("File of claims"),
        help_text=_("CSV in UTF-8, one published figure a row, 5 MB at most"),
    )

    def clean_file(self) -> tuple[str, str]:
        """Return the text and the name of the file."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB. Load it in parts."))
        try:
            return given.read().decode("utf-8-sig"), given.name
        except UnicodeDecodeError:
            raise forms.ValidationError(
                _("%(name)s is not text in UTF-8. Save it as “CSV UTF-8” and choose it again."),
                params={"name": given.name},
            ) from None
