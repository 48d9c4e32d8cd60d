"""The OpenRosa door: the list of forms, each form and its files, and what comes back filled.

What is handed out is compressed where the phone takes it so: forms are words in four languages.
"""

from xml.etree import ElementTree as ET

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page

from mekhala.forms import queries
from mekhala.forms.models import FormVersion
from mekhala.forms.titles import based_on_of, handed_text, md5_of, title_of
from mekhala.safeguards.access.models import Device
from mekhala.web import openrosa
from mekhala.web.field.signing_in import languages_asked, phone

LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
XML = "text/xml; charset=utf-8"


@gzip_page
@phone
def form_list(request: HttpRequest, *, device: Device) -> HttpResponse:
    """Answer which forms the phone should hold: OpenRosa Form Discovery."""
    root = ET.Element("xforms", xmlns=LIST)
    wanted = queries.versions_for(device.officer).defer("source")
    if request.GET.get("listAllVersions") != "true":
        wanted = wanted.filter(is_offered=True)
    if request.GET.get("formID"):
        wanted = wanted.filter(form__form_id=request.GET["formID"])
    for version in wanted:
        _describe(ET.SubElement(root, "xform"), version, request, device)
    return HttpResponse(openrosa.as_xml(root), content_type=XML)


def _describe(
    entry: ET.Element, version: FormVersion, request: HttpRequest, device: Device
) -> None:
    languages = languages_asked(request, device)
    said = {
        "formID": version.form.form_id,
        "name": title_of(version, *languages),
        "version": version.version,
        "hash": f"md5:{md5_of(handed_text(version, device.language))}",
        "downloadUrl": address(request, "form", pk=version.pk),
    }
    if queries.media_of(version):
        said["manifestUrl"] = address(request, "manifest", pk=version.pk)
    if rests_on := based_on_of(version, *languages):
        said["descriptionText"] = rests_on
    write(entry, said)


@gzip_page
@phone
def form(request: HttpRequest, *, device: Device, pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out one version as it is kept, but for its title: ``handed_text``.

    Never drawn by a browser as a page.
    """
    version = version_for(device, pk)
    if version is None:
        return not_here()
    return handed(handed_text(version, device.language).encode(), f"{version.pk}.xml", XML)


@phone
def manifest(request: HttpRequest, *, device: Device, pk: int) -> HttpResponse:
    """Answer which files belong to one version; the address of each names what is in it."""
    version = version_for(device, pk)
    if version is None:
        return not_here()
    root = ET.Element("manifest", xmlns=MANIFEST)
    for file in queries.media_of(version):
        where = address(request, "media", pk=pk, md5=file.md5, name=file.name)
        told = {"filename": file.name, "hash": f"md5:{file.md5}", "downloadUrl": where}
        write(ET.SubElement(root, "mediaFile"), told)
    return HttpResponse(openrosa.as_xml(root), content_type=XML)


@gzip_page
@phone
def media(
    request: HttpRequest,  # noqa: ARG001
    *,
    device: Device,
    pk: int,
    md5: str,
    name: str,
) -> HttpResponse:
    """Hand out one file of a version, if it still is what the manifest said."""
    version = version_for(device, pk)
    files = queries.media_of(version) if version else []
    found = next((f for f in files if (f.name, f.md5) == (name, md5)), None)
    if found is None:
        return not_here()
    return handed(found.content(), found.md5, "application/octet-stream")


@phone
def submission(request: HttpRequest, *, device: Device) -> HttpResponse:
    """HEAD: where to send, and how much at once. POST: keep one filled form."""
    return taken_in(request, device=device)


def taken_in(request: HttpRequest, *, device: Device, is_practice: bool = False) -> HttpResponse:
    """Answer HEAD and POST of a filled form."""
    if request.method == "HEAD":
        response = HttpResponse(status=204)
    elif request.method == "POST":
        response = openrosa.receive(
            request, by=device.officer, device=device.pk, is_practice=is_practice
        )
    else:
        response = openrosa.answer(405, _("Filled forms are sent here with POST."))
        response["Allow"] = "HEAD, POST"
    response["X-OpenRosa-Accept-Content-Length"] = str(openrosa.LARGEST)
    return response


def version_for(device: Device, pk: int) -> FormVersion | None:
    """Return a version the phone may hold, None for no such one."""
    return queries.versions_for(device.officer).filter(pk=pk).defer("source").first()


def handed(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Answer with a file, never drawn by a browser as a page."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def not_here() -> HttpResponse:
    """Answer that there is no such form."""
    return openrosa.answer(404, _("This form is not here. Fetch the list of forms again."))


def address(request: HttpRequest, view: str, **parts: object) -> str:
    """Return the whole address of a view of this door."""
    return request.build_absolute_uri(reverse(f"field:{view}", kwargs=parts))


def write(entry: ET.Element, said: dict[str, str]) -> None:
    """Write each name and its text below ``entry``."""
    for name, text in said.items():
        ET.SubElement(entry, name).text = text
