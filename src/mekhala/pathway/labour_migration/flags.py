"""Acts for a worker with a case: what was asked of her or him, and a flag that opens a referral."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mekhala.pathway.determination import services as determination
from mekhala.pathway.determination.queries import newest_file_of
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.labour_migration import errors, policies
from mekhala.pathway.labour_migration.models import Worker
from mekhala.pathway.screening import services as screening
from mekhala.pathway.screening.models import Screening, ScreeningOutcome
from mekhala.pathway.screening.queries import newest
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit

# Facts that a worker abroad is asked of; the full list of questions stands on the case.
ASKED = (
    "means.deception", "means.threat", "means.confinement", "means.abuse_of_vulnerability",
    "purpose.forced_labour", "purpose.debt_bondage", "purpose.servitude",
    "purpose.other_sexual_exploitation",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class AskedOfSigns:
    """What a worker was asked last, and whether the case is with the authority because of it."""

    screening: Screening
    is_advised: bool
    is_with_authority: bool


def last_asked(worker: Worker) -> AskedOfSigns | None:
    """Return what came of asking about signs; None: nobody asked, or it is not open to us."""
    kept = newest(worker.case) if worker.case is not None else None
    if kept is None:
        return None
    return AskedOfSigns(
        screening=kept, is_advised=kept.outcome == ScreeningOutcome.REFER,
        is_with_authority=newest_file_of(kept.case) is not None,
    )  # fmt: skip


@transaction.atomic
def screen(
    worker: Worker, *, answers: Mapping[str, bool | None], outcome: ScreeningOutcome | str,
    authority_may_know: bool | None, by: Officer, at: datetime, because: str = "",
) -> Screening:  # fmt: skip
    """Keep what a worker was asked; the advice to refer sends the case to the authority.

    An adult is referred with her or his own yes only: without it the answers are kept, and the
    case waits. Raises ``CaseFirst``, and what the rooms of screening and determination refuse.
    """
    policies.check_may_act(by, worker, now=at)
    if worker.case is None:
        raise errors.CaseFirst
    kept = screening.record_screening(
        case=worker.case, by=by, at=at, answers=answers, outcome=outcome, because=because
    )
    flagged = outcome == ScreeningOutcome.REFER
    sent = flagged and (authority_may_know is True or not is_known_adult(worker.case))
    if sent:
        determination.refer_to_authority(screening=kept, by=by, at=at)
    audit.record(
        "departure.screened", subject=worker.number, by=by, at=at, case=worker.case_id,
        flagged=flagged, sent=sent,
    )  # fmt: skip
    return kept
