"""Pages: what the officer's agency received, and the answers of one filled form."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from mekhala.core.check_digit import tidy
from mekhala.core.table_cells import csv_text
from mekhala.forms import policies, queries
from mekhala.forms.models import Attachment, Submission, SubmissionState
from mekhala.forms.use import is_used_by
from mekhala.intake.models import Became, State, Taken
from mekhala.safeguards.access.models import Grant, Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.access.queries import live_grants
from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.forms.becoming import waiting
from mekhala.web.officers import officer_of

ON_A_PAGE = 50
# What is told of a filled form in a file. Answers stay sealed, each under a key of its own.
COLUMNS = {
    "number": "number", "form_id": "version__form__form_id", "version": "version__version",
    "received_at": "received_at", "received_from": "received_from__username", "state": "state",
    "took_seconds": "took_seconds", "taken_over": "taken__state", "why_it_waits": "taken__why",
    "question": "taken__question",
}  # fmt: skip


@login_required
@require_GET
def received(request: HttpRequest) -> HttpResponse:
    """List what the agency received: which form, when, in what state; never an answer."""
    only_waiting, typed = "waits" in request.GET, request.GET.get("number", "").strip()[:20]
    found = queries.received_by_agency_of(_reader(request)).select_related(
        "version__form", "received_from", "taken"
    )
    if only_waiting:
        found = found.filter(taken__state=State.WAITS, state=SubmissionState.RECEIVED)
    if typed:
        found = found.filter(number=tidy(typed, "SB"))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "forms/submissions.html",
        {"page": page, "only_waiting": only_waiting, "typed": typed},
    )  # fmt: skip


@login_required
@require_GET
@copy_taken
def as_file(request: HttpRequest) -> HttpResponse:
    """Hand out the list of what the agency received as CSV: no answer, no case, no file."""
    found = queries.received_by_agency_of(_reader(request)).order_by("received_at", "pk")
    rows = found.values_list(*COLUMNS.values()).iterator(chunk_size=5000)
    words = csv_text([tuple(COLUMNS), *map(_cells, rows)])
    answer = HttpResponse("\ufeff" + words, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="filled-forms.csv"'
    return answer


def _cells(row: tuple[Any, ...]) -> list[Any]:
    number, form_id, version, at, *rest = row
    return [number, form_id, version, at.isoformat(timespec="seconds"), *rest]


@login_required
@require_GET
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the answers of one filled form in the form's own words. The look is noted."""
    officer = officer_of(request)
    found = get_object_or_404(
        Submission.objects.select_related("version__form", "received_from", "taken")
        .defer("xml", "version__source")
        .annotate(case_is_open=Exists(_grants(officer))),
        pk=pk,
    )
    _check_reads(officer, found)
    audit.record("forms.submission_opened", subject=found.instance_id, by=officer,
                 at=timezone.now(), submission=found.pk)  # fmt: skip
    taken: Taken | None = getattr(found, "taken", None)
    waits = taken is not None and taken.state == State.WAITS
    return render(
        request, "forms/submission.html",
        {
            "submission": found,
            "parts": queries.answers_in_words(found, language=get_language() or "en"),
            "files": found.attachments.only("pk", "name", "submission_id"),
            "others": queries.others_with_same_id(found),
            "not_used": not is_used_by(found.version.form, found.received_from),
            "may_open_case": _may_open_case(officer, found), "taken": taken,
            "waiting": waiting(taken) if taken and waits else None,
            "may_take": waits and found.state == SubmissionState.RECEIVED,
            "became": [dict(Became.choices)[each] for each in taken.became] if taken else [],
            "replaced_by": _replaced_by(found),

            "open_case_url": f"/encounters/new/?submission={found.pk}",
        },
    )  # fmt: skip


@login_required
@require_GET
@copy_taken
def attachment(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Hand out a file as a download, never drawn on this origin. The look is noted."""
    officer = officer_of(request)
    file = get_object_or_404(
        Attachment.objects.select_related("submission"), pk=file_pk, submission=pk
    )
    _check_reads(officer, file.submission)
    audit.record("forms.attachment_opened", subject=file.submission.instance_id, by=officer,
                 at=timezone.now(), attachment=file.pk)  # fmt: skip
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{file.pk}"'
    return response


def _may_open_case(officer: Officer, found: Submission) -> bool:
    """Offer a case to first responders, where the answers have none and nobody must check them."""
    is_free = not (found.case_number or found.is_practice)
    is_free = is_free and found.state == SubmissionState.RECEIVED
    return officer.role == Role.FIRST_RESPONDER and is_free


def _replaced_by(found: Submission) -> Submission | None:
    """Return the edit that took the place of these answers."""
    if found.state != SubmissionState.REPLACED:
        return None
    edits = Submission.objects.filter(agency=found.agency_id, deprecated_id=found.instance_id)
    return edits.exclude(state=SubmissionState.HELD).only("pk", "received_at").first()


def _grants(officer: Officer) -> QuerySet[Grant]:
    """Return what opens the case of a filled form to the officer now."""
    return live_grants(officer, now=timezone.now()).filter(file_number=OuterRef("case_number"))


def _check_reads(officer: Officer, found: Submission) -> None:
    """Answer as for a page that does not exist where the officer does not read these answers."""
    may = policies.may_answer(officer)
    if not (policies.may_read_practice(officer, found) if found.is_practice else may):
        raise Http404


def _reader(request: HttpRequest) -> Officer:
    """Return the officer, or answer as for a page that does not exist."""
    officer = cast(Officer, request.user)
    if not policies.may_answer(officer):
        raise Http404
    return officer
