"""What every page of an act does: show the form, act, lead on, or say why it is refused."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.justice import policies, queries
from mekhala.pathway.justice.models import Accused
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer


def act_on(
    request: HttpRequest, form: django_forms.Form, act: Callable[[], str], words: dict[str, Any],
    template: str = "justice/act.html",
) -> HttpResponse:  # fmt: skip
    """Show the form; once it is filled in, act and lead on, or show why it is refused."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(act())
        except (ActRefused, WrongInput) as refusal:
            form.add_error(None, str(refusal))
    return render(request, template, {"form": form, **words})


def officer_in(request: HttpRequest) -> Officer:
    """Return the officer who is signed in."""
    assert isinstance(request.user, Officer)
    return request.user


def officer_of_justice(request: HttpRequest) -> Officer:
    """Return the officer; for every other role these pages are not there."""
    if not policies.may_file(officer_in(request)):
        raise Http404
    return officer_in(request)


def accused_or_404(number: str) -> Accused:
    """Return an accused whose proceeding is open to the officer."""
    return get_object_or_404(queries.accused(), number=number)


def page_of(number: str) -> str:
    """Return the address of a proceeding."""
    return reverse("justice:proceeding", args=[number])


def page_of_accused(number: str) -> str:
    """Return the address of one accused."""
    return reverse("justice:accused", args=[number])
