"""Fields that many rooms ask with; a day is Django's own ``DateField``."""

from typing import Any

from django import forms


def one_of(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    """Return radios with nothing chosen beforehand."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def in_words(label: Any, length: int = 160, *, rows: int = 0, **more: Any) -> forms.CharField:
    """Return words of at most so many signs, on one line or on ``rows``."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=length, widget=widget, **more)
