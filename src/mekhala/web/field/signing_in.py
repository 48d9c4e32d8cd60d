"""A phone signs in on every request with its own name and password (Basic, over https).

No cookie, no session: a request from a browser that happens to be signed in opens nothing here.
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from mekhala.safeguards.access import queries
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.models import Officer
from mekhala.web import openrosa

type View = Callable[..., HttpResponse]


def phone(view: View) -> View:
    """Run ``view`` as the officer of the phone that asks, who comes as ``by``; else 401.

    Every answer carries the OpenRosa version, refusals too, or Collect does not read them.
    """

    @csrf_exempt
    @wraps(view)
    def signed_in(request: HttpRequest, **more: object) -> HttpResponse:
        officer = _officer(request.headers.get("Authorization", ""))
        if officer is None:
            response = openrosa.answer(401, _("The name or password of this phone does not fit."))
            response["WWW-Authenticate"] = 'Basic realm="Mekhala", charset="UTF-8"'
        else:
            become(officer.pk)
            response = view(request, by=officer, **more)
        response["X-OpenRosa-Version"] = "1.0"
        response["Cache-Control"] = "no-store"
        return response

    return signed_in


def _officer(header: str) -> Officer | None:
    kind, _space, key = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(key, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    if not colon or "\x00" in name:
        return None
    return queries.officer_with_device(name, password)
