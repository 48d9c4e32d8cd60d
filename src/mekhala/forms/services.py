"""Acts on forms: adding a version, keeping what was sent in, linking it to a case."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import policies
from mekhala.forms.answers import Sent, answers_of, read_sent
from mekhala.forms.convert import Converted, to_xform
from mekhala.forms.errors import (
    AlreadyLinked,
    AttachmentDiffers,
    FormNotKnown,
    VersionAlreadyKept,
)
from mekhala.forms.models import Attachment, Form, FormVersion, Submission, SubmissionState
from mekhala.forms.queries import form_of
from mekhala.forms.safe_xml import text_of
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.uploads.names import plain_name
from mekhala.safeguards.uploads.pictures import drawn_anew

MOST_ATTACHED = 10 * 1024 * 1024
MOST_FILES = 100


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file that comes with a filled form."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What became of what was sent; ``is_new`` is False where the same had come before."""

    submission: Submission
    is_new: bool
    not_taken: tuple[str, ...] = ()  # a sentence for each file that was refused

    @property
    def is_held(self) -> bool:
        """Whether other content had come under the same instance id: somebody must check."""
        return self.submission.state == SubmissionState.HELD


@transaction.atomic
def add_version(content: bytes, file_name: str, *, by: Officer, at: datetime) -> FormVersion:
    """Keep a version of a form and hand it out from now on; older versions keep their answers.

    The same version with the same content is the one already kept. Raises ``WrongInput`` (one
    sentence for the author), ``NotYourRole``, or ``VersionAlreadyKept`` for changed content.
    """
    policies.check_may_add_version(by)
    converted = to_xform(content, file_name)
    form = _form_for(converted)
    sha256 = hashlib.sha256(converted.text.encode()).hexdigest()
    kept = form.versions.filter(version=converted.form.version).first()
    if kept:
        if kept.sha256 != sha256 and bytes(kept.source) != content:
            raise VersionAlreadyKept
        return kept
    form.versions.filter(is_offered=True).update(is_offered=False)
    version = FormVersion.objects.create(
        form=form, version=converted.form.version, source_name=file_name[-200:], source=content,
        xform=converted.text, sha256=sha256, languages=converted.form.languages,
        questions=converted.form.asked, uploaded_by=by, uploaded_at=at,
    )  # fmt: skip
    Form.objects.filter(pk=form.pk).update(title=converted.form.title)
    audit.record("forms.version_added", subject=form.form_id, by=by, at=at, version=version.pk)
    return version


def _form_for(converted: Converted) -> Form:
    """Return the form with this id, locked, so that two versions never race to be offered."""
    Form.objects.get_or_create(
        form_id=converted.form.form_id, defaults={"title": converted.form.title}
    )
    return Form.objects.select_for_update().get(form_id=converted.form.form_id)


@transaction.atomic
def keep_submission(
    xml: bytes, attachments: Iterable[SentFile], *, by: Officer, at: datetime
) -> Kept:
    """Keep one filled form as it came, bound to the version it names, with its files.

    Idempotent by instance id and SHA-256: the same again gives the same answer, and files not
    yet there are added (phones send large forms in parts). Other content under the same id is
    kept too, as ``held``. A file that is no picture, or no safe one, is left out and the answers
    are kept: ``not_taken`` says which and why. Raises ``WrongInput``, ``NotYourRole``,
    ``FormNotKnown`` or ``AttachmentDiffers``; then nothing is kept.
    """
    policies.check_may_answer(by)
    sent = read_sent(xml, file_name=_("The filled form"))
    version = FormVersion.objects.filter(form__form_id=sent.form_id, version=sent.version).first()
    if version is None:
        raise FormNotKnown
    _one_at_a_time(sent.instance_id)
    kept = _kept(xml, sent, version, by=by, at=at)
    added, not_taken = _attach(kept.submission, list(attachments))
    if kept.is_new or added:
        audit.record(
            "forms.submission_received" if kept.is_new else "forms.attachments_received",
            subject=sent.instance_id, by=by, at=at, form=sent.form_id, version=version.pk,
            state=str(kept.submission.state), files=added, refused=len(not_taken),
        )  # fmt: skip
    return replace(kept, not_taken=not_taken)


def _one_at_a_time(instance_id: str) -> None:
    """Wait for whoever is keeping the same instance now; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 51))", [instance_id])


def _kept(xml: bytes, sent: Sent, version: FormVersion, *, by: Officer, at: datetime) -> Kept:
    sha256 = hashlib.sha256(xml).hexdigest()
    before = Submission.objects.filter(instance_id=sent.instance_id, agency=by.agency_id)
    same = before.filter(sha256=sha256).first()
    if same:
        return Kept(submission=same, is_new=False)
    submission = Submission.objects.create(
        version=version, instance_id=sent.instance_id, sha256=sha256,
        xml=text_of(xml, file_name=_("The filled form")),
        answers=answers_of(sent.root, repeats=form_of(version).repeats),
        state=SubmissionState.HELD if before.exists() else SubmissionState.RECEIVED,
        received_at=at, received_from=by, agency=by.agency,
    )  # fmt: skip
    return Kept(submission=submission, is_new=True)


def _attach(submission: Submission, files: list[SentFile]) -> tuple[int, tuple[str, ...]]:
    """Add the pictures that are not there yet; return how many, and why others were refused."""
    kept = dict(submission.attachments.values_list("name", "sent_sha256"))
    digests = {file.name: hashlib.sha256(file.content).hexdigest() for file in files}
    if any(kept.get(file.name) not in (None, digests[file.name]) for file in files):
        raise AttachmentDiffers
    new = {file.name: file for file in files if file.name not in kept}
    _check_sizes(submission, new.values(), len(kept))
    drawn, refused = {}, []
    for name, file in new.items():
        try:
            drawn[name] = drawn_anew(file.content, file_name=plain_name(name))
        except WrongInput as reason:
            refused.append(str(reason))
    Attachment.objects.bulk_create(
        Attachment(
            submission=submission, name=name, content=picture.content,
            content_type=picture.media_type, sent_sha256=digests[name],
        )
        for name, picture in drawn.items()
    )  # fmt: skip
    return len(drawn), tuple(refused)


def _check_sizes(submission: Submission, new: Collection[SentFile], kept: int) -> None:
    before = submission.attachments.aggregate(size=Sum(Length("content")))["size"] or 0
    size = before + sum(len(file.content) for file in new)
    if size > MOST_ATTACHED or kept + len(new) > MOST_FILES:
        raise WrongInput(
            _("The filled form: its files come to more than 10 MB or 100 files, expected less.")
        )


@transaction.atomic
def link_to_case(
    submission: Submission, *, case_number: str, by: Officer, at: datetime
) -> Submission:
    """Note that these answers are about a case; whom the case is open to may read them.

    Raises ``AlreadyLinked`` where they belong to another case already, ``NotYourRole``, and
    ``NotOpenToYou`` for a case that is not open to ``by``.
    """
    policies.check_may_link(by, case_number, now=at)
    found = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if found.case_number not in ("", case_number):
        raise AlreadyLinked
    if found.case_number != case_number:
        Submission.objects.filter(pk=found.pk).update(case_number=case_number)
        audit.record(
            "forms.submission_linked", subject=case_number, by=by, at=at, submission=found.pk
        )
    submission.case_number = found.case_number = case_number
    return found
