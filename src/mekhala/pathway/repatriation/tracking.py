"""Agreements between countries: what was promised, and what became of each promise."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.repatriation.errors import (
    EvidenceMissing,
    ProgressTakenBackAlready,
    SinceADayToCome,
    WhyTakenBack,
    WrittenDownAlready,
)
from mekhala.pathway.repatriation.models import (
    Commitment,
    CommitmentStatus,
    Progress,
    ProgressTakenBack,
)
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.audit import services as audit

FILE = Path(__file__).with_name("agreements.toml")


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One agreement; ``commitments`` as its source counts them, None where nobody counted."""

    code: str
    title: str
    parties: tuple[str, ...]
    signed: str
    commitments: int | None
    verified: bool


@cache
def agreements() -> tuple[Agreement, ...]:
    """Return the agreements in the order of the file."""
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))["agreement"]
    return tuple(
        Agreement(
            code=row["code"], title=row["title"], parties=tuple(row["parties"]),
            signed=row["signed"], commitments=row.get("commitments"), verified=row["verified"],
        )
        for row in said
    )  # fmt: skip


def check_may_track(officer: Officer) -> None:
    """Refuse all but the national committee."""
    if officer.role != Role.STATISTICIAN:
        raise NotYourRole


@transaction.atomic
def add_commitment(
    agreement: str, article: str, words: str, *, by: Officer, at: datetime, words_km: str = ""
) -> Commitment:
    """Write down one thing promised. Raises ``WrittenDownAlready``, ``WrongInput``."""
    check_may_track(by)
    if agreement not in {one.code for one in agreements()}:
        raise WrongInput(f"agreement: {agreement[:40]!r} is not known.")
    try:
        with transaction.atomic():
            kept = Commitment.objects.create(
                agreement=agreement, article=article.strip(), words=words.strip(),
                words_km=words_km.strip(), added_by=by, added_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise WrittenDownAlready from None
    audit.record("repatriation.commitment_added", subject=agreement, by=by, at=at, of=kept.pk)
    return kept


@transaction.atomic
def record_progress(
    commitment: Commitment,
    progress: Progress | str,
    *,
    since: date,
    by: Officer,
    at: datetime,
    evidence: str = "",
) -> CommitmentStatus:
    """Keep what became of a commitment; carried out only with what shows it.

    Raises ``EvidenceMissing``, ``SinceADayToCome``, ``NotYourRole``.
    """
    check_may_track(by)
    if since > timezone.localdate(at):
        raise SinceADayToCome
    if progress == Progress.CARRIED_OUT and not evidence.strip():
        raise EvidenceMissing
    kept = CommitmentStatus.objects.create(
        commitment=commitment, progress=progress, since=since, evidence=evidence.strip(),
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record(
        "repatriation.commitment_followed", subject=commitment.agreement, by=by, at=at,
        of=commitment.pk, progress=str(progress),
    )  # fmt: skip
    return kept


@transaction.atomic
def take_back_progress(
    said: CommitmentStatus, because: str, *, by: Officer, at: datetime
) -> ProgressTakenBack:
    """Take back what was said of a commitment in error; what was said before it counts again.

    Raises ``WhyTakenBack``, ``ProgressTakenBackAlready``, ``NotYourRole``.
    """
    check_may_track(by)
    if not because.strip():
        raise WhyTakenBack
    try:
        with transaction.atomic():
            kept = ProgressTakenBack.objects.create(
                status=said, because=because.strip(), recorded_by=by, recorded_at=at
            )
    except IntegrityError:
        raise ProgressTakenBackAlready from None
    audit.record(
        "repatriation.progress_taken_back", subject=said.commitment.agreement, by=by, at=at,
        of=said.commitment_id, said=said.pk,
    )  # fmt: skip
    return kept


def commitments() -> QuerySet[Commitment]:
    """Return what was promised, with what was said of it, the newest first."""
    said = CommitmentStatus.objects.select_related("taken_back")
    return Commitment.objects.prefetch_related(Prefetch("statuses", said))


def stands(said: CommitmentStatus) -> bool:
    """Return whether nobody took back what was said."""
    return not hasattr(said, "taken_back")


def how_far(commitment: Commitment) -> CommitmentStatus | None:
    """Return the newest of what stands of a commitment; None: nobody has said."""
    return next(filter(stands, commitment.statuses.all()), None)
