"""However requests, answers and ends follow on each other, no place is lost or made."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mekhala.pathway.referral import services
from mekhala.pathway.referral.errors import NoPlaceLeft
from mekhala.pathway.referral.models import Referral
from mekhala.pathway.referral.policies import OPEN
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import ActRefused
from tests.builders import NOW, case, officer
from tests.builders_help import provider, service, yes

STEPS = st.lists(st.sampled_from(["ask", "accept", "decline", "end", "wait"]), max_size=14)


@pytest.fixture
def house_and_people(db):
    house, first = service(free=2), officer()
    people = [case(first) for _ in range(4)]
    for made in people:
        yes(made, house, by=first)
    return house, first, provider(house), people


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_free_places_and_open_referrals_are_always_as_many_as_there_are(house_and_people, steps):
    from django.db import transaction

    house, first, helper, people = house_and_people
    with transaction.atomic():
        now = NOW
        for n, step in enumerate(steps):
            now += timedelta(minutes=10)
            _do(step, n, house, first, helper, people, now)
            house.refresh_from_db()
            become(first.pk)
            held = Referral.objects.filter(service=house, status__in=OPEN).count()
            assert (house.places_free + held, house.places_held) == (2, held)
        transaction.set_rollback(True)


def _do(step, n, house, first, helper, people, now):
    """Do one step where it is allowed; a refusal must change nothing either."""
    become(first.pk if step == "ask" else helper.pk)
    latest = Referral.objects.order_by("id").last()
    try:
        if step == "ask":
            services.ask(case=people[n % 4], service=house, need="shelter", by=first, at=now)
        elif step == "wait":
            become(None)
            services.expire_overdue(now + timedelta(hours=24))
        elif latest and step == "decline":
            services.decline(latest, "full", by=helper, at=now)
        elif latest:
            getattr(services, step)(latest, by=helper, at=now)
    except (ActRefused, NoPlaceLeft):
        pass
