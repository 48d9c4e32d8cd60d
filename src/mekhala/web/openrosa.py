"""What a phone and the browser questionnaire have in common: one submission, one answer.

Source: OpenRosa 1.0 Form Submission API (docs.getodk.org/openrosa-form-submission). 201 and 202
mean "kept"; the words of any answer stand in an ``OpenRosaResponse`` in the reader's language.
"""

from io import BytesIO
from xml.etree import ElementTree as ET

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import services
from mekhala.forms.errors import FormNotKnown
from mekhala.safeguards.access.errors import ActRefused, NotYourRole
from mekhala.safeguards.access.models import Officer

LARGEST = 11 * 1024 * 1024  # 10 MB of files, 1 MB of answers
XML_PART = "xml_submission_file"
RESPONSE = "http://openrosa.org/http/response"
_STATUS = {FormNotKnown: 404, NotYourRole: 403}


def answer(status: int, words: str, *, nature: str = "") -> HttpResponse:
    """Return ``words`` for the person holding the phone, as OpenRosa wants them."""
    root = ET.Element("OpenRosaResponse", xmlns=RESPONSE)
    message = ET.SubElement(root, "message", {"nature": nature} if nature else {})
    message.text = words
    return HttpResponse(as_xml(root), status=status, content_type="text/xml; charset=utf-8")


def as_xml(root: ET.Element) -> bytes:
    """Return the element as a UTF-8 document."""
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def receive(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """Keep the filled form in ``request`` and answer 201 (kept), 202 (had it), or why not.

    Other content under a known instance id is kept and answered with 409: held for checking.
    Answers whose files were refused are kept and answered with 415, so that the phone does not
    throw the files away.
    """
    try:
        xml, files = read_parts(request)
        kept = services.keep_submission(xml, files, by=by, at=timezone.now())
    except (TooLarge, WrongInput, SuspiciousOperation, ActRefused) as reason:
        return _refused(reason)
    if kept.is_held:
        return answer(
            409, _("Other answers came under the same number. These are held for checking.")
        )
    if kept.not_taken:
        return answer(415, files_not_taken(kept))
    if request.POST.get("*isIncomplete*") == "yes":
        return answer(202, _("Received in part. The rest will follow."), nature="submit_success")
    return answer(
        201 if kept.is_new else 202,
        _("Received.") if kept.is_new else _("Received before. Nothing is lost."),
        nature="submit_success",
    )


def files_not_taken(kept: services.Kept) -> str:
    """Say that the answers are kept and which files are not: the phone still has those."""
    return " ".join([_("The answers are received. Not every file was taken."), *kept.not_taken])


def _refused(reason: Exception) -> HttpResponse:
    if isinstance(reason, TooLarge):
        return too_large()
    if isinstance(reason, ActRefused):
        return answer(_STATUS.get(type(reason), 409), str(reason))
    if isinstance(reason, WrongInput):
        return answer(400, str(reason))
    return answer(400, _("This could not be read. Send it again."))


def too_large() -> HttpResponse:
    """Answer that more was sent than is taken at once."""
    return answer(413, _("This is more than 10 MB. Send fewer or smaller files."))


class TooLarge(Exception):  # noqa: N818 - told to the phone as 413
    """More bytes than are taken at once."""


def read_parts(request: HttpRequest) -> tuple[bytes, list[services.SentFile]]:
    """Return the XML and the files of a submission: multipart as phones send it, or plain XML."""
    _bounded(request)
    if not (request.content_type or "").startswith("multipart/"):
        return request.body, []
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
    """Refuse too much before it is read; a body sent in chunks has no length until it is read."""
    if request.META.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
        body = request.META["wsgi.input"].read(LARGEST + 1)
        request.META["CONTENT_LENGTH"] = str(len(body))
        request._stream = BytesIO(body)  # type: ignore[attr-defined] # Django has read nothing yet
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise TooLarge
