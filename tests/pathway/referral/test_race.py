"""Many officers ask for the last place in the same moment: one gets it, the others hear so."""

import threading

import pytest
from django.db import connection

from mekhala.pathway.directory.models import Service
from mekhala.pathway.referral import services
from mekhala.pathway.referral.errors import NoPlaceLeft
from mekhala.safeguards.access.acting import acting_for
from tests.builders import NOW, case, officer
from tests.builders_help import service, yes

ROUNDS, RACERS = 20, 20


def _race(house, me, people, places):
    """Let one thread per person ask at once, on its own connection; return what each got."""
    Service.objects.filter(pk=house.pk).update(
        places_total=house.places_held + places, places_free=places
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
