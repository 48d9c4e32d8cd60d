"""What a phone and the browser questionnaire have in common: one submission, one answer.

Source: OpenRosa 1.0 Form Submission API (docs.getodk.org/openrosa-form-submission). 201 and 202
mean "kept"; the words of any answer stand in an ``OpenRosaResponse`` in the reader's language.
"""

from functools import lru_cache
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import services
from mekhala.forms.errors import FormNotKnown
from mekhala.intake.services import keep_and_map
from mekhala.safeguards.access.errors import ActRefused, NotYourRole
from mekhala.safeguards.access.models import Officer

LARGEST = 11 * 1024 * 1024  # 10 MB of files, 1 MB of answers
XML_PART = "xml_submission_file"
RESPONSE = "http://openrosa.org/http/response"
_STATUS = {FormNotKnown: 404, NotYourRole: 403}


def answer(status: int, words: str, *, nature: str = "") -> HttpResponse:
    """Return ``words`` for the person holding the phone, as OpenRosa wants them."""
    said = _said(str(words), nature)
    return HttpResponse(said, status=status, content_type="text/xml; charset=utf-8")


@lru_cache(maxsize=64)
def _said(words: str, nature: str) -> bytes:
    root = ET.Element("OpenRosaResponse", xmlns=RESPONSE)
    message = ET.SubElement(root, "message", {"nature": nature} if nature else {})
    message.text = words
    return as_xml(root)


def as_xml(root: ET.Element) -> bytes:
    """Return the element as a UTF-8 document."""
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def receive(
    request: HttpRequest, *, by: Officer, device: int | None = None, is_practice: bool = False
) -> HttpResponse:
    """Keep the filled form in ``request`` and answer 201 (kept), 202 (a part of it), or why not.

    A copy is answered as the first was (R-51): of several that arrive together none has to know
    which one was kept.
    ``device`` is the number of the phone it came from, for the log; ``is_practice``: filled to
    learn, whatever form the answers name.

    Other content under a known instance id is kept and answered with 409: held for checking.
    Answers whose files were refused are kept and answered with 415, so that the phone does not
    throw the files away.
    """
    try:
        xml, files = read_parts(request)
        more = request.POST.get("*isIncomplete*") == "yes"
        kept = keep_and_map(
            xml, files, by=by, at=timezone.now(), more_follows=more, device=device,
            is_practice=is_practice,
        )  # fmt: skip
    except (TooLarge, CutOff, WrongInput, ActRefused, SuspiciousOperation,
            MultiPartParserError, UnreadablePostError) as reason:  # fmt: skip
        return _refused(reason)
    if kept.is_held:
        return answer(
            409, _("Other answers came under the same number. These are held for checking.")
        )
    if kept.not_taken:
        return answer(415, files_not_taken(kept))
    if more:
        return answer(202, _("Received in part. The rest will follow."), nature="submit_success")
    return answer(201, _("Received.") if kept.is_used else not_used(), nature="submit_success")


def not_used() -> str:
    """Say that the answers are kept and that the form is one of other agencies."""
    return _(
        "Received. Your agency does not use this form: fetch the list of forms again, and ask "
        "your desk which form to fill."
    )


def files_not_taken(kept: services.Kept) -> str:
    """Say that the answers are kept and which files are not: the phone still has those."""
    return " ".join([_("The answers are received. Not every file was taken."), *kept.not_taken])


def _refused(reason: Exception) -> HttpResponse:
    if isinstance(reason, TooLarge | TooManyFilesSent | RequestDataTooBig):
        return too_large()
    if isinstance(reason, ActRefused):
        return answer(_STATUS.get(type(reason), 409), str(reason))
    if isinstance(reason, WrongInput):
        return answer(400, str(reason))
    return answer(400, _("This could not be read. Send it again."))


def too_large() -> HttpResponse:
    """Answer that more was sent than is taken at once."""
    return answer(
        413, _("This is more than 11 MB or 100 files at once. Send fewer or smaller files.")
    )


class TooLarge(Exception):  # noqa: N818 - told to the phone as 413
    """More bytes than are taken at once."""


class CutOff(Exception):  # noqa: N818 - told to the phone as 400, if it still listens
    """The connection ended before the body did."""


def read_parts(request: HttpRequest) -> tuple[bytes, list[services.SentFile]]:
    """Return the XML and the files of a submission: multipart as phones send it, or plain XML."""
    _bounded(request)
    if not (request.content_type or "").startswith("multipart/"):
        return request.read(), []
    parts = [
        (name, part) for name in request.FILES for part in request.FILES.getlist(name)
    ]  # a part's own file name is what the answers refer to
    xml = [part for name, part in parts if name == XML_PART]
    text = xml[0].read() if xml else request.POST.get(XML_PART, "").encode()
    if not text:
        raise WrongInput(_("The filled form: no part “xml_submission_file”, expected one."))
    files = [
        services.SentFile(
            name=part.name or name, content_type=part.content_type or "", content=part.read()
        )
        for name, part in parts
        if name != XML_PART
    ]
    return text, files


def _bounded(request: HttpRequest) -> None:
    """Read the whole body, in memory, or refuse it: too much, or cut off on its way.

    A body that ends early would otherwise be read as a shorter form: the parser of multipart
    takes the end of the stream for the end of the last part. One sent in chunks has no length
    until it is read.
    """
    is_chunked = request.META.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
    said = 0 if is_chunked else _length(request)
    if said > LARGEST:
        raise TooLarge
    if hasattr(request, "_files"):
        return  # from a page of ours: its token was looked for in the body, which is read by now
    stream = request.META["wsgi.input"]
    body = _read(stream, LARGEST + 1 if is_chunked else said)
    if len(body) > LARGEST:
        raise TooLarge
    multipart = (request.content_type or "").startswith("multipart/")
    if len(body) < said or (multipart and not body.rstrip().endswith(b"--")):
        raise CutOff
    request.META["CONTENT_LENGTH"] = str(len(body))
    request._stream = BytesIO(body)  # type: ignore[attr-defined] # Django has read nothing yet


def whole_body(request: HttpRequest, *, most: int) -> bytes:
    """Return the whole body, in memory. Raises ``TooLarge`` or ``CutOff``."""
    is_chunked = request.META.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
    said = 0 if is_chunked else _length(request)
    if said > most:
        raise TooLarge
    body = _read(request.META["wsgi.input"], most + 1 if is_chunked else said)
    if len(body) > most:
        raise TooLarge
    if len(body) < said:
        raise CutOff
    return body


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "")
    return int(said) if said.isascii() and said.isdigit() else 0


def _read(stream: Any, most: int) -> bytes:
    """Return what the stream holds, up to ``most`` bytes."""
    parts: list[bytes] = []
    while most > 0 and (part := stream.read(most)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)
