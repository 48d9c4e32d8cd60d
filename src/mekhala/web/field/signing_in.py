"""A phone signs in on every request with its own name and password (Basic, over https).

No cookie, no session: a request from a browser that happens to be signed in opens nothing here.
Failures are counted by name and by address, as on the sign-in page: after five in fifteen minutes
nobody of that name or address is answered until the time is over, right password or not (R-59).
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from mekhala.safeguards.access import queries
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.signing import services
from mekhala.web import openrosa
from mekhala.web.address import address_of

MOST, IN_SECONDS = 5, 15 * 60

type View = Callable[..., HttpResponse]


def phone(view: View) -> View:
    """Run ``view`` as the officer of the phone that asks, who comes as ``by``; else 401.

    Every answer carries the OpenRosa version, refusals too, or Collect does not read them.
    """

    @csrf_exempt
    @wraps(view)
    def signed_in(request: HttpRequest, **more: object) -> HttpResponse:
        said = _said(request.headers.get("Authorization", ""))
        keys = [("device", said[0]), ("device address", address_of(request))] if said else []
        officer = None
        if wait := _wait(keys):
            response = openrosa.answer(429, _("Too many attempts. Wait 15 minutes."))
            response["Retry-After"] = str(wait)
        elif (officer := queries.officer_with_device(*said) if said else None) is None:
            _count(keys)
            response = openrosa.answer(401, _("The name or password of this phone does not fit."))
            response["WWW-Authenticate"] = 'Basic realm="Mekhala", charset="UTF-8"'
        else:
            become(officer.pk)
            response = view(request, by=officer, **more)
        response["X-OpenRosa-Version"] = "1.0"
        response["Cache-Control"] = "no-store"
        return response

    return signed_in


def _wait(keys: list[tuple[str, str]]) -> int:
    """Return the seconds to wait where one of ``keys`` failed too often, else 0."""
    now = timezone.now()
    return max((services.wait_for(*key, most=MOST, at=now) for key in keys), default=0)


def _count(keys: list[tuple[str, str]]) -> None:
    for key in keys:
        services.count(*key, most=MOST, seconds=IN_SECONDS, at=timezone.now())


def _said(header: str) -> tuple[str, str] | None:
    """Return name and password of a Basic header, None if it holds none."""
    kind, _space, key = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(key, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return (name, password) if colon and "\x00" not in name else None
