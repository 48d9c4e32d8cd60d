"""The language of a public page is asked for in its address; no cookie remembers it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

type View = Callable[..., HttpResponse]


def asked_language(request: HttpRequest) -> str:
    """Return the language of ``?lang=``, "" if it asks for none we speak."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def in_asked_language(view: View) -> View:
    """Answer in the language of ``?lang=``, else in the one the browser prefers."""

    @wraps(view)
    def answer(request: HttpRequest, **kept: Any) -> HttpResponse:
        asked = asked_language(request)
        if not asked:
            return view(request, **kept)
        with translation.override(asked):
            response = view(request, **kept)
            response.headers["Content-Language"] = asked
            return response

    return answer
