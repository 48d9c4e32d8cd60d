"""API: agencies' lists and their overlaps."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from mekhala.population.linkage import policies, queries, services
from mekhala.population.linkage.models import AgencyList, OverlapTable
from mekhala.web.exchange.kinds import Strict

router = Router(tags=["linkage"])
WITHHELD = "fewer than 1000 people: only estimates with their interval leave"


class ListIn(Strict):
    """One list: the text of a CSV file with the contract's columns."""

    source: str = Field(max_length=40)
    file_name: str = Field("list.csv", max_length=200)
    csv: str


class ListOut(Schema):
    """A list that was taken."""

    id: int
    source: str
    records: int
    without_key: int
    imported_at: datetime


class OverlapsOut(Schema):
    """A joining. ``rows`` is null where the table is too small to leave; ``withheld`` says so."""

    id: int
    made_at: datetime
    lists: list[str]
    records: int
    people: int
    rows: list[list[int]] | None
    withheld: str | None


@router.get("/linkage/lists", response=list[ListOut])
def lists(request: HttpRequest) -> list[AgencyList]:
    """Return the lists that were taken."""
    policies.check_may_count(request.user)
    return list(queries.lists_taken())


@router.post("/linkage/lists", response={201: ListOut})
def take_list(request: HttpRequest, given: ListIn) -> Status:
    """Take a list, whole or not at all; no name is kept."""
    taken = services.take_list(
        given.csv, given.file_name, given.source, by=request.user, at=timezone.now()
    )
    return Status(201, taken)


@router.post("/linkage/overlaps", response={201: OverlapsOut})
def join(request: HttpRequest) -> Status:
    """Join all lists."""
    return Status(201, table_told(services.join(by=request.user, at=timezone.now())))


@router.get("/linkage/overlaps/latest", response={200: OverlapsOut, 404: dict})
def latest(request: HttpRequest) -> object:
    """Return the last joining."""
    policies.check_may_count(request.user)
    table = queries.latest_table()
    return (
        table_told(table)
        if table
        else Status(404, {"detail": "The lists have not been joined yet."})
    )


def table_told(table: OverlapTable) -> OverlapsOut:
    """Return a table as it may leave: without its rows where it is small."""
    leaves = policies.may_leave(table.people)
    return OverlapsOut(
        id=table.pk, made_at=table.made_at, lists=table.lists, records=table.records,
        people=table.people, rows=table.rows if leaves else None,
        withheld=None if leaves else WITHHELD,
    )  # fmt: skip
