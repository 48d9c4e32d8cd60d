"""What is filled in about evidence. The rules are the room's; these only read what is typed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.evidence.models import Basis, Item, Kind, Outside, Source, Weighs, WhyLeftOut
from mekhala.pathway.evidence.services import LeftOut
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.fields import one_of
from mekhala.web.casework.redress.forms import KNOWN, YES_NO

SEPARATOR = "|"


class ItemForm(forms.Form):
    """An item for the register."""

    kind = forms.ChoiceField(label=_("What it is"), choices=[("", _("Choose")), *Kind.choices])
    source = one_of(_("From whom it came"), Source.choices)
    basis = one_of(_("On what it rests that it was taken"), Basis.choices)
    basis_on = forms.DateField(
        label=_("Day of the order"), required=False, help_text=_("Where an order is named")
    )
    basis_number = forms.CharField(label=_("Number of the order"), required=False, max_length=40)
    taken_on = forms.DateField(label=_("Taken on"))
    place = forms.CharField(label=_("Where"), required=False, max_length=300)
    taker = forms.CharField(
        label=_("By whom"), required=False, max_length=40,
        help_text=_("Service number, not a name"),
    )  # fmt: skip
    what = forms.CharField(
        label=_("What it is, in a few words"), max_length=1000, widget=forms.Textarea
    )
    original = forms.FileField(
        label=_("The original"), required=False,
        help_text=_("JPEG, PNG or PDF, at most 10 MB. It is sealed as it came, with its digest."),
    )  # fmt: skip

    def said(self) -> dict[str, Any]:
        """Return what the act takes."""
        data = dict(self.cleaned_data)
        sent = data.pop("original")
        if sent:
            data |= {"content": sent.read(), "file_name": sent.name}
        return data


HAND_OVER, RECEIVE, SEND, BACK, GIVE_BACK = "hand_over", "receive", "send", "back", "give_back"


class MoveForm(forms.Form):
    """What happened to an item."""

    move = one_of(
        _("What happened"),
        [(HAND_OVER, _("I handed it to another officer")), (RECEIVE, _("I received it")),
         (SEND, _("I sent it out, against a receipt")), (BACK, _("It came back to me")),
         (GIVE_BACK, _("I gave it back to whom it belongs, against a receipt"))],
    )  # fmt: skip
    when = forms.DateTimeField(
        label=_("When"), help_text=_("Day and hour, as 2026-03-09 14:30"),
        widget=forms.DateTimeInput(attrs={"class": "govuk-input--width-20"}),
    )  # fmt: skip
    to = forms.ModelChoiceField(
        Officer.objects.none(), label=_("To which officer"), required=False,
        empty_label=_("To nobody here"),
    )  # fmt: skip
    outside = forms.ChoiceField(
        label=_("Where it went"), required=False, choices=[("", _("Nowhere")), *Outside.choices]
    )
    receipt = forms.CharField(label=_("Number of the receipt"), required=False, max_length=40)
    seal_whole = one_of(_("Was the seal whole?"), YES_NO)

    def __init__(self, *args: Any, colleagues: Any, **more: Any) -> None:
        """Offer the colleagues."""
        super().__init__(*args, **more)
        field: Any = self.fields["to"]
        field.queryset = colleagues

    def clean(self) -> dict[str, Any]:
        """Refuse a move without its other side."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("move") == HAND_OVER and not data.get("to"):
            self.add_error("to", _("Choose the officer who has it now."))
        if data.get("move") in (SEND, GIVE_BACK):
            for name in ("outside", "receipt"):
                if not data.get(name):
                    self.add_error(name, _("Say where it went and the number of the receipt."))
        return data

    def clean_seal_whole(self) -> bool | None:
        """Return True, False, or None for not known."""
        return KNOWN[self.cleaned_data["seal_whole"]]


class BearForm(forms.Form):
    """What an item says of one element."""

    element = forms.ChoiceField(label=_("Which element of which charge"))
    weighs = one_of(_("What it says of it"), Weighs.choices)
    because = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea)

    def __init__(self, *args: Any, elements: list[tuple[str, str]], **more: Any) -> None:
        """Offer each element of each charge; none is chosen beforehand."""
        super().__init__(*args, **more)
        field: Any = self.fields["element"]
        field.choices = [("", _("Choose")), *elements]

    def said(self) -> tuple[int, str]:
        """Return the id of the charge and the name of the element."""
        charge, element = self.cleaned_data["element"].split(SEPARATOR)
        return int(charge), element


class ListForm(forms.Form):
    """Which items the defence is not shown, and why; every other one it is shown."""

    made_on = forms.DateField(label=_("Day of the list"))

    def __init__(self, *args: Any, items: Iterable[Item], against: set[str], **more: Any) -> None:
        """Ask of each item; those that speak against the charge say so."""
        super().__init__(*args, **more)
        self.items = list(items)
        shown = [("", _("Shown to the defence")), *WhyLeftOut.choices]
        for item in self.items:
            words = f"{item.number} – {item.get_kind_display()}"
            says = _("Speaks against the charge") if item.pk in against else ""
            self.fields[f"why-{item.pk}"] = forms.ChoiceField(
                label=words, choices=shown, required=False, help_text=says
            )
            self.fields[f"words-{item.pk}"] = forms.CharField(
                label=_("If it is left out: why, in words (%(item)s)") % {"item": item.pk},
                required=False, max_length=500,
            )  # fmt: skip

    def left_out(self) -> LeftOut:
        """Return the items left out, each with its reason and words."""
        data = self.cleaned_data
        return {
            i.pk: (data[f"why-{i.pk}"], data[f"words-{i.pk}"])
            for i in self.items if data[f"why-{i.pk}"]
        }  # fmt: skip
