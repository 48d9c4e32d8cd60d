"""Confirming places, and the taking and giving back of one."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from mekhala.pathway.directory import policies
from mekhala.pathway.directory.models import Service
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def confirm_places(service: Service, free: int | None, *, by: Officer, at: datetime) -> Service:
    """Keep how many more people the service could take today, beside those it holds places for.

    ``free`` is None only where places are not counted. Raises ``ActRefused`` for another
    agency's service or for more places than there are.
    """
    policies.check_may_confirm(by, service)
    kept = Service.objects.select_for_update().get(pk=service.pk)
    policies.check_possible(kept, free)
    kept.places_free, kept.confirmed_at = free, at
    kept.save(update_fields=["places_free", "confirmed_at"])
    audit.record("directory.places_confirmed", subject=kept, by=by, at=at, free=free)
    return kept


def take_place(service_id: int) -> bool:
    """Take one place; False if none is left or the service is not open. Part of a referral.

    One conditional UPDATE and nothing else (R-80): of two racers the second waits for the row
    and then finds the condition false. Where places are not counted, one is always left.
    """
    left = Q(places_free__gt=0) | Q(places_free=None)
    taken = Service.objects.filter(left, pk=service_id, is_open=True).update(
        places_free=F("places_free") - 1, places_held=F("places_held") + 1
    )
    return taken == 1


def give_back_place(service_id: int) -> bool:
    """Give one held place back; False if none was held, as for a referral taken from paper."""
    given = Service.objects.filter(pk=service_id, places_held__gt=0).update(
        places_free=F("places_free") + 1, places_held=F("places_held") - 1
    )
    return given == 1
