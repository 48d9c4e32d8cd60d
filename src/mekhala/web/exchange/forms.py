"""API: forms: upload, versions, submissions."""

from datetime import date, datetime
from typing import Any, cast

from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Router, Schema, Status, UploadedFile

from mekhala.forms import policies, queries, services
from mekhala.forms.models import Form, FormVersion, Submission
from mekhala.intake.models import Taken
from mekhala.intake.queries import waiting_for
from mekhala.intake.services import keep_and_map
from mekhala.intake.use import may_see_use, use_of
from mekhala.safeguards.access.models import Officer
from mekhala.web import openrosa

router = Router(tags=["forms"])
MOST_WAITING = 500
EARLIEST = 2000  # no form was sent before


class VersionOut(Schema):
    """A version of a form."""

    form_id: str
    title: str
    version: str
    languages: list[str]
    questions: int
    uploaded_at: datetime
    is_offered: bool
    sha256: str

    @staticmethod
    def resolve_form_id(version: FormVersion) -> str:
        """Return the id the author gave the form."""
        return version.form.form_id

    @staticmethod
    def resolve_title(version: FormVersion) -> str:
        """Return the form's title."""
        return version.form.title


class SubmissionOut(Schema):
    """What was sent, with the answers as question path → text (null: left without an answer)."""

    id: int
    instance_id: str
    form_id: str
    version: str
    state: str
    received_at: datetime
    sha256: str
    case_number: str
    answers: dict[str, str | None]
    attachments: list[str]
    is_practice: bool

    @staticmethod
    def resolve_form_id(submission: Submission) -> str:
        """Return the id of the form answered."""
        return submission.version.form.form_id

    @staticmethod
    def resolve_version(submission: Submission) -> str:
        """Return the version answered."""
        return submission.version.version

    @staticmethod
    def resolve_attachments(submission: Submission) -> list[str]:
        """Return the names of the files that came with it."""
        return list(submission.attachments.values_list("name", flat=True))


@router.post("/forms", response={201: VersionOut})
def add_form(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Add a version of a form: an XLSForm (.xlsx, .xls, .md) or an XForm (.xml)."""
    version = services.add_version(
        file.read(), file.name or "", by=cast(Officer, request.user), at=timezone.now()
    )
    return Status(201, version)


@router.get("/forms", response=list[VersionOut])
def forms(request: HttpRequest) -> Any:
    """Return the version of each form that is handed out now to the agency of who asks.

    Administrators and the competent authority get those of all agencies.
    """
    return queries.versions_seen_by(cast(Officer, request.user))


@router.get("/forms/{path:form_id}/versions", response=list[VersionOut])
def versions(request: HttpRequest, form_id: str) -> Any:  # noqa: ARG001
    """Return every version of a form, newest first."""
    form = get_object_or_404(Form, form_id=form_id)
    return queries.versions_of(form).select_related("form")


@router.post(
    "/submissions",
    response={200: SubmissionOut, 201: SubmissionOut, 409: SubmissionOut},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "text/xml": {"schema": {"type": "string"}},
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": [openrosa.XML_PART],
                        "properties": {openrosa.XML_PART: {"type": "string", "format": "binary"}},
                    }
                },
            },
        }
    },
)
def send(request: HttpRequest) -> Any:
    """Keep a filled form: 201 new, 200 the same again, 409 kept and held: other content.

    422 as well where the answers are kept and a file is not: only JPEG and PNG are taken.
    """
    xml, files = openrosa.read_parts(request)
    kept = keep_and_map(xml, files, by=cast(Officer, request.user), at=timezone.now())
    if kept.not_taken:
        # answered, not raised: what is raised undoes what was kept
        return JsonResponse({"detail": openrosa.files_not_taken(kept)}, status=422)
    status = 409 if kept.is_held else 201 if kept.is_new else 200
    return Status(status, kept.submission)


class WaitingOut(Schema):
    """A filled form that could not be taken over: why, at which question, what was opened."""

    instance_id: str
    form_id: str
    version: str
    received_at: datetime
    why: str
    question: str
    became: list[str]

    @staticmethod
    def resolve_instance_id(taken: Taken) -> str:
        """Return the instance id of the filled form."""
        return taken.submission.instance_id

    @staticmethod
    def resolve_form_id(taken: Taken) -> str:
        """Return the id of the form answered."""
        return taken.submission.version.form.form_id

    @staticmethod
    def resolve_version(taken: Taken) -> str:
        """Return the version answered."""
        return taken.submission.version.version

    @staticmethod
    def resolve_received_at(taken: Taken) -> datetime:
        """Return when it was received."""
        return taken.submission.received_at


@router.get("/waiting-submissions", response=list[WaitingOut])
def waiting(request: HttpRequest) -> Any:
    """Return filled forms that wait: one's own; for registrars all of the agency. At most 500."""
    officer = cast(Officer, request.user)
    policies.check_may_answer(officer)
    return waiting_for(officer)[:MOST_WAITING]


@router.get("/submissions/{path:instance_id}", response=SubmissionOut)
def submission(request: HttpRequest, instance_id: str) -> Any:
    """Return what the agency received under an instance id, with its answers."""
    officer = cast(Officer, request.user)
    policies.check_may_answer(officer)
    found = queries.submission_with(instance_id, officer=officer)
    if found is None:
        raise Http404
    return found


class UseOut(Schema):
    """How one form was used in one month: of an agency (no officer), or by one officer of it.

    Seconds are what phones' clocks claim. Numbers of people are null where fewer than ten, or
    where they would give such a number away; of officers always.
    """

    agency: str
    officer: str
    form_id: str
    form: str
    month: date
    sent: int
    quarters: tuple[int, int, int] | None
    refer: int | None
    do_not_refer: int | None
    unsure: int | None
    refused: int | None
    missed: int | None


@router.get("/use-of-forms/{period}", response=list[UseOut])
def use(request: HttpRequest, period: str) -> Any:
    """Return how forms were used in a month or year (``2026-03``, ``2026``), for who may see it."""
    if not may_see_use(cast(Officer, request.user)):
        raise Http404
    try:
        year, _dash, month = period.partition("-")
        first, last = date(int(year), int(month or 1), 1), date(int(year), int(month or 12), 1)
        if first.year < EARLIEST or first > timezone.localdate():
            raise ValueError
    except ValueError as wrong:
        raise Http404 from wrong
    return use_of(first, last)
