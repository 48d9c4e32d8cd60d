"""Keeping what was sent in: once, whole, and never one copy over another."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import policies
from mekhala.forms.answers import Answers, Sent, answers_of, read_sent
from mekhala.forms.errors import FormNotKnown, PracticeDiffers
from mekhala.forms.models import (
    Form,
    FormVersion,
    Submission,
    SubmissionState,
    new_submission_number,
)
from mekhala.forms.queries import edits_lead_to, form_of
from mekhala.forms.safe_xml import text_of
from mekhala.forms.services.attaching import SentFile, attach
from mekhala.forms.services.training import note_practised
from mekhala.forms.taken_time import took
from mekhala.safeguards import prepared
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity import stock

_VERSION_COLUMNS = ["id", "form_id", "version", "sha256"]  # then whether the agency uses the form
_VERSION = """
select v.id, v.form_id, v.version, v.sha256, f.for_all or exists (
  select 1 from questionnaires_formuse u
  where u.form_id = f.id and u.agency_id = %s and u.ended_at is null)
from questionnaires_formversion v join questionnaires_form f on f.id = v.form_id
where f.form_id = %s and v.version = %s and v.offered_at is not null
"""
# In the order of the model: that is how Django puts rows together.
_AROUND_COLUMNS = ["id", "version_id", "number", "instance_id", "sha256", "state",
                   "deprecated_id", "awaits_files", "is_practice", "received_from_id",
                   "agency_id"]  # fmt: skip
# Always in the same order: two that wait for each other would never end.
_LOCK = "select count(pg_advisory_xact_lock(hashtextextended(i, 51))) from unnest(%s::text[]) i"
_AROUND = """
select s.id, s.version_id, s.number, s.instance_id, s.sha256, s.state,
  s.deprecated_id, s.awaits_files, s.is_practice, s.received_from_id, s.agency_id, v.form_id
from questionnaires_submission s join questionnaires_formversion v on v.id = s.version_id
where s.agency_id = %s
  and (s.instance_id = any(%s) or (s.deprecated_id <> '' and s.deprecated_id = any(%s)))
"""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What became of what was sent; ``is_new`` is False where the same had come before."""

    submission: Submission
    is_new: bool
    not_taken: tuple[str, ...] = ()  # a sentence for each file that was refused
    is_used: bool = True  # whether the form is handed out to the sender's agency

    @property
    def is_held(self) -> bool:
        """Whether it contradicts what had come before: somebody must check."""
        return self.submission.state == SubmissionState.HELD


class Shape(NamedTuple):
    """What of a version is needed to read answers to it."""

    repeats: frozenset[str]
    asks_for_sealing: bool
    timed: tuple[str, str] | None


def keep_submission(
    xml: bytes,
    attachments: Iterable[SentFile],
    *,
    by: Officer,
    at: datetime,
    more_follows: bool = False,
    device: int | None = None,
    is_practice: bool = False,
) -> Kept:
    """Keep one filled form as it came, bound to the version it names, with its files.

    Idempotent by instance id and SHA-256: the same again gives the same answer, and files not
    yet there are added (phones send large forms in parts: ``more_follows``). Other content under
    the same id is kept too, as ``held``. An edit (``deprecatedID``) takes the place of the answers
    it names, in whichever order the two arrive; a second edit of the same answers is ``held``.
    What a phone sealed to the form's own key stays sealed. A file that is not taken is left out
    and the answers are kept: ``not_taken`` says which and why. ``device``: number of the phone,
    for the log; ``is_practice``: filled to learn, of no case ever; answers to a form's twin are
    practice whatever is said. Raises ``WrongInput``, ``NotYourRole``, ``FormNotKnown``,
    ``AttachmentDiffers`` or ``PracticeDiffers``; then nothing is kept.
    """
    policies.check_may_answer(by)
    sent = read_sent(xml, file_name=_("The filled form"))
    version, is_used = _version(sent, by)
    files = list(attachments)
    said = _Said(more_follows, is_practice or sent.is_practice)
    # Without files nothing below is refused, and a savepoint of its own would cost two statements.
    with transaction.atomic(savepoint=bool(files) or said.is_practice):
        found = _kept(xml, sent, version, _around(sent, by), said, by=by, at=at)
        kept = replace(found, is_used=is_used)
        added, not_taken = attach(kept.submission, files, of=sent)
        if not kept.is_new:
            _note_whole(kept.submission, more_follows)
        elif said.is_practice and not kept.is_held:
            note_practised(version, by=by, at=at)
        if kept.is_new or added:
            _note(kept, added, not_taken, sent=sent, by=by, at=at, device=device)
    return replace(kept, not_taken=not_taken)


def _note(
    kept: Kept,
    added: int,
    not_taken: tuple[str, ...],
    *,
    sent: Sent,
    by: Officer,
    at: datetime,
    device: int | None,
) -> None:
    audit.record(
        "forms.submission_received" if kept.is_new else "forms.attachments_received",
        subject=sent.instance_id, by=by, at=at, form=sent.form_id,
        version=kept.submission.version_id, state=str(kept.submission.state),
        files=added, refused=len(not_taken),
        **({"device": device} if device is not None else {}),
        **({} if kept.is_used else {"not_handed_out_there": True}),
    )  # fmt: skip


def _version(sent: Sent, by: Officer) -> tuple[FormVersion, bool]:
    """Return the version that was answered, and whether the sender's agency uses the form."""
    rows = prepared.execute(_VERSION, [by.agency_id, sent.form_id, sent.version])
    if not rows:
        raise FormNotKnown
    *row, is_used = rows[0]
    version = FormVersion.from_db("default", _VERSION_COLUMNS, row)
    version.form = Form.from_db("default", ["id", "form_id"], [version.form_id, sent.form_id])
    if sent.is_encrypted and not shape_of(version).asks_for_sealing:
        raise WrongInput(
            _("The filled form: it is encrypted, expected answers: the form has no public key.")
        )
    if is_used:
        _remember(version, by)
    return version, bool(is_used)


_remembered: dict[tuple[int, str, str], FormVersion] = {}
MOST_REMEMBERED = 5000


def _remember(version: FormVersion, by: Officer) -> None:
    if len(_remembered) >= MOST_REMEMBERED:
        _remembered.clear()
    _remembered[by.agency_id, version.form.form_id, version.version] = version


def remembered(sent: Sent, by: Officer) -> tuple[FormVersion, Shape] | None:
    """Return the version that was answered as this process last saw it in use, and its shape.

    It may have been taken out of use since: whoever acts on it asks the database in the act.
    """
    version = _remembered.get((by.agency_id, sent.form_id, sent.version))
    shape = _shapes.get(version.sha256) if version else None
    return (version, shape) if version and shape else None


_shapes: dict[str, Shape] = {}  # by digest of the form's text, which never changes
MOST_SHAPES = 64


def shape_of(version: FormVersion) -> Shape:
    """Return what is needed to read answers to a version; each form is read once in a process."""
    if version.sha256 not in _shapes:
        if len(_shapes) >= MOST_SHAPES:
            _shapes.clear()
        form = form_of(version)
        _shapes[version.sha256] = Shape(form.repeats, form.asks_for_sealing, form.timed)
    return _shapes[version.sha256]


class _Said(NamedTuple):
    """What came with the answers: that more follows, that somebody practised."""

    more: bool
    is_practice: bool


def _kept(
    xml: bytes,
    sent: Sent,
    version: FormVersion,
    around: list[Submission],
    said: _Said,
    *,
    by: Officer,
    at: datetime,
) -> Kept:
    sha256 = hashlib.sha256(xml).hexdigest()
    same = [one for one in around if (one.instance_id, one.sha256) == (sent.instance_id, sha256)]
    if same and same[0].is_practice != said.is_practice:
        raise PracticeDiffers
    if same:
        return Kept(submission=same[0], is_new=False)
    state = _state(sent, version, around, is_practice=said.is_practice)
    if state == SubmissionState.REPLACED and edits_lead_to(sent, by):
        state = SubmissionState.HELD  # edits all the way round: nothing would be left standing
    answers = _answers(sent, version)
    submission = Submission(
        number=stock.new_person(new_submission_number),
        version=version, instance_id=sent.instance_id, sha256=sha256,
        xml=text_of(xml, file_name=_("The filled form")), answers=answers,
        took_seconds=took(answers, shape_of(version).timed), state=state,
        deprecated_id=sent.deprecated_id, is_encrypted=sent.is_encrypted, awaits_files=said.more,
        is_practice=said.is_practice, received_at=at, received_from=by, agency=by.agency,
    )  # fmt: skip
    prepared.insert(submission)
    if state != SubmissionState.HELD:
        _put_in_place_of(sent.deprecated_id, around)
    return Kept(submission=submission, is_new=True)


def _around(sent: Sent, by: Officer) -> list[Submission]:
    """Return all the agency has of this instance, of the one it edits, and of edits of either.

    Waits first for whoever is keeping one of these; the locks end with the transaction.
    """
    ids, found = sorted({sent.instance_id, sent.deprecated_id} - {""}), []
    prepared.execute(_LOCK, [ids])
    for *row, form in prepared.execute(_AROUND, [by.agency_id, ids, ids]):
        one = Submission.from_db("default", _AROUND_COLUMNS, row)
        one.version = FormVersion.from_db("default", ["id", "form_id"], [one.version_id, form])
        found.append(one)
    return found


def _state(
    sent: Sent, version: FormVersion, around: list[Submission], *, is_practice: bool
) -> SubmissionState:
    """Return how these answers stand beside what came before under the same ids."""
    all_standing = [one for one in around if one.state != SubmissionState.HELD]
    standing = [one for one in all_standing if one.is_practice == is_practice]
    edited = [one for one in standing if one.instance_id == sent.deprecated_id]
    others = {one.deprecated_id for one in standing} - {""}
    is_second_edit = sent.deprecated_id in others  # which of two is right, a person says
    if (
        any(one.instance_id == sent.instance_id for one in around)
        or is_second_edit
        or any(one.version.form_id != version.form_id for one in edited)
        or sent.deprecated_id == sent.instance_id
        or _is_of_other_kind(sent.deprecated_id, all_standing, is_practice=is_practice)
    ):
        return SubmissionState.HELD
    if any(one.deprecated_id == sent.instance_id for one in standing):
        return SubmissionState.REPLACED  # its edit was quicker
    return SubmissionState.RECEIVED


def _is_of_other_kind(instance_id: str, around: list[Submission], *, is_practice: bool) -> bool:
    """Whether what is edited is practice and the edit is none, or the other way round."""
    return any(one.instance_id == instance_id and one.is_practice != is_practice for one in around)


def _put_in_place_of(deprecated_id: str, around: list[Submission]) -> None:
    stood = [
        one.pk for one in around
        if deprecated_id and one.instance_id == deprecated_id
        and one.state == SubmissionState.RECEIVED
    ]  # fmt: skip
    if stood:
        Submission.objects.filter(pk__in=stood).update(state=SubmissionState.REPLACED)


def _answers(sent: Sent, version: FormVersion) -> Answers:
    """Return the answers; none where the phone sealed them. What the form does not ask is kept."""
    if sent.is_encrypted:
        return {}
    return answers_of(sent.root, repeats=shape_of(version).repeats)


def _note_whole(submission: Submission, more_follows: bool) -> None:
    if submission.awaits_files and not more_follows:
        Submission.objects.filter(pk=submission.pk).update(awaits_files=False)
        submission.awaits_files = False
