"""Fields of the forms about departure, agencies and funds, and how what is left out is told."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary.countries import country_names
from mekhala.core.vocabulary.places import place, place_name, provinces
from mekhala.pathway.labour_migration.models import Recruiter
from mekhala.pathway.labour_migration.words import Kind
from mekhala.web.casework.fields import in_words


def what_is_said() -> forms.MultipleChoiceField:
    """Return the kinds of things that are said of an agency."""
    return forms.MultipleChoiceField(
        label=_("What is said?"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def _countries() -> list[tuple[str, str]]:
    return list(country_names(get_language() or "en").items())


def which_country() -> forms.ChoiceField:
    """Return a field for a country."""
    return forms.ChoiceField(
        label=_("In which country?"), choices=lambda: [("", ""), *_countries()],
        error_messages={"required": _("Choose a country.")},
    )  # fmt: skip


def recruiters() -> list[tuple[str, str]]:
    """Return the agencies of the register, and none."""
    return [("", ""), *((str(r.pk), str(r)) for r in Recruiter.objects.all())]


class WithRecruiter(forms.Form):
    """A form that names an agency of the register."""

    def clean_recruiter(self) -> Recruiter | None:
        """Return the agency, None if none was named."""
        return Recruiter.objects.filter(pk=self.cleaned_data["recruiter"] or 0).first()


def place_code(label: Any) -> forms.CharField:
    """Return a code of the gazetteer; what is wrong with one is told in words."""
    field = in_words(label, 8, help_text=_("Gazetteer code, 2 to 8 signs"))
    field.validators.append(_in_gazetteer)
    return field


def _in_gazetteer(code: str) -> None:
    if place(code) is not None:
        return
    reader = get_language() or "en"
    around = next((code[:n] for n in (6, 4, 2) if place(code[:n])), None)
    if around is None:
        first = next(iter(provinces().values()))
        raise forms.ValidationError(
            _("No place has this code. Write 2, 4, 6 or 8 figures that begin with those of a "
              "province, such as %(code)s %(name)s."),
            params={"code": first.code, "name": first.name(reader)},
        )  # fmt: skip
    raise forms.ValidationError(
        _("No place has this code. The nearest is %(code)s %(name)s."),
        params={"code": around, "name": place_name(around, reader)},
    )
