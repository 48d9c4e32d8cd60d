"""API: closing a case and opening it again."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from mekhala.pathway.aftercare import closing
from mekhala.pathway.encounter.closing import reopen
from mekhala.pathway.encounter.models import Case, ClosingReason, StillOpen
from mekhala.web.exchange.encounter import case_for
from mekhala.web.exchange.kinds import Strict
from mekhala.web.officers import officer_of

router = Router(tags=["encounter"])


class ClosingIn(Strict):
    """Why a case is closed; ``despite`` names each thing that is left unfinished."""

    because: ClosingReason
    despite: list[StillOpen] = []


class ClosingOut(Schema):
    """Whether a case is closed; ``closed_at`` null: it is open."""

    number: str
    closed_at: datetime | None
    closed_because: str
    closed_despite: list[str]


@router.post("/cases/{number}/close", response=ClosingOut)
def close(request: HttpRequest, number: str, given: ClosingIn) -> Case:
    """Close a case; refused while something is open that ``despite`` does not name, or a stay."""
    return closing.close_case(
        case_for(request, number), because=given.because, despite=given.despite,
        by=officer_of(request), at=timezone.now(),
    )  # fmt: skip


@router.post("/cases/{number}/reopen", response=ClosingOut)
def open_again(request: HttpRequest, number: str) -> Case:
    """Open a closed case again; refused once it was erased."""
    return reopen(case_for(request, number), by=officer_of(request), at=timezone.now())
