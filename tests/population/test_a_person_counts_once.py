"""Who was registered under two cases is one person in the count, until the join is taken back."""

from datetime import timedelta

import pytest

from mekhala.pathway.registration import same_person
from mekhala.pathway.registration import services as registration
from mekhala.population.linkage import services
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import NOW, case, officer, open_to
from tests.builders_help import decision
from tests.builders_same_person import social_worker


@pytest.fixture
def twice(db):
    """Return a registrar and two of her cases, both entered in the register this year."""
    me = social_worker()
    made = [case(me), case(me)]
    for days, one in enumerate(made):
        open_to(me, one.number, Purpose.REGISTRATION)
        decision(one)
        become(me.pk)
        registration.register(case=one, by=me, at=NOW + timedelta(days=days))
    return me, made


def counted():
    statistician = officer(Role.STATISTICIAN)
    become(statistician.pk)
    return services.take_register(NOW.year, NOW.year, by=statistician, at=NOW)


def test_two_cases_nobody_joined_are_two_people(twice):
    assert counted() == 2


def test_two_cases_of_one_person_are_counted_once_and_twice_again_when_taken_apart(twice):
    me, (one, two) = twice
    become(me.pk)
    join = same_person.judge(two, one.number, "same", "The same card.", by=me, at=NOW)
    assert counted() == 1
    become(me.pk)
    same_person.take_back(one, join, "different", "Two sisters.", by=me, at=NOW)
    assert counted() == 2


def test_where_the_first_entry_was_withdrawn_the_second_counts(twice):
    me, (one, two) = twice
    become(me.pk)
    same_person.judge(two, one.number, "same", "The same card.", by=me, at=NOW)
    registration.withdraw(one.registration, "Entered twice.", by=me, at=NOW + timedelta(days=9))
    assert counted() == 1


def test_both_entries_stand_in_the_register_with_a_certificate_each(twice):
    me, (one, two) = twice
    become(me.pk)
    same_person.judge(two, one.number, "same", "The same card.", by=me, at=NOW)
    assert one.registration.withdrawn_at is two.registration.withdrawn_at is None
    assert one.registration.number != two.registration.number
