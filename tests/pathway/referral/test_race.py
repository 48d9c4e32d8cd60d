"""Many officers ask for the last place in the same moment: one gets it, the others hear so."""

import threading

import pytest
from django.db import connection
from django.utils.timezone import localdate

from mekhala.pathway.directory.models import Service
from mekhala.pathway.directory.opening import state_nights
from mekhala.pathway.referral import services
from mekhala.pathway.referral.errors import NoPlaceLeft
from mekhala.safeguards.access.acting import acting_for
from tests.builders import NOW, case, officer
from tests.builders_help import provider, service, yes

ROUNDS, RACERS = 20, 20


def _race(house, me, people, places, total=None):
    """Let one thread per person ask at once, on its own connection; return what each got."""
    Service.objects.filter(pk=house.pk).update(
        places_total=house.places_held + (total or places), places_free=total or places
    )
    start, got = threading.Barrier(len(people)), []

    def ask(made):
        try:
            start.wait(20)
            with acting_for(me.pk):
                services.ask(case=made, service=house, need="shelter", by=me, at=NOW)
            got.append("place")
        except NoPlaceLeft:
            got.append("refused")
        except Exception as error:
            got.append(repr(error))
        finally:
            connection.close()

    racers = [threading.Thread(target=ask, args=(made,)) for made in people]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return got


@pytest.mark.parametrize("places", [1, 3])
@pytest.mark.django_db(transaction=True)
def test_the_last_places_never_go_to_more_people_than_there_are_places(places):
    me = officer()
    for _round in range(ROUNDS if places == 1 else 3):
        house = service(free=places)
        with acting_for(me.pk):
            people = [case(me) for _ in range(RACERS)]
            for made in people:
                yes(made, house, by=me)
        got = _race(house, me, people, places)
        assert sorted(got) == ["place"] * places + ["refused"] * (RACERS - places)
        house.refresh_from_db()
        assert (house.places_free, house.places_held) == (0, places)


@pytest.mark.django_db(transaction=True)
def test_a_night_with_fewer_places_never_gets_more_people_than_it_has():
    me, house = officer(), service(free=4)
    state_nights(house, first_on=localdate(NOW), places=1, by=provider(house), at=NOW)
    with acting_for(me.pk):
        people = [case(me) for _ in range(RACERS)]
        for made in people:
            yes(made, house, by=me)
    got = _race(house, me, people, 1, total=4)
    assert sorted(got) == ["place"] + ["refused"] * (RACERS - 1)
