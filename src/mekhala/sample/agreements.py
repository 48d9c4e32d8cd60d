"""The invented country's sharing agreements: for its lists, and for programs of its agencies."""

from datetime import datetime, timedelta

from mekhala.safeguards.access.purposes import FieldClass, Role
from mekhala.safeguards.agreements.models import Agreement, Breach, Feed, LeadBody, Why

from .cast import Cast

LEADS = "st-01"
# Who hands over each list of ``lists.py``, on behalf of all agencies of that kind.
LISTS = {
    "police": "po-12", "social_affairs": "sa-12", "shelters": "sh-01", "hotline": "hl-01",
    "embassy": "em-01",
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
    Agreement.objects.bulk_create(
        Agreement(
            agency=cast.agencies[code], other=lead, feeds=[Feed.AGENCY_LIST, Feed.EXCHANGE],
            lists=[name], elements=[FieldClass.OPEN], purpose=Why.COUNTING,
            breach=Breach.STOP_AND_DESTROY, from_on=from_on, until_on=from_on + RUNS,
            signed_reference=f"Invented {number}", lead_body=lead, entered_by=by, entered_at=now,
        )
        for number, (name, code) in enumerate(LISTS.items(), start=1)
    )  # fmt: skip
