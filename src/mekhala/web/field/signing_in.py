"""A phone signs in on every request with its own name and password (Basic, over https).

No cookie, no session: a request from a browser that happens to be signed in opens nothing here.
Failures are counted by name and by address, as on the sign-in page: after five in fifteen minutes
nobody of that name or address is answered until the time is over, right password or not (R-59).
A phone that was ended is told what an unknown one is told. It goes on trying by itself, and knows
its password: it counts against its own name only, or it would shut out the post it stands in.
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from mekhala.safeguards.access import devices
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.models import Device
from mekhala.safeguards.signing import services
from mekhala.web import openrosa
from mekhala.web.address import address_of

MOST, IN_SECONDS = 5, 15 * 60  # failures
MINUTE = 60
ASKS = "device asks"

type View = Callable[..., HttpResponse]


def phone(view: View) -> View:
    """Run ``view`` as the officer of the phone that asks, which comes as ``device``; else 401.

    Every answer carries the OpenRosa version, refusals too, or Collect does not read them. Its
    words are in the language the phone asks for, else in the one it was given out with.
    """

    @csrf_exempt
    @wraps(view)
    def signed_in(request: HttpRequest, **more: object) -> HttpResponse:
        said = said_by(request.headers.get("Authorization", ""))
        keys = failing(request, said[0]) if said else []
        if wait := wait_of(keys):
            return marked(_slowed(_("Too many attempts. Wait 15 minutes."), wait))
        device = devices.with_password(*said) if said else None
        if device is None or not device.is_live:
            count_failures(keys if device is None else keys[:1])
            return marked(_unknown())
        with speaking(request, device):
            return marked(_as(device, request, view, more))

    return signed_in


def failing(request: HttpRequest, username: str) -> list[tuple[str, str]]:
    """Return under what a failure of this name from this address is counted."""
    return [("device", username), ("device address", address_of(request))]


def _as(device: Device, request: HttpRequest, view: View, more: dict[str, object]) -> HttpResponse:
    now = timezone.now()
    most = settings.FIELD_PER_MINUTE
    if wait := services.count(ASKS, device.username, most=most, seconds=MINUTE, at=now):
        return _slowed(_("Too many requests at once. The phone tries again by itself."), wait)
    become(device.officer_id)
    devices.note_seen(device, at=now)
    return view(request, device=device, **more)


def speaking(request: HttpRequest, device: Device) -> translation.override:
    """Return the language to answer a phone in."""
    asked = request.headers.get("Accept-Language", "*") != "*"  # then it was followed already
    return translation.override(translation.get_language() if asked else device.language)


def languages_asked(request: HttpRequest, device: Device) -> list[str]:
    """Return the codes of the languages the phone asks for, else of the one it was given out with.

    More than the two we answer in: forms are named in others as well.
    """
    said = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    return [code.split("-")[0] for code, _weight in said if code != "*"] or [device.language]


def marked(response: HttpResponse) -> HttpResponse:
    """Return an answer as phones want it."""
    response["X-OpenRosa-Version"] = "1.0"
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    return response


def _unknown() -> HttpResponse:
    response = openrosa.answer(401, _("The name or password of this phone does not fit."))
    response["WWW-Authenticate"] = 'Basic realm="Mekhala", charset="UTF-8"'
    return response


def _slowed(words: str, wait: int) -> HttpResponse:
    response = openrosa.answer(429, words)
    response["Retry-After"] = str(wait)
    return response


def wait_of(keys: list[tuple[str, str]]) -> int:
    """Return the seconds to wait where one of ``keys`` failed too often, else 0."""
    return services.wait_for(keys, most=MOST, at=timezone.now())


def count_failures(keys: list[tuple[str, str]]) -> None:
    """Count one failure under each of ``keys``."""
    for key in keys:
        services.count(*key, most=MOST, seconds=IN_SECONDS, at=timezone.now())


def said_by(header: str) -> tuple[str, str] | None:
    """Return name and password of a Basic header, None if it holds none."""
    kind, _space, key = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(key, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return (name, password) if colon and "\x00" not in name + password else None
