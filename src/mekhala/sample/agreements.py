"""The invented country's sharing agreements: for its lists, and for programs of its agencies.

One more, with a body outside, waits for the answers of those whose data it is about.
"""

from datetime import datetime, timedelta

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import FieldClass, Role
from mekhala.safeguards.agreements.models import (
    Agreement,
    Breach,
    DataOwner,
    Feed,
    LeadBody,
    Said,
    Why,
)

from .cast import Cast

LEADS = "st-01"
# Who hands over each list of ``lists.py``, on behalf of all agencies of that kind.
LISTS = {
    "police": "po-12", "social_affairs": "sa-12", "shelters": "sh-01", "hotline": "hl-01",
    "embassy": "em-01", "court": "co-01",
}  # fmt: skip
SIGNED, RUNS = timedelta(days=60), timedelta(days=365)


def sign(cast: Cast, *, now: datetime) -> None:
    """Enter the agreements once: a list from each, and the door for other systems to its agency."""
    if Agreement.objects.exists():
        return
    lead = cast.agencies[LEADS]
    by = cast.officer(LEADS, role=Role.ADMINISTRATOR)
    from_on = (now - SIGNED).date()
    LeadBody.objects.create(agency=lead, since=now - SIGNED)
    shared = {
        "feeds": [Feed.AGENCY_LIST, Feed.EXCHANGE],
        "elements": [FieldClass.IDENTITY, FieldClass.OPEN],
        "purpose": Why.COUNTING, "breach": Breach.STOP_AND_DESTROY, "from_on": from_on,
        "until_on": from_on + RUNS, "lead_body": lead, "entered_by": by, "entered_at": now,
    }  # fmt: skip
    for number, (name, code) in enumerate(LISTS.items(), start=1):
        made = Agreement.objects.create(
            agency=cast.agencies[code], other=lead, lists=[name],
            signed_reference=f"Invented {number}", **shared,
        )  # fmt: skip
        _said_yes(made, [cast.officer(code), by], at=now)
    asked = Agreement.objects.create(
        agency=lead, body="Invented university", lists=["shelters", "hotline"],
        signed_reference="Invented request 1", **shared | {"feeds": [Feed.AGENCY_LIST]},
    )  # fmt: skip
    _said_yes(asked, [by], at=now)
    DataOwner.objects.bulk_create(
        DataOwner(agreement=asked, agency=cast.agencies[LISTS[name]]) for name in asked.lists
    )


def _said_yes(agreement: Agreement, officers: list[Officer], *, at: datetime) -> None:
    DataOwner.objects.bulk_create(
        DataOwner(agreement=agreement, agency=officer.agency, said=Said.YES,
                  reference=agreement.signed_reference, by=officer, at=at)
        for officer in officers
    )  # fmt: skip
