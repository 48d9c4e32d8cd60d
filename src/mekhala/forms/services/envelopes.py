"""Taking what a browser sealed: opened and kept as any phone's, or kept sealed with the reason."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import policies
from mekhala.forms.models import SealedEnvelope, Submission, WhyKept
from mekhala.forms.services.receiving import Kept, keep_submission
from mekhala.forms.services.sealed import DoesNotOpen, NotRead, opened
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit

type Keep = Callable[..., Kept]  # as ``keep_submission``


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of an envelope: ``submission`` where it was taken, ``envelope`` where it waits.

    Both where the answers were taken and some file was not.
    """

    submission: Submission | None = None
    envelope: SealedEnvelope | None = None
    is_used: bool = True  # whether the form is handed out to the sender's agency

    @property
    def is_held(self) -> bool:
        """Whether somebody has to look before it counts."""
        return self.submission is None or self.submission.state == "held"

    @property
    def receipt(self) -> str:
        """Return the number to read aloud to the desk."""
        kept = self.submission or self.envelope
        assert kept is not None
        return kept.number


@transaction.atomic
def keep_sealed(
    body: bytes, *, envelope: str, version: int, by: Officer, at: datetime, device: int,
    keep: Keep = keep_submission,
) -> Taken:  # fmt: skip
    """Open what a browser sealed and keep the filled form; else keep the envelope, with why.

    Idempotent: the same envelope again gives the same answer. Raises ``NotNow`` while the keys
    are away, and ``NotYourRole``; then nothing is kept and the phone asks again. ``keep`` is what
    any phone's form is kept by: a door that also takes it over gives its own.
    """
    policies.check_may_answer(by)
    _one_at_a_time(envelope)
    sha256 = hashlib.sha256(body).hexdigest()
    same = SealedEnvelope.objects.filter(agency=by.agency_id, envelope=envelope, sha256=sha256)
    known = same.select_related("submission").first()
    if known:
        return Taken(submission=known.submission, envelope=known)
    kept, why = _kept(body, envelope, version, by=by, at=at, device=device, keep=keep)
    if not why:
        assert kept is not None
        return Taken(submission=kept.submission, is_used=kept.is_used)
    held = SealedEnvelope.objects.create(
        envelope=envelope, key_version=version, content=body, sha256=sha256, why=why,
        submission=kept.submission if kept else None, received_at=at, received_from=by,
        agency=by.agency, device=device,
    )  # fmt: skip
    audit.record("forms.envelope_held", subject=held.number, by=by, at=at, why=why, device=device)
    return Taken(submission=held.submission, envelope=held)


@transaction.atomic
def open_again(
    envelope: SealedEnvelope, *, by: Officer, at: datetime, keep: Keep = keep_submission
) -> Taken:
    """Try a waiting envelope once more, in the name of who sent it.

    Raises ``NotNow``, ``NotYourRole``.
    """
    policies.check_may_answer(by)
    held = SealedEnvelope.objects.select_for_update(of=("self",)).get(pk=envelope.pk)
    if held.submission_id is not None:
        return Taken(submission=held.submission, envelope=held)
    kept, why = _kept(
        bytes(held.content), held.envelope, held.key_version,
        by=held.received_from, at=at, device=held.device, keep=keep,
    )  # fmt: skip
    if kept:
        held.submission, held.opened_at = kept.submission, at
    held.why = why or held.why
    held.save(update_fields=["submission", "opened_at", "why"])
    audit.record("forms.envelope_opened_again", subject=held.number, by=by, at=at,
                 opened=kept is not None)  # fmt: skip
    return Taken(submission=held.submission, envelope=held)


def _kept(
    body: bytes, envelope: str, version: int, *, by: Officer, at: datetime, device: int, keep: Keep
) -> tuple[Kept | None, str]:
    """Return what was kept and, where not all of it was, why."""
    try:
        contents = opened(body, envelope=envelope, version=version, by=by)
        kept = keep(contents.xml, contents.files, by=by, at=at, device=device)
    except DoesNotOpen:
        return None, WhyKept.DOES_NOT_OPEN
    except (NotRead, WrongInput):
        return None, WhyKept.NOT_READ
    except ActRefused:
        return None, WhyKept.REFUSED
    return kept, WhyKept.FILES if kept.not_taken else ""


def _one_at_a_time(envelope: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 52))", [envelope])
