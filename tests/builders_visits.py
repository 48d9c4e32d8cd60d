"""Invented visits to invented places. Nobody is in them."""

from datetime import date

from mekhala.pathway.visits import services
from mekhala.safeguards.access.acting import become
from tests.builders_justice import AT

ADDRESS = "Behind the invented market, blue door"
VISIT = {
    "visited_on": date(2026, 2, 3), "kind": "brothel", "province_code": "12",
    "district_code": "1202", "address": ADDRESS, "visitors": ["own_team"], "entry": "part",
    "seen": {"minors": True, "locked_in": False}, "done": ["hotline"],
}  # fmt: skip


def visited(by, **more):
    """Return an invented visit, kept by this officer; run as that officer."""
    return services.record_visit(by=by, at=AT, **(VISIT | more))


def rows_of_a_visit(case, by, at):
    """Leave a visit that led to the case; return its number."""
    become(by.pk)
    kept = visited(by)
    services.put_case(kept, case, by=by, at=at)
    return {"visit": kept.number}
