"""The door of the surveys: for who reads them there, for others not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from mekhala.population.surveys import policies
from mekhala.web.officers import officer_of

type View = Callable[..., HttpResponse]


def readers_only(view: View) -> View:
    """Answer 404 to officers of other roles: what is not open is not there."""

    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        if not policies.may_read(officer_of(request)):
            raise Http404
        return view(request, *given, **named)

    return login_required(answer)


def planners_only(view: View) -> View:
    """Answer 404 to who plans no survey."""

    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        if not policies.may_plan(officer_of(request)):
            raise Http404
        return view(request, *given, **named)

    return login_required(answer)


def put(refusal: Exception, form: forms.Form) -> None:
    """Show a refusal at the field it names, else at the head of the form."""
    name, colon, words = str(refusal).partition(": ")
    if colon and name in form.fields:
        form.add_error(name, words)
    else:
        form.add_error(None, str(refusal))
