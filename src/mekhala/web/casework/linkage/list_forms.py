"""What a statistician says of a list: its file, how it is read, what it is handed on into."""

import io
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mekhala.core.matching.mapping import shipped
from mekhala.core.matching.taking.files import Given
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage.models import Stage
from mekhala.safeguards.uploads import LARGEST
from mekhala.safeguards.uploads.archives import check_workbook
from mekhala.safeguards.uploads.names import plain_name

WORKBOOK = b"PK\x03\x04"
NAME_OF_LIST = _("As in overlap tables, for example police")
TYPES = ".csv,text/csv,.xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file() -> forms.FileField:
    return forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": TYPES}),
        help_text=_("CSV or .xlsx, one record a row, 10 MB at most. A longer list is brought in "
                    "by the operator, with mekhala import. Also tokens that an agency made with "
                    "mekhala encode, and pair_numbers.csv of one that compared the lists at home."),
    )  # fmt: skip


def _source() -> forms.SlugField:
    return forms.SlugField(
        label=_("Name of the list"), max_length=40, help_text=NAME_OF_LIST,
    )  # fmt: skip


class HeaderForm(forms.Form):
    """A file whose columns are looked at; nothing of it is kept."""

    source = _source()
    file = _file()

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too large, called strangely, or a workbook that is none."""
        sent: Any = self.cleaned_data["file"]
        try:
            self.given = given_of(sent)
        except WrongInput as wrong:
            raise forms.ValidationError(str(wrong)) from None
        return sent


class TakeForm(HeaderForm):
    """A file to be taken, with what the agency says of it."""

    mapping = forms.ChoiceField(
        label=_("How its columns are read"), required=False, widget=forms.Select,
        help_text=_("Left empty: as it was kept for this list, else by our own column names."),
    )  # fmt: skip
    period_from = forms.DateField(label=_("First day the file reports on"), required=False)
    period_until = forms.DateField(
        label=_("Last day the file reports on"), required=False,
        help_text=_("Leave both empty if the agency did not say."),
    )  # fmt: skip
    stage = forms.ChoiceField(
        label=_("What being on this list tells"), required=False,
        choices=[("", _("As the mapping says")), *Stage.choices],
    )  # fmt: skip
    is_distinct = forms.BooleanField(
        label=_("The agency says that this list holds each person once"), required=False
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        """Offer the mappings that come with the software."""
        super().__init__(*given, **named)
        offered: Any = self.fields["mapping"]
        offered.choices = [("", "–"), *((n, m.title) for n, m in shipped().items())]


class MappingForm(forms.Form):
    """A mapping to keep for a list, as TOML."""

    source = _source()
    text = forms.CharField(
        label=_("How its columns are read"), max_length=200_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text=_("Our column = the agency's name of it. A line that is taken out is not read."),
    )  # fmt: skip


class DefinitionForm(forms.Form):
    """Whom an agency counts on a list, and where it says so."""

    source = _source()
    text = forms.CharField(
        label=_("Whom does the agency count on it, and whom not?"), max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    said_in = forms.CharField(label=_("Where does the agency say so?"), max_length=300)


class NestingForm(forms.Form):
    """Which list is handed on into which."""

    inner = forms.SlugField(label=_("The list"), max_length=40)
    outer = forms.SlugField(label=_("is handed on into the list"), max_length=40)


def given_of(sent: Any) -> Given:
    """Return an uploaded file to be read from its beginning again. Raises ``WrongInput``."""
    name = plain_name(sent.name or "")
    if (sent.size or 0) > LARGEST:
        raise WrongInput(_("%(file)s: is larger than 10 MB.") % {"file": name})
    content: bytes = sent.read()
    if content.startswith(WORKBOOK):
        check_workbook(content, file_name=name)
    return Given(open=lambda: io.BytesIO(content), name=name)
