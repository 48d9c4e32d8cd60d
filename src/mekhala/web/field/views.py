"""The OpenRosa door: the list of forms, each form, and what comes back filled."""

from xml.etree import ElementTree as ET

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from mekhala.forms import policies, queries
from mekhala.forms.models import FormVersion
from mekhala.safeguards.access.models import Officer
from mekhala.web import openrosa
from mekhala.web.field.signing_in import phone

LIST = "http://openrosa.org/xforms/xformsList"


@phone
def form_list(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """Answer which forms the phone should hold: OpenRosa Form Discovery."""
    root = ET.Element("xforms", xmlns=LIST)
    wanted = FormVersion.objects.select_related("form").defer("source")
    if request.GET.get("listAllVersions") != "true":
        wanted = wanted.filter(is_offered=True)
    if request.GET.get("formID"):
        wanted = wanted.filter(form__form_id=request.GET["formID"])
    if policies.may_answer(by):
        for version in wanted:
            _describe(ET.SubElement(root, "xform"), version, request)
    return HttpResponse(openrosa.as_xml(root), content_type="text/xml; charset=utf-8")


def _describe(entry: ET.Element, version: FormVersion, request: HttpRequest) -> None:
    address = reverse("field:form", kwargs={"pk": version.pk})
    for name, text in {
        "formID": version.form.form_id,
        "name": version.form.title,
        "version": version.version,
        "hash": f"md5:{queries.md5_of(version)}",
        "downloadUrl": request.build_absolute_uri(address),
    }.items():
        ET.SubElement(entry, name).text = text


@phone
def form(request: HttpRequest, *, by: Officer, pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out one version, exactly as it is kept. Never drawn by a browser as a page."""
    version = get_object_or_404(FormVersion.objects.defer("source"), pk=pk)
    response = HttpResponse(version.xform.encode(), content_type="text/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{version.pk}.xml"'
    return response


@phone
def submission(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """HEAD: where to send, and how much at once. POST: keep one filled form."""
    if request.method == "HEAD":
        response = HttpResponse(status=204)
    elif request.method == "POST":
        response = openrosa.receive(request, by=by)
    else:
        response = openrosa.answer(405, _("Filled forms are sent here with POST."))
        response["Allow"] = "HEAD, POST"
    response["X-OpenRosa-Accept-Content-Length"] = str(openrosa.LARGEST)
    return response
