"""What the browser app asks: to be enrolled, whether it still stands, what is new; what it sends.

Answers are JSON and words are the app's own: it speaks four languages without asking us. Nothing
stands in an address. Every try is counted; a browser that was ended learns that, and wipes itself.
"""

import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from mekhala.forms import queries, services
from mekhala.forms.models import FormVersion
from mekhala.forms.services.sealed import BLOCK, SEALED, NotNow
from mekhala.forms.titles import handed_text, in_each, md5_of
from mekhala.intake.services import keep_and_map
from mekhala.safeguards.access import devices
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Device
from mekhala.safeguards.keys.asking import ask
from mekhala.safeguards.keys.errors import KeyServiceDown, Refused
from mekhala.web import openrosa
from mekhala.web.address import address_of
from mekhala.web.field.signing_in import count_failures, phone, wait_of

LARGEST = openrosa.LARGEST + SEALED + 64 * 1024 + BLOCK
LARGEST_ASKED = 2048
LATER = 60  # seconds until a phone asks again while the keys are away
_ENVELOPE, _VERSION = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9]{1,6}")
_REFUSED: dict[type[Exception], tuple[str, int]] = {
    openrosa.TooLarge: ("too_large", 413), openrosa.CutOff: ("cut_off", 400),
}  # fmt: skip


@csrf_exempt
@require_POST
def enrol(request: HttpRequest) -> HttpResponse:
    """Give a browser its name and password for the code its officer types there."""
    keys = [("enrolling", address_of(request))]
    if wait := wait_of(keys):
        return _later(429, wait)
    key = _field_key()
    if key is None:
        return _later(503, LATER)
    found = devices.enrol(str(_asked(request).get("code", ""))[:40], at=timezone.now())
    if found is None:
        count_failures(keys)
        return _told({"state": "unknown"}, 404)
    device, password = found
    become(device.officer_id)
    devices.note_enrolled(device, at=timezone.now())
    return _told({
        "username": device.username, "password": password, "language": device.language,
        "beacon": devices.beacon_of(device.username), "key": key,
        "silence_hours": settings.FIELD_SILENCE_HOURS,
    }, 201)  # fmt: skip


@csrf_exempt
@require_POST
def standing(request: HttpRequest) -> HttpResponse:
    """Tell a browser that nobody has opened yet whether it still stands: 204, or 410."""
    asked = _asked(request)
    keys = [("standing", address_of(request))]
    if wait := wait_of(keys):
        return _later(429, wait)
    name, beacon = str(asked.get("username", ""))[:60], str(asked.get("beacon", ""))[:64]
    device = devices.with_beacon(name, beacon)
    if device is None:
        count_failures(keys)
        return _told({"state": "unknown"}, 404)
    return HttpResponse(status=204) if device.is_live else _told({"state": "ended"}, 410)


@gzip_page
@phone
@require_GET
def contact(request: HttpRequest, *, device: Device) -> HttpResponse:  # noqa: ARG001
    """Tell what the app should hold: the key to seal to, forms, numbers, how long it may wait."""
    wanted = queries.versions_for(device.officer).filter(is_offered=True).defer("source")
    return _told({
        "key": _field_key(), "silence_hours": settings.FIELD_SILENCE_HOURS,
        "numbers": [{"name": name, "number": number} for name, number in settings.HELP_NUMBERS],
        "forms": [_form(version, device) for version in wanted],
    })  # fmt: skip


@phone
@require_POST
def sealed(request: HttpRequest, *, device: Device) -> HttpResponse:
    """Take one sealed envelope: 201 (kept, now or before), 409 (held; it is kept all the same)."""
    envelope = request.headers.get("Envelope", "")
    version = request.headers.get("Envelope-Key", "")
    if not _ENVELOPE.fullmatch(envelope) or not _VERSION.fullmatch(version):
        return _told({"state": "malformed"}, 400)
    try:
        body = openrosa.whole_body(request, most=LARGEST)
        taken = services.keep_sealed(
            body, envelope=envelope, version=int(version), by=device.officer,
            at=timezone.now(), device=device.pk, keep=keep_and_map,
        )  # fmt: skip
    except NotNow:
        return _later(503, LATER)
    except (openrosa.TooLarge, openrosa.CutOff, ActRefused) as reason:
        state, status = _REFUSED.get(type(reason), ("refused", 403))
        return _told({"state": state}, status)
    if taken.is_held:
        return _told({"state": "held", "receipt": taken.receipt}, 409)
    said = {"state": "received", "receipt": taken.receipt}
    if not taken.is_used:
        said["code"] = "not_used"
    return _told(said, 201)


def _form(version: FormVersion, device: Device) -> dict[str, Any]:
    """Tell of one version, in every language it is named in: the app changes between them."""
    files = [
        {"name": f.name, "md5": f.md5, "address": f"/f/forms/{version.pk}/files/{f.md5}/{f.name}"}
        for f in queries.media_of(version)
    ]
    return {
        "id": version.form.form_id, "version": version.version, "title": version.form.title,
        "titles": in_each(version, "title"), "based_on": version.based_on,
        "based_on_in": in_each(version, "based_on"),
        "md5": md5_of(handed_text(version, device.language)),
        "address": f"/f/forms/{version.pk}.xml", "files": files,
    }  # fmt: skip


def _field_key() -> dict[str, Any] | None:
    """Return the key browsers seal to now; None while the key service is away."""
    try:
        said: dict[str, Any] = ask({"op": "status"})["field"]
    except (KeyServiceDown, Refused):
        return None
    return said


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Return the small JSON object that was sent; an empty one where it is none."""
    try:
        read = json.loads(openrosa.whole_body(request, most=LARGEST_ASKED))
    except (openrosa.TooLarge, openrosa.CutOff, ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _later(status: int, seconds: int) -> HttpResponse:
    response = _told({"state": "later"}, status)
    response["Retry-After"] = str(seconds)
    return response


def _told(said: dict[str, Any], status: int = 200) -> HttpResponse:
    response = JsonResponse(said, status=status)
    response["Cache-Control"] = "no-store"
    return response
