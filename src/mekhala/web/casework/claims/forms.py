"""The file of claims a statistician loads, the form of one claim, and of putting one back."""

from dataclasses import asdict, fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.core.provenance.claim import Claim as Read
from mekhala.core.wrong_input import WrongInput
from mekhala.population.claims.services import LONGEST
from mekhala.safeguards.uploads.texts import text_in

LABELS: dict[str, tuple[object, object]] = {
    "claim_id": (_("Number of the claim"), _("Document, hyphen, number: S0-041")),
    "quantity": (_("What is counted"), _("As the document says it, without the definition")),
    "population_definition": (
        _("Definition"), _("Who or what is counted and who is not; “of 49” for a part of 49"),
    ),
    "value": (_("Value"), _("As printed: 20829, 80000-100000, 2WL")),
    "unit": (_("Unit"), _("persons, percent, events, USD/year")),
    "lo": (_("Lower bound printed"), _("Only where the document gives one: “over 87”")),
    "hi": (_("Upper bound printed"), _("Only where the document gives one: “as many as 60”")),
    "place": (_("Place"), ""),
    "period": (_("Period"), _("A year or from–to; “undated” where the document does not say")),
    "method": (_("Method"), _("survey, census, administrative, estimate; “unsourced” for none")),
    "source_cited": (_("Source cited"), _("A via B where the document read B and not A")),
    "seed_file": (_("Document"), ""),
    "section": (_("Section or page"), ""),
    "quote_location": (_("First words of the passage"), _("Not more than it takes to find it")),
    "sources_that_repeat_it": (_("Said to be repeated by"), _("Numbers of other documents")),
    "superseded_by": (
        _("Superseded by"), _("The source that replaced, withdrew or refuted the figure"),
    ),
    "part_of": (
        _("Part of"),
        _("Number of the claim that holds the whole, or a name that shares of 100 have in common"),
    ),
    "chain": (_("Chain"), _("A name for claims that belong together")),
    "note": (_("Note"), ""),
}  # fmt: skip
NEEDED = ("claim_id", "quantity", "value")
LONG = ("population_definition", "source_cited", "sources_that_repeat_it", "superseded_by", "note")


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


class ClaimForm(forms.Form):
    """One published figure. ``of`` is the claim to correct, None for a new one."""

    def __init__(self, *args: Any, of: Read | None = None, **more: Any) -> None:
        """Make a field for each column; the number of a claim that is corrected stays."""
        if of is not None:
            more.setdefault("initial", {}).update(asdict(of))
        super().__init__(*args, **more)
        self.of = of
        for name, (label, hint) in LABELS.items():
            if name != "claim_id" or of is None:
                self.fields[name] = _field(name, label, hint)
        self.fields["why"] = forms.CharField(
            label=_("What was wrong, and where the right figure stands")
            if of
            else _("Where the figure was found"),
            max_length=500,
        )
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def figure(self) -> Read:
        """Return the claim as it was filled in."""
        given = {f.name: self.cleaned_data[f.name] for f in fields(Read) if f.name in self.fields}
        return Read(**({"claim_id": self.of.claim_id} if self.of else {}) | given)


class PutBackForm(forms.Form):
    """Why the last change of a claim is undone."""

    why = forms.CharField(label=_("Why the last change is put back"), max_length=500)
    seen = forms.IntegerField(widget=forms.HiddenInput)


def _field(name: str, label: object, hint: object) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        help_text=hint,  # type: ignore[arg-type]
        required=name in NEEDED,
        max_length=LONGEST.get(name, 5000),
        widget=forms.Textarea(attrs={"rows": 2}) if name in LONG else forms.TextInput,
    )
