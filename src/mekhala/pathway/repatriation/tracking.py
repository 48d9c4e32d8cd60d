"""Agreements between countries: what was promised, and what became of each promise."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.repatriation.errors import (
    EvidenceMissing,
    SinceADayToCome,
    WrittenDownAlready,
)
from mekhala.pathway.repatriation.models import Commitment, CommitmentStatus, Progress
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
