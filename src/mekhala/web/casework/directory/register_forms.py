"""Forms of the register: what a service is and whom it takes, and a provider's registration."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.directory.languages import LANGUAGES
from mekhala.pathway.directory.models import Form, Need, ProviderRegistration, Service, Stay
from mekhala.pathway.directory.registering import TOLD
from mekhala.pathway.encounter.models import Sex
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency, AgencyKind
from mekhala.web.casework.answers import KEPT, NO, NOT_KNOWN, YES
from mekhala.web.casework.provinces import one_province

SAID = {True: YES, False: NO, None: NOT_KNOWN}
NAMES = {"forms": "made_for"}  # columns whose field has another name


def providers() -> QuerySet[Agency]:
    """Return the active agencies that run services or may, by name."""
    helpers = Officer.objects.filter(role=Role.PROVIDER, is_active=True).values("agency")
    may = Q(kind=AgencyKind.PROVIDER) | Q(pk__in=helpers)
    return Agency.objects.filter(may, is_active=True)


class _Known(forms.ChoiceField):
    """Yes, no, or not known; nothing is chosen beforehand, and left out it is not known."""

    def __init__(self, *, label: Any) -> None:
        choices = [(YES, _("Yes")), (NO, _("No")), (NOT_KNOWN, _("Not known"))]
        super().__init__(choices=choices, widget=forms.RadioSelect, required=False, label=label)

    def clean(self, value: Any) -> bool | None:
        return KEPT.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return SAID[value] if value is True or value is False else value


def _number(label: Any, *, required: bool = False, help_text: Any = "", most: int = 120) -> Any:
    return forms.IntegerField(
        label=label, required=required, help_text=help_text, min_value=0, max_value=most,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )  # fmt: skip


class ServiceForm(forms.Form):
    """What a service is, and whom it takes."""

    name = forms.CharField(label=_("Name"), max_length=160)
    name_km = forms.CharField(label=_("Name in Khmer"), max_length=160, required=False)
    need = forms.ChoiceField(label=_("What it answers"), choices=Need, widget=forms.RadioSelect)
    stay = forms.ChoiceField(
        label=_("For how long may somebody stay?"), required=False, widget=forms.RadioSelect,
        choices=[*Stay.choices, ("", _("No place to stay, or not known"))],
    )  # fmt: skip
    province_code = forms.ChoiceField(label=_("Province"), choices=one_province)
    takes_sexes = forms.MultipleChoiceField(
        label=_("Whom it takes"), widget=forms.CheckboxSelectMultiple,
        choices=[(s.value, s.label) for s in Sex if s != Sex.UNKNOWN],
    )  # fmt: skip
    takes_transgender = _Known(label=_("Does it take transgender people?"))
    youngest = _number(_("Youngest, in years"), required=True)
    oldest = _number(_("Oldest, in years"), required=True)
    takes_families = _Known(label=_("Does it take a parent with children?"))
    boys_to = _number(_("Oldest boy with a parent, in years"), most=17)
    girls_to = _number(_("Oldest girl with a parent, in years"), most=17)
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), choices=list(LANGUAGES.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    made_for = forms.MultipleChoiceField(
        label=_("Only for one form of exploitation?"), choices=Form, required=False,
        help_text=_("Leave empty if it is for everybody."), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    step_free = _Known(label=_("Is it without steps?"))
    places_total = _number(
        _("How many places does it have?"), most=100_000,
        help_text=_("Leave empty if places are not counted."),
    )  # fmt: skip
    is_open = forms.BooleanField(
        label=_("It is open; what is planned is never offered"), required=False
    )

    def __init__(self, *args: Any, service: Service | None = None, **more: Any) -> None:
        said = {NAMES.get(n, n): getattr(service, n) for n in TOLD} if service else {}
        super().__init__(*args, **{"initial": said} | more)

    def told(self) -> dict[str, Any]:
        """Return what ``register_service`` takes."""
        return {name: self.cleaned_data[NAMES.get(name, name)] for name in TOLD}


class NewServiceForm(ServiceForm):
    """A service and its provider."""

    field_order = ["agency"]
    agency = forms.ModelChoiceField(label=_("Provider"), queryset=Agency.objects.none())

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agency"].queryset = providers()  # type: ignore[attr-defined]


class RegistrationForm(forms.Form):
    """Under which number the ministry of social affairs registered a provider."""

    number = forms.CharField(label=_("Registration number"), max_length=40)
    registered_on = forms.DateField(label=_("Registered on"))
    ends_on = forms.DateField(
        label=_("Ends on"), required=False,
        help_text=_("Leave empty if it has no end."),
    )  # fmt: skip

    def __init__(self, *args: Any, known: ProviderRegistration | None, **more: Any) -> None:
        said = {name: getattr(known, name) for name in self.base_fields} if known else {}
        super().__init__(*args, **{"initial": said} | more)
