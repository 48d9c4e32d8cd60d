"""Fields of the forms about departure, agencies and funds, and how what is left out is told."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary.places import place, place_name, provinces


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Return a day."""
    return forms.DateField(
        label=label, required=required, help_text=help_text,
        error_messages={"required": _("Give the day.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip


def chosen(label: Any, choices: Any, *, required: bool = True) -> forms.ChoiceField:
    """Return radios with nothing chosen beforehand."""
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, required=required,
        error_messages={"required": _("Choose one of the answers.")},
    )  # fmt: skip


def in_words(label: Any, length: int, *, required: bool = True, help_text: Any = "",
           rows: int = 0) -> forms.CharField:  # fmt: skip
    """Return words of at most so many signs."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, max_length=length, required=required, help_text=help_text, widget=widget,
        error_messages={"required": _("Write it down.")},
    )  # fmt: skip


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
