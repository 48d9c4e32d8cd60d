"""Acts of who runs a service: when it receives, when it is closed, which nights have less room."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from mekhala.pathway.directory import policies
from mekhala.pathway.directory.models import Closure, NightPlaces, Service
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def set_opening(
    service: Service, *, opens_at: time | None, closes_at: time | None,
    closed_days: Iterable[int], by: Officer, at: datetime,
) -> Service:  # fmt: skip
    """Keep when somebody may arrive. Both hours or none; Raises ``ActRefused``."""
    policies.check_may_confirm(by, service)
    days = sorted(set(closed_days))
    policies.check_opening(opens_at, closes_at, days)
    kept = Service.objects.select_for_update().get(pk=service.pk)
    kept.opens_at, kept.closes_at, kept.closed_days = opens_at, closes_at, days
    kept.save(update_fields=["opens_at", "closes_at", "closed_days"])
    audit.record("directory.opening_set", subject=kept, by=by, at=at, closed_days=days)
    return kept


@transaction.atomic
def note_closure(
    service: Service, *, first_on: date, last_on: date, by: Officer, at: datetime
) -> Closure:
    """Note days on which nobody is received; the match obeys. Raises ``ActRefused``."""
    policies.check_may_confirm(by, service)
    policies.check_closure(first_on, last_on, today=timezone.localdate(at))
    kept = Closure.objects.create(
        service=service, first_on=first_on, last_on=last_on, noted_by=by, noted_at=at
    )
    audit.record(
        "directory.closure_noted", subject=service, by=by, at=at, first_on=first_on.isoformat(),
        last_on=last_on.isoformat(),
    )  # fmt: skip
    return kept


@transaction.atomic
def take_back_closure(closure: Closure, *, by: Officer, at: datetime) -> None:
    """Receive people after all; what was noted stays in the log."""
    policies.check_may_confirm(by, closure.service)
    first_on, last_on = closure.first_on.isoformat(), closure.last_on.isoformat()
    Closure.objects.filter(pk=closure.pk).delete()
    audit.record(
        "directory.closure_taken_back", subject=closure.service, by=by, at=at,
        first_on=first_on, last_on=last_on,
    )  # fmt: skip


@transaction.atomic
def state_nights(
    service: Service, *, first_on: date, last_on: date | None = None,
    weekdays: Iterable[int] = (), places: int, by: Officer, at: datetime,
) -> NightPlaces:  # fmt: skip
    """Keep that some nights have fewer places than usual. What was given before stays given.

    The service's row is locked: whoever takes a place meanwhile waits, and then counts by this.
    Raises ``ActRefused``.
    """
    policies.check_may_confirm(by, service)
    days = sorted(set(weekdays))
    kept = Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    policies.check_nights(kept, first_on, last_on, days, places, today=timezone.localdate(at))
    stated = NightPlaces.objects.create(
        service=kept, first_on=first_on, last_on=last_on, weekdays=days, places=places,
        noted_by=by, noted_at=at,
    )  # fmt: skip
    audit.record(
        "directory.nights_stated", subject=service, by=by, at=at, places=places, weekdays=days,
        first_on=first_on.isoformat(), last_on=last_on.isoformat() if last_on else None,
    )  # fmt: skip
    return stated


@transaction.atomic
def take_back_nights(stated: NightPlaces, *, by: Officer, at: datetime) -> None:
    """Have as many places as usual after all; what was said stays in the log."""
    policies.check_may_confirm(by, stated.service)
    first_on, places = stated.first_on.isoformat(), stated.places
    NightPlaces.objects.filter(pk=stated.pk).delete()
    audit.record(
        "directory.nights_taken_back", subject=stated.service, by=by, at=at, first_on=first_on,
        places=places,
    )  # fmt: skip
