"""Reconsideration: the same question, put to readers who have not read it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import policies
from mekhala.pathway.determination.models import Decision, DeterminationFile, GroundToAskAgain
from mekhala.pathway.determination.services.referring import open_to_authority, put_question
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def ask_again(
    *,
    decision: Decision,
    grounds: Sequence[str],
    because: str,
    by: Officer,
    at: datetime,
    late_because: str = "",
) -> DeterminationFile:
    """Ask that a negative decision be looked at again; return the new question.

    The decision stays as it is, and help goes on. ``grounds`` are codes of ``GroundToAskAgain``.
    After the time allowed (``core.calendar.stages``) ``late_because`` says why. The question is
    put at the same stage, with no new time to wait, to readers who did not read it before.
    """
    policies.check_may_ask_again(by, decision, late_because=late_because, at=at)
    _check_told(grounds, because)
    old = decision.file
    file = put_question(
        case=decision.case, stage=old.stage, by=by, at=at, screened_by=old.screened_by,
        conduct_from=old.conduct_from, conduct_to=old.conduct_to, not_before=None,
        asks_again=decision, asked_grounds=list(dict.fromkeys(grounds)), asked_because=because,
        late_because=late_because,
    )  # fmt: skip
    open_to_authority(decision.case, old.screened_by, by=by, at=at)
    audit.record("determination.asked_again", subject=decision.case_id, by=by, at=at, file=file.pk)
    return file


def _check_told(grounds: Sequence[str], because: str) -> None:
    if not grounds or not set(grounds) <= set(GroundToAskAgain.values):
        known = " or ".join(GroundToAskAgain.values)
        raise WrongInput(f"grounds: {', '.join(grounds) or 'nothing'}: expected {known}.")
    if not because.strip():
        raise WrongInput("because: it is empty; expected what is new, or what was not followed.")
