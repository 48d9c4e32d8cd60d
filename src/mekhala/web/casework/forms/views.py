"""Pages: the forms, their versions, adding one, filling one."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_http_methods

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import policies, queries, services
from mekhala.forms.models import Form, FormVersion
from mekhala.forms.xform import language_named, opening_in
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.web import openrosa
from mekhala.web.casework.forms.forms import UploadForm

ON_A_PAGE = 50

# ODK's questionnaire compiles its XPath parser (wasm) and writes its own styles. A nonce in
# style-src would switch 'unsafe-inline' off, so none stands there. Nothing leaves this origin.
QUESTIONNAIRE: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE, CSP.WASM_UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "media-src": [CSP.SELF, "blob:"],
    "font-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "worker-src": [CSP.SELF, "blob:"],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
    "report-uri": ["/csp-report/"],
}


@login_required
@require_GET
def forms(request: HttpRequest) -> HttpResponse:
    """List the forms that are handed out."""
    officer = cast(Officer, request.user)
    page = Paginator(queries.versions_offered(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "forms/list.html",
        {"page": page, "may_upload": policies.may_add_version(officer),
         "may_answer": policies.may_answer(officer)},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Show the upload form, and add the version that was chosen."""
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            version = services.add_version(
                file.read(), file.name, by=cast(Officer, request.user), at=timezone.now()
            )
        except WrongInput as wrong:
            form.add_error("file", str(wrong))
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The form is kept. Phones are offered its newest version."))
            return redirect("forms:versions", form_id=version.form.form_id)
    may_upload = policies.may_add_version(cast(Officer, request.user))
    status = 422 if sent else 200
    return render(
        request, "forms/upload.html", {"form": form, "may_upload": may_upload}, status=status
    )


@login_required
@require_GET
def versions(request: HttpRequest, form_id: str) -> HttpResponse:
    """Show every version of a form, and what each is."""
    officer = cast(Officer, request.user)
    form = get_object_or_404(Form, form_id=form_id)
    page = Paginator(queries.versions_of(form), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "forms/versions.html",
        {"questionnaire": form, "page": page, "may_answer": policies.may_answer(officer)},
    )  # fmt: skip


@login_required
@require_GET
def xform(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a version exactly as it is kept; ``?language=`` only changes how it opens.

    Always a download: an XForm holds XHTML, and what an author wrote is never drawn as a page.
    """
    version = get_object_or_404(FormVersion.objects.defer("source"), pk=pk)
    text = version.xform
    language = language_named(version.languages, request.GET.get("language", ""))
    response = HttpResponse(
        (opening_in(text, language) if language else text).encode(),
        content_type="text/xml; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{version.pk}.xml"'
    return response


@login_required
@csp_override(QUESTIONNAIRE)
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, form_id: str) -> HttpResponse:
    """Show the questionnaire; its script sends what was filled to this same address."""
    officer = cast(Officer, request.user)
    version = queries.version_offered(form_id)
    if version is None or not policies.may_answer(officer):
        raise Http404
    if request.method == "POST":
        answer = openrosa.receive(request, by=officer)
        if answer.status_code in (201, 202):
            messages.success(request, _("The filled form was received."))
        return answer
    return render(request, "forms/fill.html", {"version": version, "language": get_language()})
