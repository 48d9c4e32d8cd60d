"""API: the register of evidence with its chain and gaps, and the matrix of elements by charge.

Originals are neither taken nor handed out here: a file goes by the page, under its digest.
"""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from mekhala.pathway.evidence import custody, policies, queries, services
from mekhala.pathway.evidence.models import Basis, Item, Kind, Source
from mekhala.pathway.justice import queries as justice
from mekhala.pathway.justice.models import Proceeding
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.audit import services as audit
from mekhala.web.exchange.kinds import Day, Strict
from mekhala.web.officers import officer_of

router = Router(tags=["evidence"])
NO_NUL = r"^[^\x00]*$"  # PostgreSQL keeps no NUL in text


class ItemIn(Strict):
    """An item and what it rests on; an order (warrant, help between States …) has a day."""

    kind: Kind
    source: Source
    basis: Basis
    taken_on: Day
    what: str = Field(min_length=1, max_length=1000, pattern=NO_NUL)
    place: str = Field("", max_length=300, pattern=NO_NUL)
    basis_on: Day | None = None
    basis_number: str = Field("", max_length=40, pattern=NO_NUL)
    taker: str = Field("", max_length=40, pattern=NO_NUL)


class EntryOut(Schema):
    """One line of the chain; ``seal_whole`` null: not known."""

    move: str
    at: datetime
    by: str
    to: str | None
    outside: str
    receipt: str
    seal_whole: bool | None


class ItemOut(Schema):
    """An item as the register lists it; ``held_by`` null: nobody here holds it."""

    number: str
    kind: str
    source: str
    basis: str
    basis_on: date | None
    basis_number: str
    taken_on: date
    sha256: str | None
    held_by: str | None
    gaps: list[str]
    chain: list[EntryOut]


class ItemReadOut(ItemOut):
    """An item with its words opened."""

    what: str
    place: str


class ElementOut(Schema):
    """One element of a charge, and the items for and against it; none for it: missing."""

    element: str
    supports: list[str]
    against: list[str]
    is_missing: bool


class ChargeMatrixOut(Schema):
    """The elements of one charge; empty where the text of the article is not kept."""

    charge: int
    accused: str
    statute: str
    article: str
    elements: list[ElementOut]


@router.get("/proceedings/{slug:number}/evidence", response=list[ItemOut])
def register(request: HttpRequest, number: str) -> Any:
    """List the items that stand, each with its chain and its gaps; no words are opened."""
    opened(request, number)
    now = timezone.now()
    return [listed(one, now) for one in queries.register(number)]


@router.post("/proceedings/{slug:number}/evidence", response={201: ItemOut})
def enter(request: HttpRequest, number: str, given: ItemIn) -> Any:
    """Enter an item and take it into custody."""
    found, at = opened(request, number), timezone.now()
    kept = services.register(found, by=officer_of(request), at=at, **given.dict())
    return Status(201, listed(queries.register(number).get(pk=kept.pk), at))


@router.get("/proceedings/{slug:number}/evidence/matrix", response=list[ChargeMatrixOut])
def matrix(request: HttpRequest, number: str) -> Any:
    """Show for each standing charge what supports each element and what speaks against it."""
    opened(request, number)
    charges = justice.charges().filter(accused__proceeding=number, withdrawn_on=None)
    return [
        {
            "charge": one.pk, "accused": one.accused_id, "statute": one.statute,
            "article": one.article, "elements": [_element(row) for row in queries.matrix(one)],
        }
        for one in charges
    ]  # fmt: skip


@router.get("/proceedings/{slug:number}/evidence/{slug:item}", response=ItemReadOut)
def item(request: HttpRequest, number: str, item: str) -> Any:
    """Read one item with its words."""
    opened(request, number)
    one = get_object_or_404(queries.register(number), pk=item)
    return listed(one, timezone.now()) | {"what": one.what, "place": one.place}


def opened(request: HttpRequest, number: str) -> Proceeding:
    """Return the proceeding; the look is noted. To every role but justice it is absent."""
    officer = officer_of(request)
    if not policies.may_file(officer):
        raise Http404
    found = get_object_or_404(Proceeding, number=number)
    audit.record(
        "justice.opened", subject=number, by=officer, at=timezone.now(),
        purpose=Purpose.JUSTICE.value, page="evidence",
    )  # fmt: skip
    return found


def listed(one: Item, now: datetime) -> dict[str, Any]:
    """Return an item as the register lists it, with its chain and its gaps."""
    chain = list(one.custody.all())
    held = custody.holder(chain)
    gaps = custody.gaps(chain, taken_on=one.taken_on, now=now)
    plain = ("number", "kind", "source", "basis", "basis_on", "basis_number", "taken_on")
    return {name: getattr(one, name) for name in plain} | {
        "sha256": one.file.sha256 if hasattr(one, "file") else None,
        "held_by": next((_shown(e.by) for e in chain if e.by_id == held), None),
        "gaps": [found.gap.value for found in gaps],
        "chain": [
            {
                "move": e.move, "at": e.at, "by": _shown(e.by), "to": _shown(e.to),
                "outside": e.outside, "receipt": e.receipt, "seal_whole": e.seal_whole,
            }
            for e in chain
        ],
    }  # fmt: skip


def _shown(officer: Officer | None) -> str | None:
    return officer.shown_as if officer else None


def _element(row: queries.Row) -> dict[str, Any]:
    return {
        "element": row.name, "supports": [i.pk for i in row.supports],
        "against": [i.pk for i in row.against], "is_missing": row.is_missing,
    }  # fmt: skip
