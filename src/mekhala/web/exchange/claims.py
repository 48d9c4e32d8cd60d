"""API: published figures and whence they come."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from mekhala.core.wrong_input import WrongInput
from mekhala.population.claims import queries, services
from mekhala.population.claims.queries import Traced
from mekhala.safeguards.access.models import Officer

router = Router(tags=["claims"])
PER_PAGE = 50


class ClaimOut(Schema):
    """One published figure as it was printed, and what stands behind it.

    ``origin`` is ``counted``, ``repeat``, ``computed`` or ``none``; ``repeats`` the claim it goes
    back to; ``superseded`` who replaced it, ``superseded_through`` the replaced claim it repeats.
    """

    claim_id: str
    seed_file: str
    section: str
    quantity: str
    population_definition: str
    place: str
    period: str
    value: str
    unit: str
    lo: str
    hi: str
    method: str
    source_cited: str
    sources_that_repeat_it: str
    quote_location: str
    note: str
    chain: str
    superseded_by: str
    part_of: str
    origin: str
    repeats: str | None
    repeated_by: list[str]
    superseded: str | None
    superseded_through: str | None


class PageOut(Schema):
    """A page of claims, 50 at most, and how many there are in all."""

    total: int
    claims: list[ClaimOut]


class WholeOut(Schema):
    """One claim with its path from the root, its chain, conflicts and checks."""

    claim: ClaimOut
    path: list[dict[str, Any]]
    origin: str | None
    chain: dict[str, Any] | None
    conflicts: list[dict[str, Any]]
    checks: list[dict[str, Any]]


class LoadedOut(Schema):
    """How many claims a file added, changed and left as they were."""

    added: int
    changed: int
    unchanged: int


@router.get("/claims", response=PageOut)
def claims(request: HttpRequest, chain: str = "", page: int = Query(1, ge=1, le=100_000)) -> Any:  # noqa: ARG001
    """List claims in the order they were loaded, of one chain if it is given."""
    found = [one for one in queries.traced(queries.kept()) if not chain or one.claim.chain == chain]
    first = (page - 1) * PER_PAGE
    return {"total": len(found), "claims": [_told(one) for one in found[first : first + PER_PAGE]]}


@router.get("/claims/{path:claim_id}", response=WholeOut)
def claim(request: HttpRequest, claim_id: str) -> Any:  # noqa: ARG001
    """Answer one claim and its way from the root."""
    found = queries.whole(claim_id)
    if found is None:
        raise Http404
    kept = {name: found[name] for name in ("path", "origin", "chain", "conflicts", "checks")}
    return {"claim": _told(found["it"])} | kept


CSV = {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}


@router.post("/claims", response={201: LoadedOut}, openapi_extra={"requestBody": CSV})
def load(request: HttpRequest, file_name: str = Query("claims.csv", max_length=200)) -> Any:
    """Load claims: the body is a CSV file in UTF-8, taken in whole or not at all."""
    try:
        text = request.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongInput(f"{file_name}: is not text; expected a CSV file in UTF-8") from None
    assert isinstance(request.user, Officer)
    done = services.load(text, file_name, by=request.user, at=timezone.now())
    return Status(201, asdict(done))


def _told(one: Traced) -> dict[str, Any]:
    return asdict(one.claim) | {
        "origin": one.origin.value, "repeats": one.repeats, "repeated_by": list(one.repeated_by),
        "superseded": one.superseded.by if one.superseded else None,
        "superseded_through": one.superseded.through if one.superseded else None,
    }  # fmt: skip
