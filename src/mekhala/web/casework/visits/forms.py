"""What is filled in about a visit. The rules are the room's; these only read what is typed."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.visits.models import Done, Entry, PlaceKind, Seen, Visitor
from mekhala.web.casework.fields import one_of
from mekhala.web.casework.provinces import one_province
from mekhala.web.casework.redress.forms import KNOWN, YES_NO


class VisitForm(forms.Form):
    """One visit; nothing is chosen beforehand, and no one seen is written about."""

    visited_on = forms.DateField(label=_("Day of the visit"))
    kind = one_of(_("What kind of place"), PlaceKind.choices)
    province_code = forms.ChoiceField(label=_("In which province"), choices=one_province)
    district_code = forms.CharField(
        label=_("District"), required=False, max_length=4, help_text=_("Its code, as 1202"),
        validators=[RegexValidator(r"^\d{4}$", _("Write the four digits of the district."))],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Where exactly"), required=False, max_length=300,
        help_text=_("Sealed. Only your own organisation can open it. No name of anybody."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    visitors = forms.MultipleChoiceField(
        label=_("Who visited"), choices=Visitor.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who visited.")},
    )  # fmt: skip
    entry = one_of(_("Were you let in?"), Entry.choices)
    done = forms.MultipleChoiceField(
        label=_("What was done"), choices=Done.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        """Ask of each sign whether it was seen, after whether anybody was let in."""
        super().__init__(*args, **more)
        for code, words in Seen.choices:
            self.fields[code] = one_of(words, YES_NO, required=False)
        last = self.fields.pop("done")
        self.fields["done"] = last

    def said(self) -> dict[str, Any]:
        """Return what the act takes; what was not answered is not known."""
        given = dict(self.cleaned_data)
        seen = {code: KNOWN.get(given.pop(code)) for code in Seen.values}
        return given | {"seen": seen}


class CaseForm(forms.Form):
    """The case a visit led to."""

    case = forms.CharField(
        label=_("Number of the case"), max_length=20,
        help_text=_("A case that is open to you. Who is not open to the case is not told of it."),
    )  # fmt: skip
