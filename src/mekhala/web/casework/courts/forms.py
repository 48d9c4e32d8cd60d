"""The file of defendants a statistician loads, and the years taken from the register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.core.sentencing.mapping import mappings_shipped, shipped_mapping
from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.uploads.texts import text_in


class TableForm(forms.Form):
    """One CSV file, one defendant a row, and how it is read."""

    file = forms.FileField(
        label=_("File of defendants"),
        help_text=_("CSV in UTF-8, one defendant a row, 10 MB at most. No name or number is kept."),
    )  # fmt: skip
    mapping = forms.ChoiceField(label=_("How it is read"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("What the table is called"), max_length=200, required=False,
        help_text=_("Leave empty where the mapping says it"),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Who counted, and when"), max_length=300, required=False,
        help_text=_("Leave empty where the mapping says it"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mapping"].choices = [  # type: ignore[attr-defined]
            (name, shipped_mapping(name)["title"]) for name in mappings_shipped()
        ]

    def clean_file(self) -> tuple[str, str]:
        """Return the text and the name of the file."""
        given = self.cleaned_data["file"]
        try:
            return text_in(given), given.name
        except WrongInput as wrong:
            raise forms.ValidationError(str(wrong)) from None
