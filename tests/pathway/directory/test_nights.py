"""Places that differ by night: the match, a hold and what is said free count by the night."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mekhala.pathway.directory import errors, opening, queries, services
from mekhala.pathway.directory.models import Hold
from mekhala.pathway.directory.needs import Needs
from mekhala.pathway.directory.nights import Fewer, last_night, most_given
from tests.builders import NOW
from tests.builders_help import provider, service

TODAY = localdate(NOW)
LATER = NOW + timedelta(hours=24)
DAY = timedelta(days=1)


def night(n):
    return TODAY + n * DAY


def state(house, first, last, places, **more):
    return opening.state_nights(
        house, first_on=night(first), last_on=None if last is None else night(last),
        places=places, by=provider(house), at=NOW, **more,
    )  # fmt: skip


def free(n, **more):
    [found] = queries.suitable("shelter", Needs(sex="female", night=night(n), **more), now=NOW)
    return found


def take(house, n, places=1):
    return services.take_place(house.pk, until=LATER, at=NOW, places=places, night=night(n))


def test_the_match_counts_by_the_night_asked_for_and_says_how_long_there_is_room(db):
    house = service(free=3)
    state(house, 2, 4, 0)
    assert [free(n).service.free_now for n in range(6)] == [3, 3, 0, 0, 0, 3]
    assert free(2).fits is False
    assert free(2).takes is not False  # no room that night is no house that does not take her
    [places] = [r.words for r in free(0).reasons if r.about == "places"]
    assert "until the night of" in places
    [listed] = queries.as_now(queries.not_retired(), now=NOW, night=night(3))
    assert listed.free_now == 0


def test_evenings_of_the_week_count_every_week_and_the_lowest_of_several_holds(db):
    house = service(free=4)
    day = night(3).isoweekday()
    state(house, 0, None, 2, weekdays=[day])
    state(house, 10, 10, 1)
    assert [free(n).service.free_now for n in (2, 3, 9, 10, 17)] == [4, 2, 4, 1, 2]


def test_a_place_is_given_for_the_nights_that_have_room_and_no_longer(db):
    house = service(free=2)
    state(house, 5, 8, 1)
    first, second = take(house, 0), take(house, 0)
    assert (first.last_on, second.last_on) == (None, night(4))
    assert take(house, 0) is None
    [(_stated, given)] = queries.nights_to_come(house, today=TODAY)
    assert given == 1


def test_nobody_is_given_a_place_on_a_night_that_has_none(db):
    house = service(free=2)
    state(house, 3, 3, 0)
    assert take(house, 3) is None
    assert take(house, 4) is not None


def test_what_is_free_tonight_is_said_of_tonight_and_the_rest_is_back_afterwards(db, acting):
    house = service(free=0, total=6)
    helper = provider(house)
    acting(helper)
    state(house, 0, 1, 4)
    assert services.confirm_places(house, 1, by=helper, at=NOW).places_free == 3
    assert [free(n).service.free_now for n in (0, 2)] == [1, 3]
    with pytest.raises(errors.MorePlacesThanThere):
        services.confirm_places(house, 5, by=helper, at=NOW)
    assert services.confirm_places(house, 0, by=helper, at=NOW).places_free == 2


def test_refuses_more_than_usual_nights_that_are_over_and_another_agencys_house(db):
    house = service(free=2)
    for first, last, places, refusal in (
        (0, 3, 3, errors.MoreThanUsual), (3, 2, 1, errors.NightsNotRight),
        (-3, -2, 1, errors.NightsNotRight),
    ):  # fmt: skip
        with pytest.raises(refusal):
            state(house, first, last, places)
    with pytest.raises(errors.NightsNotRight):
        state(house, 0, 3, 1, weekdays=[8])
    with pytest.raises(errors.NotYourService):
        opening.state_nights(
            house, first_on=TODAY, places=1, by=provider(service()), at=NOW
        )  # fmt: skip


def test_a_number_taken_back_counts_no_more(db):
    house = service(free=2)
    stated = state(house, 0, 3, 0)
    opening.take_back_nights(stated, by=provider(house), at=NOW)
    assert free(0).service.free_now == 2


STATED = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.sets(st.integers(1, 7), max_size=3),
              st.integers(0, 3)), max_size=4,
)  # fmt: skip
ASKED = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 2), st.booleans()), min_size=1, max_size=8
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STATED, ASKED)
def test_no_night_ever_has_more_given_than_it_has(db, stated, asked):
    from django.db import transaction

    with transaction.atomic():
        house = service(free=3)
        for first, long, evenings, places in stated:
            state(house, first, first + long, places, weekdays=evenings)
        for n, places, and_leaves in asked:
            kept = take(house, n, places)
            if kept and and_leaves:
                services.give_back_place(kept.pk)
        held = list(Hold.objects.filter(service=house))
        for n in range(30):
            there = [h for h in held if h.first_on <= night(n) <= (h.last_on or night(n))]
            has = min([3, *(s[3] for s in stated if _speaks(s, n))])
            assert sum(h.places for h in there) <= has
        transaction.set_rollback(True)


def _speaks(stated, n):
    first, long, evenings, _places = stated
    return first <= n <= first + long and (not evenings or night(n).isoweekday() in evenings)


@given(st.integers(0, 20), st.integers(0, 20), st.sets(st.integers(1, 7)), st.integers(0, 30))
def test_the_last_night_with_room_is_the_one_before_the_first_without(first, long, evenings, ask):
    fewer = Fewer(night(first), night(first + long), tuple(evenings), 1)
    last = last_night(night(ask), free=1, needed=1, stated=[fewer])
    without = [n for n in range(ask, first + long + 1) if fewer.covers(night(n))]
    assert last == (night(min(without) - 1) if without else None)


def test_who_stays_on_after_the_last_night_is_still_counted():
    from mekhala.pathway.directory.nights import Given

    fewer = Fewer(night(0), night(0), (), 1)
    stayed = Given(night(-9), night(-3), 1)
    goes = Given(night(-9), night(-1) + DAY, 1)
    comes = Given(night(2), None, 1)
    assert most_given(fewer, [stayed, goes, comes], today=TODAY) == 2
