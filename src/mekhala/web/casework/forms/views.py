"""Pages: the forms, their versions, adding one, filling one."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import policies, queries, services, training
from mekhala.forms.faults import FaultyForm
from mekhala.forms.lists import SERVICES
from mekhala.forms.models import Form, FormVersion
from mekhala.forms.use import agencies_of, is_used_by, named
from mekhala.forms.xform import language_named, opening_in
from mekhala.pathway.directory.services import hand_list_to_forms
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.web import openrosa
from mekhala.web.casework.forms.forms import UploadForm
from mekhala.web.script_words import LANGUAGES, words_of

ON_A_PAGE = 50
MOST_FAULTS = 50

# ODK's engine compiles its parser of XPath (wasm) and reads the form's XML, which Trusted Types
# would pass through the cleaner of markup. Pictures and sounds of a form are shown from memory.
# Nothing leaves this origin.
QUESTIONNAIRE: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE, CSP.WASM_UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "media-src": [CSP.SELF, "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
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
    return _listed(request)


def _listed(request: HttpRequest, *, refusal: str = "", status: int = 200) -> HttpResponse:
    officer = cast(Officer, request.user)
    page = Paginator(queries.versions_seen_by(officer), ON_A_PAGE).get_page(request.GET.get("page"))
    there = named(version.form for version in page)
    fills = [
        version.pk for version in page
        if version.form.for_all or (version.form_id, officer.agency_id) in there
    ]  # fmt: skip
    return render(
        request, "forms/list.html",
        {"page": page, "fills": fills, "may_upload": policies.may_add_version(officer),
         "may_answer": policies.may_answer(officer), "may_train": policies.may_train(officer),
         "waiting": _waiting(officer), "refusal": refusal},
        status=status,
    )  # fmt: skip


def _waiting(officer: Officer) -> list[FormVersion]:
    """Return what is not handed out, for those who can change that."""
    if not policies.may_add_version(officer):
        return []
    return list(queries.versions_not_in_use()[:ON_A_PAGE])


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Show the upload form, and keep what was chosen as a draft, to be read before it is used."""
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            version = _added(file, by=cast(Officer, request.user))
        except FaultyForm as faulty:
            for fault in faulty.faults[:MOST_FAULTS]:
                form.add_error("file", f"{file.name}: {fault}.")
        except WrongInput as wrong:
            form.add_error("file", str(wrong))
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The form is kept. Read it, then put it into use."))
            return redirect("forms:version", pk=version.pk)
    may_upload = policies.may_add_version(cast(Officer, request.user))
    status = 422 if sent else 200
    return render(
        request, "forms/upload.html", {"form": form, "may_upload": may_upload}, status=status
    )


def _added(file: UploadedFile, *, by: Officer) -> FormVersion:
    now = timezone.now()
    version = services.add_version(file.read(), file.name or "", by=by, at=now, offer=False)
    if SERVICES in version.asks_for:
        hand_list_to_forms(at=now)
    return version


@login_required
@require_POST
def shipped(request: HttpRequest) -> HttpResponse:
    """Take the forms that come with the program in; a changed one waits as a draft."""
    try:
        services.load_instruments(by=cast(Officer, request.user), at=timezone.now())
    except ActRefused as refusal:
        return _listed(request, refusal=str(refusal), status=422)
    said = _("The forms that come with the program are here. Changed ones wait as drafts.")
    messages.success(request, said)
    return redirect("forms:list")


@login_required
@require_GET
def versions(request: HttpRequest, form_id: str) -> HttpResponse:
    """Show every version of a form, and what each is."""
    officer = cast(Officer, request.user)
    form = get_object_or_404(Form, form_id=form_id)
    page = Paginator(queries.versions_of(form), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "forms/versions.html",
        {"questionnaire": form, "page": page, "may_answer": policies.may_answer(officer),
         "may_add": policies.may_add_version(officer), "uses": is_used_by(form, officer),
         "agencies": agencies_of(form), **_trained_in(officer, queries.version_offered(form_id))},
    )  # fmt: skip


def _trained_in(officer: Officer, offered: FormVersion | None) -> dict[str, object]:
    """Return whether the form is in use, and who is not trained in that version, so far as seen."""
    if offered is None or not (policies.may_answer(officer) or policies.may_train(officer)):
        return {"is_in_use": offered is not None}
    who = training.not_trained_in(offered, training.officers_trained_by(officer))
    found = list(who[: ON_A_PAGE + 1])
    return {
        "is_in_use": True, "untrained": found[:ON_A_PAGE], "tells_training": True,
        "more_untrained": len(found) > ON_A_PAGE,
    }  # fmt: skip


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
    if request.method == "POST":  # taken from everybody: what was filled is never lost
        answer = openrosa.receive(request, by=officer)
        if answer.status_code in (201, 202):
            messages.success(request, _("The filled form was received."))
        return answer
    if not is_used_by(version.form, officer):
        raise Http404
    return render(
        request, "forms/fill.html",
        {"version": version, "language": get_language(),
         "words": {code: words_of("form", code) for code in LANGUAGES},
         "files": [each.name for each in queries.media_of(version)]},
    )  # fmt: skip
