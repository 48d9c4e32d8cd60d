"""Which agreements are in force. Nothing here changes anything."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.agreements import policies
from mekhala.safeguards.agreements.models import (
    Agreement,
    DataOwner,
    Feed,
    LeadBody,
    Said,
    Suspension,
)


def lead_body() -> Agency | None:
    """Return the agency that leads now, None if none was named."""
    found = LeadBody.objects.select_related("agency").first()
    return found.agency if found else None


def agreements(officer: Officer) -> QuerySet[Agreement]:
    """Return the agreements an officer may see: all, or those the officer's agency is asked about.

    Each has ``is_stopped``, ``is_waited_for`` (an owner has not answered) and ``is_refused``.
    """
    owners = DataOwner.objects.filter(agreement=OuterRef("pk"))
    stopped = Suspension.objects.filter(agreement=OuterRef("pk")).filter(_NOT_LIFTED)
    found = Agreement.objects.annotate(
        is_stopped=Exists(stopped), is_waited_for=Exists(owners.filter(said="")),
        is_refused=Exists(owners.filter(said=Said.NO)),
    ).select_related("agency", "other", "lead_body")  # fmt: skip
    if policies.may_enter(officer):
        return found
    mine = DataOwner.objects.filter(agency=officer.agency_id).values("agreement")
    return found.filter(Q(agency=officer.agency_id) | Q(other=officer.agency_id) | Q(pk__in=mine))


_NOT_LIFTED = Q(lifted_at=None) | Q(lifted_by_other_at=None)


def in_force(feed: Feed, *, on: date) -> QuerySet[Agreement]:
    """Return the agreements that name ``feed`` and stand on a day, every owner having said yes."""
    owners = DataOwner.objects.filter(agreement=OuterRef("pk"))
    lead = LeadBody.objects.values_list("agency_id", flat=True).first()
    stopped = Suspension.objects.filter(agreement=OuterRef("pk")).filter(_NOT_LIFTED)
    return Agreement.objects.filter(
        ~Exists(stopped), Exists(owners), ~Exists(owners.exclude(said=Said.YES)),
        feeds__contains=[feed.value], from_on__lte=on, until_on__gte=on, lead_body=lead,
    )  # fmt: skip


def is_list_fed(source: str, *, now: datetime) -> bool:
    """Return whether an agreement in force lets a list under this name be taken."""
    found = in_force(Feed.AGENCY_LIST, on=timezone.localdate(now))
    return found.filter(Q(agency__code=source) | Q(lists__contains=[source])).exists()


def lists_agreed(*, now: datetime) -> dict[str, Agency]:
    """Return the lists that agreements in force let be taken, by name, with the agency of each.

    A list an agency hands over stands under its own name where the agreement names any, else
    under the agency's code.
    """
    found = in_force(Feed.AGENCY_LIST, on=timezone.localdate(now)).filter(body="")
    return {
        name: one.agency
        for one in found.select_related("agency")
        for name in (one.lists or [one.agency.code])
    }


def elements_fed(source: str, *, now: datetime) -> frozenset[str]:
    """Return the classes of fields that agreements in force let a list under this name hold."""
    found = in_force(Feed.AGENCY_LIST, on=timezone.localdate(now))
    named = found.filter(Q(agency__code=source) | Q(lists__contains=[source]))
    return frozenset(e for elements in named.values_list("elements", flat=True) for e in elements)


def is_list_known(source: str) -> bool:
    """Return whether any agreement, in force or not, ever named this list."""
    return Agreement.objects.filter(lists__contains=[source]).exists()


def may_exchange(agency: Agency, *, now: datetime) -> bool:
    """Return whether programs of ``agency`` may come to the door for other systems.

    The body that leads keeps the files of the mechanism itself and needs no agreement.
    """
    found = in_force(Feed.EXCHANGE, on=timezone.localdate(now))
    if found.filter(Q(agency=agency) | Q(other=agency)).exists():
        return True
    leads = LeadBody.objects.values_list("agency_id", flat=True).first()
    return leads == agency.pk


def owners_of(agreement: Agreement) -> QuerySet[DataOwner]:
    """Return whose yes an agreement needs, and what each said."""
    return agreement.owners.select_related("agency")


def owner_ids(agreement: Agreement) -> set[int]:
    """Return the ids of the agencies whose yes it needs."""
    return set(agreement.owners.values_list("agency_id", flat=True))


def stop_of(agreement: Agreement) -> Suspension | None:
    """Return the stop that is not lifted yet, None if the agreement runs."""
    return stops_not_lifted(agreement).first()


def stops_not_lifted(agreement: Agreement) -> QuerySet[Suspension]:
    """Return the stops of an agreement that both parties have not lifted yet; one at most."""
    return Suspension.objects.filter(_NOT_LIFTED, agreement=agreement)


def ending_soon(*, on: date) -> QuerySet[Agreement]:
    """Return the agreements that end within 30 days and were not renewed, the first first."""
    found = Agreement.objects.filter(
        until_on__gte=on, until_on__lte=on + policies.SOON, renewed_by=None
    )
    return found.select_related("agency", "other").order_by("until_on", "id")
