"""Forms of village funds: a fund, and a line of its ledger."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.labour_migration.words import EntryKind
from mekhala.web.casework.fields import in_words, one_of
from mekhala.web.casework.labour_migration.fields import place_code

MOVES = [(one.value, one.label) for one in EntryKind if one != EntryKind.TAKEN_BACK]


class FundForm(forms.Form):
    """A village fund."""

    name = in_words(_("Name of the fund"), 160)
    name_km = in_words(_("Name in Khmer"), 160, required=False)
    place_code = place_code(_("Village or commune"))
    terms = in_words(_("Terms: interest, time to repay, who may borrow"), 300, rows=3)
    on = forms.DateField(label=_("Opened on"))


class EntryForm(forms.Form):
    """A line of the ledger."""

    kind = one_of(_("What moved?"), MOVES)
    riel = forms.IntegerField(label=_("Riel"), min_value=1, max_value=10**12)
    loan = in_words(_("Number of the loan"), 20, required=False, help_text=_("No name."))
    due_on = forms.DateField(label=_("To be repaid by"), required=False)
    on = forms.DateField(label=_("On which day?"))


class TakeBackForm(forms.Form):
    """Why a line was wrong, and from which day it is taken back."""

    reason = in_words(_("What was wrong?"), 300, rows=3, help_text=_("No names."))
    on = forms.DateField(label=_("From which day?"))
