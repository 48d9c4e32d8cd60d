"""What an act is refused for, or what is wrong with an input, said in the form it came from."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.db import transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.access.errors import ActRefused


@contextmanager
def told_in(form: forms.Form) -> Iterator[None]:
    """Run an act; what refuses it becomes an error of ``form`` and nothing of it is kept.

    What was typed stays in the form. ``form.errors`` says afterwards whether the act was done.
    """
    try:
        with transaction.atomic():
            yield
    except (ActRefused, WrongInput) as refusal:
        form.add_error(None, str(refusal))
