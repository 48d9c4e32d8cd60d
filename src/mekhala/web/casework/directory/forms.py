"""Forms: looking for services, and saying how many places are free."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary.places import provinces
from mekhala.pathway.directory.models import Need, Service


def province_choices() -> list[tuple[str, Any]]:
    """Return the provinces in the page's language, *any* first."""
    reader = get_language() or "en"
    return [("", _("Any province")), *((c, p.name(reader)) for c, p in provinces().items())]


class LookForm(forms.Form):
    """Which services to list."""

    need = forms.ChoiceField(
        label=_("Need"), required=False, choices=[("", _("Any need")), *Need.choices]
    )
    province = forms.ChoiceField(label=_("Province"), required=False, choices=province_choices)


class PlacesForm(forms.Form):
    """How many more people a service could take today."""

    free = forms.IntegerField(
        label=_("How many more people could you take today?"),
        help_text=_("Leave out the places already held for people asked for or accepted."),
        min_value=0, max_value=100_000,
        error_messages={"required": _("Say how many places are free; write 0 if none is.")},
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, service: Service, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["free"].initial = service.places_free
        if service.places_total is None:
            del self.fields["free"]

    @property
    def said(self) -> int | None:
        """Return the number said; None where places are not counted."""
        return self.cleaned_data.get("free")
