"""The practice door: forms' twins, for a project of its own on the phone.

A project apart, so that nobody in a hurry takes the wrong one of two forms with one name. What
comes in here is practice, and so is what names a twin's id at the other door.
"""

from xml.etree import ElementTree as ET

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page

from mekhala.forms import queries
from mekhala.forms.models import FormVersion
from mekhala.forms.practice import TITLE, practice_id, practice_xform
from mekhala.forms.titles import md5_of, title_of
from mekhala.safeguards.access.models import Device
from mekhala.web import openrosa
from mekhala.web.field import views
from mekhala.web.field.signing_in import languages_asked, phone


@gzip_page
@phone
def form_list(request: HttpRequest, *, device: Device) -> HttpResponse:
    """Answer which twins the phone should hold: one of each form in use."""
    root = ET.Element("xforms", xmlns=views.LIST)
    for version in queries.versions_for(device.officer).filter(is_offered=True).defer("source"):
        if text := practice_xform(version, device.language):
            _describe(ET.SubElement(root, "xform"), version, text, request, device)
    return HttpResponse(openrosa.as_xml(root), content_type=views.XML)


def _describe(
    entry: ET.Element, version: FormVersion, text: str, request: HttpRequest, device: Device
) -> None:
    said = {
        "formID": practice_id(version.form.form_id),
        "name": TITLE + title_of(version, *languages_asked(request, device)),
        "version": version.version,
        "hash": f"md5:{md5_of(text)}",
        "downloadUrl": views.address(request, "practice_form", pk=version.pk),
    }
    if queries.media_of(version):
        said["manifestUrl"] = views.address(request, "manifest", pk=version.pk)
    views.write(entry, said)


@gzip_page
@phone
def form(request: HttpRequest, *, device: Device, pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out the twin of one version."""
    version = views.version_for(device, pk)
    text = practice_xform(version, device.language) if version else None
    if text is None:
        return views.not_here()
    return views.handed(text.encode(), f"practice-{pk}.xml", views.XML)


@phone
def submission(request: HttpRequest, *, device: Device) -> HttpResponse:
    """HEAD: where to send. POST: keep one filled form as practice, whatever form it names."""
    return views.taken_in(request, device=device, is_practice=True)
