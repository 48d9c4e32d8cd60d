"""When a service receives nobody, the match says so: closed days, closures, hours, distance."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from mekhala.pathway.directory import errors, opening, queries
from mekhala.pathway.directory.fitting import fit
from mekhala.pathway.directory.models import Closure, Service
from mekhala.pathway.directory.needs import Needs
from mekhala.pathway.directory.words import BANDS_KM, how_far
from tests.builders import NOW
from tests.builders_help import provider, service

TODAY = localdate(NOW)


def on(night, **more):
    """Return how the one service there is fits a night."""
    [found] = queries.suitable("shelter", Needs(sex="female", night=night, **more), now=NOW)
    return found


def against(found):
    return [reason.about for reason in found.against]


def test_a_closure_is_obeyed_on_its_first_and_last_night_and_not_after(db, acting):
    house = service()
    helper = provider(house)
    acting(helper)
    first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=3)
    opening.note_closure(house, first_on=first, last_on=last, by=helper, at=NOW)
    for night, closed in ((TODAY, []), (first, ["night"]), (last, ["night"])):
        assert against(on(night)) == closed
    assert against(on(last + timedelta(days=1))) == []
    assert on(first).takes is not False  # closed that night is no house that does not take her
    [kept] = Closure.objects.all()
    opening.take_back_closure(kept, by=helper, at=NOW)
    assert against(on(first)) == []


def test_a_day_of_the_week_is_closed_every_week_and_asked_where_no_night_is_said(db, acting):
    house = service()
    helper = provider(house)
    acting(helper)
    opening.set_opening(
        house, opens_at=time(18), closes_at=time(8), closed_days=[7], by=helper, at=NOW
    )
    sunday = date(2026, 3, 15)
    assert against(on(sunday)) == against(on(sunday + timedelta(days=7))) == ["night"]
    monday = sunday + timedelta(days=1)
    assert against(on(monday, at=datetime.combine(monday, time(19)))) == []
    assert against(on(monday, at=datetime.combine(monday, time(9)))) == ["hours"]
    assert "night" in [reason.about for reason in on(None).to_ask]


def test_hours_come_in_pairs_days_are_of_the_week_and_closures_end(db):
    house = service()
    told = {"by": provider(house), "at": NOW}
    for hours, days in (((time(8), None), []), ((None, None), [8]), ((None, None), range(1, 8))):
        with pytest.raises(errors.HoursMissing):
            opening.set_opening(
                house, opens_at=hours[0], closes_at=hours[1], closed_days=days, **told
            )
    for first, last in ((TODAY, TODAY - timedelta(days=1)),
                        (TODAY - timedelta(days=3), TODAY - timedelta(days=2))):  # fmt: skip
        with pytest.raises(errors.ClosureIsOver):
            opening.note_closure(house, first_on=first, last_on=last, **told)


def test_only_who_runs_a_service_says_when_it_is_open(db):
    house, stranger = service(), provider(service())
    with pytest.raises(errors.NotYourService):
        opening.set_opening(
            house, opens_at=None, closes_at=None, closed_days=[], by=stranger, at=NOW
        )
    with pytest.raises(errors.NotYourService):
        opening.note_closure(house, first_on=TODAY, last_on=TODAY, by=stranger, at=NOW)


@given(st.integers(0, 900))
def test_a_distance_is_told_as_a_band_and_never_as_a_figure_of_its_own(kilometres):
    said = how_far(kilometres, same_province=False)
    figures = {int(word) for word in said.split() if word.isdigit()}
    assert figures <= set(BANDS_KM)
    assert figures


def test_the_same_province_has_no_distance_and_an_unknown_one_says_so():
    near = Service(province_code="12", takes_sexes=["female"], places_free=1)
    assert fit(near, Needs(province_code="12")).how_far == how_far(0, same_province=True)
    assert fit(near, Needs()).how_far == how_far(None, same_province=None)
