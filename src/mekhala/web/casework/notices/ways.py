"""Where a notice leads: to the thing itself, only where it is open to the officer."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.queries import live_grants
from mekhala.safeguards.notices.kinds import Kind
from mekhala.safeguards.notices.models import Notice

type Way = Callable[[Notice], str]


def _signature(notice: Notice) -> str:
    return reverse("second_signatures:one", args=[notice.details["signature"]])


def _agreement(notice: Notice) -> str:
    return reverse("agreements:one", args=[notice.details["agreement"]])


# A kind whose thing is no case says here which page it leads to.
OF_KIND: dict[Kind, Way] = {
    Kind.BREAK_GLASS_REVIEW: lambda n: reverse("emergency:review", args=[n.details["opening"]]),
    Kind.BREAK_GLASS_OVERDUE: lambda _notice: reverse("emergency:to_review"),
    Kind.BREAK_GLASS_NOT_JUSTIFIED: lambda _notice: reverse("emergency:to_review"),
    Kind.ALARM_QUOTA: lambda _notice: reverse("alarms:list"),
    Kind.ALARM_CANARY: lambda _notice: reverse("alarms:list"),
    Kind.SECOND_SIGNATURE: _signature,
    Kind.SIGNATURE_ANSWERED: _signature,
    Kind.CONSENT_WITHDRAWN: lambda notice: (
        reverse("consent:stop", args=[notice.details["stop"]]) if "stop" in notice.details else ""
    ),
    Kind.PLACES_TO_CONFIRM: lambda n: reverse("directory:places", args=[n.details["service"]]),
    Kind.REFERRAL_WAITS: lambda n: (
        reverse("referral:one", args=[n.details["referral"]]) if n.details.get("to_answer") else ""
    ),
    Kind.AGREEMENT_ENDS: _agreement,
    Kind.CLOCK_RUNS_OUT: lambda n: reverse("justice:accused", args=[n.details["accused"]]),
    Kind.OWNER_ASKED: _agreement,
    Kind.OWNER_ANSWERED: _agreement,
}


def ways_of(notices: Iterable[Notice], officer: Officer, *, now: datetime) -> dict[int, str]:
    """Return the address each notice leads to, by its id; none for those that lead nowhere."""
    kept = list(notices)
    subjects = {notice.subject for notice in kept}
    grants = live_grants(officer, now=now).filter(file_number__in=subjects)
    is_open = set(grants.values_list("file_number", flat=True)) if subjects else set()
    found = {notice.pk: _way(notice, is_open) for notice in kept}
    return {pk: way for pk, way in found.items() if way}


def _way(notice: Notice, is_open: set[str]) -> str:
    way = OF_KIND.get(Kind(notice.kind))
    if way and (found := way(notice)):
        return found
    if notice.subject in is_open and notice.subject.startswith("MK-"):
        return reverse("cases:overview", args=[notice.subject])
    return ""
