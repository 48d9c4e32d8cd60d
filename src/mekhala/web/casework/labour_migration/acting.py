"""Doing the act a form asks for."""

from collections.abc import Callable

from django import forms

from mekhala.web.casework.refusals import told_in


def acted(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do the act a whole form asks for; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    with told_in(form):
        act()
    return not form.errors
