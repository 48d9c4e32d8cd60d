"""Confirming places, holding some and giving them back; asking providers who have gone quiet."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate

from mekhala.forms import services as forms
from mekhala.forms.models import ListVersion
from mekhala.pathway.directory import policies, queries
from mekhala.pathway.directory.choice_list import services_list
from mekhala.pathway.directory.models import Hold, Service
from mekhala.pathway.directory.nights import fewer_on, last_night
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.notices import services as notices
from mekhala.safeguards.notices.kinds import Kind


@transaction.atomic
def confirm_places(service: Service, free: int | None, *, by: Officer, at: datetime) -> Service:
    """Keep how many more people the service could take today, beside those it holds places for.

    ``free`` is None only where places are not counted. On a night with fewer places than usual
    those that are missing are free again afterwards. Raises ``ActRefused`` for another agency's
    service or for more places than there are.
    """
    policies.check_may_confirm(by, service)
    free_what_is_over(service.pk, at=at)
    kept = Service.objects.select_for_update().get(pk=service.pk)
    tonight = localdate(at)
    missing = fewer_on(tonight, queries.fewer_nights(kept, day=tonight))
    policies.check_possible(kept, free, missing=missing)
    kept.places_free, kept.confirmed_at = _usually_free(kept, free, missing), at
    kept.save(update_fields=["places_free", "confirmed_at"])
    audit.record("directory.places_confirmed", subject=kept, by=by, at=at, free=free)
    hand_list_to_forms(at=at)
    return kept


def _usually_free(service: Service, free: int | None, missing: int) -> int | None:
    """Return what is free on a usual night if tonight it is ``free``.

    Where nothing is free tonight, no more is known of other nights than was said before.
    """
    if free == 0 and missing:
        return min(service.places_free or 0, missing)
    return None if free is None else free + missing


def hand_list_to_forms(*, at: datetime) -> ListVersion:
    """Fill the list of services that forms offer, where it has changed; return the one of now."""
    return forms.keep_list(services_list(now=at), at=at)


@transaction.atomic
def ask_to_confirm(*, at: datetime) -> int:
    """Tell the providers whose services have gone quiet for a week; return how many services."""
    quiet = list(queries.gone_quiet(now=at))
    for service in quiet:
        providers = Officer.objects.filter(
            agency=service.agency_id, role=Role.PROVIDER, is_active=True
        )
        notices.tell(
            providers, Kind.PLACES_TO_CONFIRM, subject=f"service {service.pk}", by=None, at=at,
            service=service.pk,
        )  # fmt: skip
    Service.objects.filter(pk__in=[s.pk for s in quiet]).update(asked_to_confirm_at=at)
    return len(quiet)


def take_place(
    service_id: int, *, until: datetime, at: datetime, places: int = 1, night: date | None = None
) -> Hold | None:
    """Hold places from a night on until an instant; None if there are too few or it is not open.

    Part of a referral. First what is over by the clock is free again. Then the row is ours, so
    that nobody says another number of a night meanwhile, and one conditional UPDATE takes the
    places (R-80): of two racers the second waits for the row and then finds the condition false.
    They are given for the nights in a row that have room. Where places are not counted, there is
    always one.
    """
    free_what_is_over(service_id, at=at)
    today = localdate(at)
    first = max(night or today, today)
    house = Service.objects.select_for_update(no_key=True).filter(pk=service_id).first()
    if house is None:
        return None
    stated = queries.fewer_nights(house, day=first)
    left = Q(places_free__gte=places + fewer_on(first, stated)) | Q(places_free=None)
    taken = Service.objects.filter(left, pk=service_id, is_open=True).update(
        places_free=F("places_free") - places, places_held=F("places_held") + places
    )
    if not taken:
        return None
    last = None
    if house.places_free is not None:
        last = last_night(first, free=house.places_free, needed=places, stated=stated)
    return Hold.objects.create(
        service_id=service_id, places=places, until=until, first_on=first, last_on=last
    )


def free_what_is_over(service_id: int, *, at: datetime) -> int:
    """Give back the places of one service whose hold is over; return how many they were."""
    over = Hold.objects.select_for_update().filter(service=service_id, until__lte=at)
    held = [(hold.pk, hold.places) for hold in over.order_by("pk")]
    if held:
        Hold.objects.filter(pk__in=[pk for pk, _places in held]).delete()
        _back(service_id, sum(places for _pk, places in held))
    return sum(places for _pk, places in held)


def keep_place(hold: UUID) -> bool:
    """Hold places without an end, since they are taken; False if somebody else has them now."""
    return Hold.objects.filter(pk=hold).update(until=None) == 1


def give_back_place(hold: UUID | None) -> bool:
    """Give held places back; False if none were, as for a referral taken from paper."""
    kept = Hold.objects.select_for_update().filter(pk=hold).first() if hold else None
    if kept is None:
        return False
    kept.delete()
    _back(kept.service_id, kept.places)
    return True


def _back(service_id: int, places: int) -> None:
    Service.objects.filter(pk=service_id).update(
        places_free=F("places_free") + places, places_held=F("places_held") - places
    )
