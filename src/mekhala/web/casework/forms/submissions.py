"""Pages: what the officer's agency received, and the answers of one filled form."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from mekhala.forms import policies, queries
from mekhala.forms.models import Attachment, Submission, SubmissionState
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.copies import copy_taken

ON_A_PAGE = 50


@login_required
@require_GET
def received(request: HttpRequest) -> HttpResponse:
    """List what the agency received: which form, when, in what state; never an answer."""
    found = queries.received_by_agency_of(_reader(request))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "forms/submissions.html", {"page": page})


@login_required
@require_GET
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the answers of one filled form in the form's own words. The look is noted."""
    officer = _reader(request)
    found = get_object_or_404(
        Submission.objects.select_related("version__form", "received_from").defer(
            "xml", "version__source"
        ),
        pk=pk,
    )
    audit.record("forms.submission_opened", subject=found.instance_id, by=officer,
                 at=timezone.now(), submission=found.pk)  # fmt: skip
    return render(
        request, "forms/submission.html",
        {
            "submission": found,
            "parts": queries.answers_in_words(found, language=get_language() or "en"),
            "files": found.attachments.only("pk", "name", "submission_id"),
            "others": queries.others_with_same_id(found),
            "may_open_case": _may_open_case(officer, found),
            "open_case_url": f"/encounters/new/?submission={found.pk}",
        },
    )  # fmt: skip


@login_required
@require_GET
@copy_taken
def attachment(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Hand out a file as a download, never drawn on this origin. The look is noted."""
    officer = _reader(request)
    file = get_object_or_404(
        Attachment.objects.select_related("submission"), pk=file_pk, submission=pk
    )
    audit.record("forms.attachment_opened", subject=file.submission.instance_id, by=officer,
                 at=timezone.now(), attachment=file.pk)  # fmt: skip
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{file.pk}"'
    return response


def _may_open_case(officer: Officer, found: Submission) -> bool:
    """Offer a case to first responders, where the answers have none and nobody must check them."""
    is_free = not found.case_number and found.state == SubmissionState.RECEIVED
    return officer.role == Role.FIRST_RESPONDER and is_free


def _reader(request: HttpRequest) -> Officer:
    """Return the officer, or answer as for a page that does not exist."""
    officer = cast(Officer, request.user)
    if not policies.may_answer(officer):
        raise Http404
    return officer
