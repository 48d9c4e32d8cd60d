"""Forms: a stay, a note, a relative who is looked for, and what is asked before going home."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.aftercare.codes import (
    RELATIVES,
    Asked,
    Basis,
    Kin,
    Movement,
    StayKind,
    Traced,
)
from mekhala.pathway.aftercare.models import FamilyTrace
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.web.casework.aftercare.forms import helping_agencies
from mekhala.web.casework.answers import FOUR, NO, YES, FourAnswers
from mekhala.web.casework.fields import in_words

LONGEST = 3000  # signs of what is told at length


def _choice(label: Any, choices: Any, missing: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect,
        error_messages={"required": missing}, **more,
    )  # fmt: skip


class StayForm(forms.Form):
    """Where somebody stays, on what it rests, how freely."""

    agency = forms.ModelChoiceField(
        label=_("Who runs the house?"), queryset=Agency.objects.none(),
        error_messages={"required": _("Choose who runs the house.")},
    )  # fmt: skip
    kind = _choice(_("What kind of place is it?"), StayKind, _("Choose the kind of place."))
    basis = _choice(
        _("On what does the stay rest?"), Basis, _("Say on what the stay rests."),
        help_text=_("Nobody stays without one of these."),
    )  # fmt: skip
    agreed = FourAnswers(label=_("Does the person want to stay?"), required=True)
    beside = FourAnswers(label=_("For a child: does who answers beside the child agree?"))
    order_number = forms.CharField(
        label=_("Number of the order, if a court ordered it"), max_length=80, required=False
    )
    basis_ends_on = forms.DateField(label=_("Last day of the order"), required=False)
    movement = _choice(_("How freely does the person come and go?"), Movement, _("Say how freely."))
    began_at = forms.DateTimeField(
        label=_("Since when?"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
    )  # fmt: skip

    def __init__(self, *given: Any, officer: Officer, **named: Any) -> None:
        """Offer a provider its own houses, a registrar all of them."""
        super().__init__(*given, **named)
        own = officer.role == Role.PROVIDER
        found = Agency.objects.filter(pk=officer.agency_id) if own else helping_agencies()
        self.fields["agency"].queryset = found  # type: ignore[attr-defined]
        self.fields["agency"].initial = officer.agency_id if own else None


class AgainForm(forms.Form):
    """Whether the person still wants to stay."""

    agreed = FourAnswers(label=_("Does the person want to go on staying?"), required=True)


class NoteForm(forms.Form):
    """A note of the house."""

    words = in_words(_("What do you want to remember?"), 5000, rows=4)


class TraceForm(forms.Form):
    """Which relative is to be found, because the person asked."""

    kin = _choice(
        _("Whom does the person want to find?"),
        [(k.value, k.label) for k in Kin if k in RELATIVES],
        _("Choose who it is."),
    )  # fmt: skip
    who = in_words(_("What is known of her or him?"), 300, rows=4, required=False)
    agreed = FourAnswers(label=_("Does the person ask you to look?"), required=True)


class FoundForm(forms.Form):
    """How far looking came, and what a visit showed."""

    status = _choice(_("How far did it come?"), Traced, _("Say how far it came."))
    visited_on = forms.DateField(label=_("Day of the visit to the family"), required=False)
    family_wants = FourAnswers(label=_("Does the family want the person back?"))
    is_safe = FourAnswers(label=_("Did the visit find it safe?"))
    findings = in_words(_("What did the visit show?"), LONGEST, rows=4, required=False)


class NamedForm(forms.Form):
    """Whom the person named as having recruited or handed over."""

    kin = _choice(
        _("Who is it to the person?"), [(k.value, k.label) for k in Kin if k != Kin.ALONE],
        _("Choose who it is."),
    )  # fmt: skip
    words = in_words(_("What did the person say?"), LONGEST, rows=4)


class HomeForm(forms.Form):
    """To whom the person would go, and what is asked first."""

    kin = _choice(_("To whom would the person go?"), Kin, _("Choose to whom."))
    trace = forms.ModelChoiceField(
        label=_("The visit to the family"), queryset=FamilyTrace.objects.none(), required=False,
        empty_label=_("Nobody has been there"),
    )  # fmt: skip

    def __init__(self, *given: Any, case: Case, **named: Any) -> None:
        """Ask each question; offer the visits that were made."""
        super().__init__(*given, **named)
        visits = FamilyTrace.objects.filter(case=case, visited_on__isnull=False)
        self.fields["trace"].queryset = visits  # type: ignore[attr-defined]
        self.fields["trace"].label_from_instance = _visit  # type: ignore[attr-defined]
        for asked in Asked:
            self.fields[asked.value] = _choice(
                asked.label, FOUR, _("Choose one of the four answers.")
            )

    @property
    def answers(self) -> dict[str, str]:
        """Return the answer to each question."""
        return {asked: self.cleaned_data[asked] for asked in Asked.values}


def _visit(trace: FamilyTrace) -> str:
    return f"{trace.get_kin_display()}, {date_format(trace.visited_on or '', 'DATE_FORMAT')}"


class ReasonsForm(forms.Form):
    """Why to go on although something stands in the way."""

    reasons = in_words(
        _("Why may the person go although something stands in the way?"),
        LONGEST,
        rows=4,
        help_text=_("Say what was done about it. Do not write down who was named."),
    )


class SecondForm(forms.Form):
    """The second officer's answer."""

    agreed = _choice(
        _("Do you agree?"), [(YES, _("Yes, the person may go")), (NO, _("No"))],
        _("Say yes or no."),
    )  # fmt: skip
    reasons = in_words(_("Your reasons"), LONGEST, rows=4)


class GoneForm(forms.Form):
    """The day on which the person went."""

    on = forms.DateField(label=_("On which day did the person go?"))
