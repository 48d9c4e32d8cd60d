"""The short way in for the ordinary case: a phone known here sends one new filled form, alone.

It keeps every guard of the long way and asks the database once, together with whoever sends at
the same moment. What is not ordinary (files, parts, an edit, a copy, a refusal, a form this
process has not met) goes the long way as if it had come there at once.
"""

from collections.abc import Callable
from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.forms.services import Counted
from mekhala.intake.services import keep_with_others
from mekhala.safeguards.access import devices
from mekhala.safeguards.access.models import Device
from mekhala.safeguards.signing.services import key_of
from mekhala.web import openrosa
from mekhala.web.field import signing_in

AT = "/f/submission"
LARGEST = 1024 * 1024 + 4096  # bytes: answers at their largest, and what stands around them
_HEAD = b'Content-Disposition: form-data; name="%s"' % openrosa.XML_PART.encode()


class ShortWay:
    """Stands before sessions: phones have none, and what is sent here needs no token of a page."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a filled form that was kept; anything else goes on."""
        if request.path_info == AT and request.method == "POST":
            return _kept(request) or self.get_response(request)
        return self.get_response(request)


def _kept(request: HttpRequest) -> HttpResponse | None:
    said = signing_in.said_by(request.headers.get("Authorization", ""))
    device = (devices.remembered(*said) or devices.with_password(*said)) if said else None
    xml = _alone(request) if device and device.is_live else None
    if device is None or xml is None:
        return None
    if not keep_with_others(xml, device=device, counted=_counted(request, device),
                            at=timezone.now()):  # fmt: skip
        return None
    with signing_in.speaking(request, device):
        answer = openrosa.answer(201, _("Received."), nature="submit_success")
        answer["X-OpenRosa-Accept-Content-Length"] = str(openrosa.LARGEST)
        return signing_in.marked(answer)


def _counted(request: HttpRequest, device: Device) -> Counted:
    return Counted(
        failed=[key_of(*each) for each in signing_in.failing(request, device.username)],
        failures=signing_in.MOST, asks=key_of(signing_in.ASKS, device.username),
        most=settings.FIELD_PER_MINUTE, seconds=signing_in.MINUTE,
    )  # fmt: skip


def _alone(request: HttpRequest) -> bytes | None:
    """Return the answers where they are all that was sent; the body can be read again after it."""
    length = request.META.get("CONTENT_LENGTH") or ""
    kind, boundary, mark = (request.META.get("CONTENT_TYPE") or "").partition("boundary=")
    if not (
        length.isdecimal() and int(length) <= LARGEST
        and "HTTP_TRANSFER_ENCODING" not in request.META
        and kind.strip() == "multipart/form-data;" and boundary and mark.isascii()
    ):  # fmt: skip
        return None
    body = request.META["wsgi.input"].read(int(length))
    request.META["wsgi.input"] = request._stream = BytesIO(body)  # type: ignore[attr-defined]
    return only_part(body, b"--" + mark.strip('"').encode())


def only_part(body: bytes, mark: bytes) -> bytes | None:
    """Return what the one part of a body holds, None where there are more or it is not plain.

    Only spellings that leave nothing to interpret: anything else is for the parser of multipart.
    """
    head, gap, rest = body.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    end = b"\r\n" + mark + b"--"
    if not (
        gap and lines[0] == mark and len(lines) in (2, 3)
        and lines[1].startswith(_HEAD) and b"; filename=" in lines[1]
        and rest.rstrip(b"\r\n").endswith(end) and rest.count(mark) == 1
        and all(line.lower().startswith((b"content-type:", b"content-disposition:"))
                for line in lines[1:])
    ):  # fmt: skip
        return None
    return rest.rstrip(b"\r\n").removesuffix(end)
