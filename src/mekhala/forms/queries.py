"""Questions about forms and what was sent in. Nothing here changes anything.

Row security shows an officer the submissions of the own agency, and those of cases open to them.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db import models
from django.db.models import Count, QuerySet

from mekhala.forms import policies
from mekhala.forms.answers import Sent
from mekhala.forms.lists import OF_THE_REGISTER
from mekhala.forms.models import (
    Form,
    FormFile,
    FormVersion,
    ListVersion,
    SealedEnvelope,
    Submission,
    SubmissionState,
)
from mekhala.forms.readable import Part, parts
from mekhala.forms.safe_xml import CONVERTED
from mekhala.forms.use import used_by
from mekhala.forms.xform import XForm, read_xform
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role

_HEAVY = ("source", "xform")


def versions_offered() -> QuerySet[FormVersion]:
    """Return the version of each form that is handed out now, by title; texts not loaded."""
    offered = FormVersion.objects.filter(is_offered=True)
    return offered.select_related("form").defer(*_HEAVY).order_by("form__title", "form_id")


def versions_seen_by(officer: Officer) -> QuerySet[FormVersion]:
    """Return what is handed out now to the officer's agency; to who adds forms, all of it."""
    found = versions_offered()
    return found if policies.may_add_version(officer) else used_by(found, officer)


def versions_handed_out() -> QuerySet[FormVersion]:
    """Return every version that is or was in use: what a phone may hold. Drafts are none."""
    return FormVersion.objects.filter(offered_at__isnull=False).select_related("form")


def versions_not_in_use() -> QuerySet[FormVersion]:
    """Return drafts, and the newest version of each form that is not handed out at all."""
    in_use = FormVersion.objects.filter(is_offered=True).values("form")
    newest = FormVersion.objects.exclude(form__in=in_use).order_by("form_id", "-uploaded_at", "-id")
    wanted = models.Q(offered_at=None) | models.Q(pk__in=newest.distinct("form_id").values("pk"))
    found = FormVersion.objects.filter(wanted, is_offered=False).select_related("form")
    return found.defer(*_HEAVY).order_by("form__title", "-uploaded_at", "-id")


def versions_for(officer: Officer) -> QuerySet[FormVersion]:
    """Return every version an officer's phone may fetch: of forms the agency uses.

    None for who answers no forms.
    """
    found = used_by(versions_handed_out(), officer).order_by("form_id", "-id")
    return found if policies.may_answer(officer) else found.none()


def versions_of(form: Form) -> QuerySet[FormVersion]:
    """Return the versions of a form, newest first, each with ``answers``: how many the actor
    may see were sent for it.
    """
    found = form.versions.select_related("uploaded_by__agency").defer(*_HEAVY)
    return found.annotate(
        answers=Count("submissions", filter=models.Q(submissions__is_practice=False))
    ).order_by("-uploaded_at", "-id")


def version_offered(form_id: str) -> FormVersion | None:
    """Return the version of this form that is handed out now, None if there is no such form."""
    found = FormVersion.objects.filter(form__form_id=form_id, is_offered=True)
    return found.select_related("form").first()


def received_by_agency_of(officer: Officer) -> QuerySet[Submission]:
    """Return what the officer's agency received, newest first, no practice, without answers."""
    return _listed(Submission.objects.filter(agency=officer.agency_id, is_practice=False))


def practice_seen_by(officer: Officer) -> QuerySet[Submission]:
    """Return the practice forms an officer filled, for who trains those of the trained as well."""
    found = Submission.objects.filter(is_practice=True).exclude(state=SubmissionState.REPLACED)
    if not policies.may_train(officer):
        return _listed(found.filter(received_from=officer))
    if officer.role == Role.ADMINISTRATOR:
        found = found.filter(agency=officer.agency_id)
    return _listed(found)


def _listed(found: QuerySet[Submission]) -> QuerySet[Submission]:
    return found.select_related("version__form", "received_from").defer(
        "xml", "answers", "version__source", "version__xform"
    )


def envelopes_waiting(officer: Officer) -> QuerySet[SealedEnvelope]:
    """Return what browsers of the officer's agency sealed and nobody could take whole."""
    found = SealedEnvelope.objects.filter(agency=officer.agency_id, opened_at=None)
    return found.select_related("received_from", "submission").defer(
        "content", "submission__xml", "submission__answers"
    )


def submission_with(instance_id: str, *, officer: Officer) -> Submission | None:
    """Return what the officer's agency received under this instance id; never a held copy."""
    found = received_by_agency_of(officer).filter(instance_id=instance_id, state="received")
    return found.defer(None).defer("version__source", "version__xform").first()


def others_with_same_id(submission: Submission) -> QuerySet[Submission]:
    """Return the other contents that came under the same instance id, which somebody must check."""
    same = Submission.objects.filter(
        instance_id=submission.instance_id, agency=submission.agency_id
    )
    return same.exclude(pk=submission.pk).defer("xml", "answers")


class Media(NamedTuple):
    """A file that goes out with a version: its name, its MD5 for OpenRosa, and how to get it."""

    name: str
    md5: str
    content: Callable[[], bytes]


def media_of(version: FormVersion) -> list[Media]:
    """Return the files that go out with a version, by name: its own, and lists as of now.

    What it asks for and nobody has added is not there: ``missing_files`` names it. Contents are
    read only when they are asked for.
    """
    if not version.asks_for:
        return []
    own = FormFile.objects.filter(version=version).values_list("name", "pk", "md5")
    listed = _lists_now(version.asks_for)
    media = [Media(name, md5, _content(FormFile, pk)) for name, pk, md5 in own]
    media += [Media(each.name, each.md5, _content(ListVersion, each.pk)) for each in listed]
    return sorted((m for m in media if m.name in version.asks_for), key=lambda m: m.name)


def _content(kind: type[FormFile | ListVersion], pk: int) -> Callable[[], bytes]:
    return lambda: bytes(kind._default_manager.values_list("content", flat=True).get(pk=pk))


def _lists_now(names: Iterable[str]) -> QuerySet[ListVersion]:
    newest = ListVersion.objects.filter(name__in=OF_THE_REGISTER & set(names))
    newest = newest.order_by("name", "-number").distinct("name")
    return newest.defer("content")


def lists_asked_for() -> set[str]:
    """Return the names of the lists of the register that versions handed out or drafts ask for."""
    wanted = models.Q(is_offered=True) | models.Q(offered_at=None)
    asked = FormVersion.objects.filter(wanted).values_list("asks_for", flat=True)
    return {name for names in asked for name in names} & OF_THE_REGISTER


def lists_with(version: FormVersion) -> QuerySet[ListVersion]:
    """Return the lists of the register a version asks for, as they are now, without contents."""
    return _lists_now(version.asks_for)


def missing_files(version: FormVersion) -> list[str]:
    """Return the names of files the form asks for and that nobody has added, in order."""
    there = {each.name for each in media_of(version)}
    return sorted(set(version.asks_for) - there)


def form_of(version: FormVersion) -> XForm:
    """Return the form of a version, read."""
    return read_xform(version.xform.encode(), file_name=version.source_name, bounds=CONVERTED)


def answers_in_words(submission: Submission, *, language: str) -> list[Part]:
    """Return a submission's answers with the words of the form, in ``language`` where it has it."""
    return parts(form_of(submission.version), submission.answers, language=language)


def subjects_of(case_number: str) -> list[str]:
    """Return every number under which data keys of a case's person are kept.

    The case's own, and those of the filled forms about it: when the case is erased all go.
    """
    linked = Submission.objects.filter(case_number=case_number).order_by("number")
    return [case_number, *linked.values_list("number", flat=True)]


def edits_lead_to(sent: Sent, by: Officer) -> bool:
    """Whether edits of what was sent lead, one after another, to the answers it edits itself."""
    standing = Submission.objects.filter(agency_id=by.agency_id).exclude(state=SubmissionState.HELD)
    seen: set[str] = set()
    ids = {sent.instance_id} if sent.deprecated_id else set()
    while ids and sent.deprecated_id not in ids:
        seen |= ids
        edits = standing.filter(deprecated_id__in=ids)
        ids = set(edits.values_list("instance_id", flat=True)) - seen
    return bool(ids)
