"""What is said where an answer was left out, by the kind of field: what to do, in words.

A form that can say it better does (``error_messages``); Django's "This field is required" says
neither which nor what. Called before any form is made, for a field takes its words when it is made.
"""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_SEVERAL = _("Choose at least one.")
SAID: dict[type[forms.Field], "StrOrPromise"] = {
    forms.CharField: _("Write it here."),
    forms.IntegerField: _("Write it in figures."),  # and each kind of number made from it
    forms.DateField: _("Give the day."),
    forms.DateTimeField: _("Give the day and the hour."),
    forms.TimeField: _("Give the hour."),
    forms.ChoiceField: _("Choose one of the answers."),
    forms.MultipleChoiceField: _SEVERAL,
    forms.ModelMultipleChoiceField: _SEVERAL,
    forms.FileField: _("Choose the file."),
    forms.BooleanField: _("Tick the box to go on."),
}


def say_what_to_do() -> None:
    """Give each kind of field its words."""
    for kind, words in SAID.items():
        kind.default_error_messages = {**kind.default_error_messages, "required": words}
