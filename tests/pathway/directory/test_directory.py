"""Which services suit: only what is known rules one out."""

from datetime import timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mekhala.pathway.directory import errors, queries, services
from mekhala.pathway.directory.fitting import fit, match
from mekhala.pathway.directory.languages import LANGUAGES as SPOKEN
from mekhala.pathway.directory.models import Service
from mekhala.pathway.directory.needs import Needs
from mekhala.pathway.directory.who_comes import is_made_for
from mekhala.pathway.directory.words import language_name
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, officer
from tests.builders_help import asked, provider, service

SEXES = st.sampled_from(["female", "male", "other", "unknown"])
AGES = st.none() | st.integers(0, 99)
LANGUAGES = st.sampled_from(["", "km", "th", "vi-VN"])
PROVINCES = st.sampled_from(["", "01", "12"])
bounds = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(sorted)
invented = st.builds(
    lambda sexes, ages, languages, free, place, days: Service(
        takes_sexes=sorted(sexes), youngest=ages[0], oldest=ages[1], languages=sorted(languages),
        places_free=free, places_total=free, province_code=place,
        confirmed_at=NOW - timedelta(days=days),
    ),
    st.sets(st.sampled_from(["female", "male", "other"]), min_size=1), bounds,
    st.sets(st.sampled_from(["km", "th", "vi"])), st.none() | st.integers(0, 5),
    st.sampled_from(["01", "12"]), st.integers(0, 13),
)  # fmt: skip
RANK = {False: 0, None: 1, True: 2}


@given(invented, SEXES, AGES, LANGUAGES, PROVINCES)
def test_what_is_not_known_never_rules_a_service_out(one, sex, age, language, place):
    known = {"sex": sex, "age": age, "language": language, "province_code": place}
    before = fit(one, Needs(**known))
    for unknown in ({"sex": "unknown"}, {"age": None}, {"language": ""}, {"province_code": ""}):
        after = fit(one, Needs(**known | unknown))
        assert after.fits is not False or before.fits is False
    nothing = fit(one, Needs())
    assert (nothing.fits is False) == (one.places_free == 0)


@given(invented, SEXES, AGES, LANGUAGES, PROVINCES)
def test_a_service_is_ruled_out_only_by_a_sex_or_age_it_does_not_take_or_no_place(
    one, sex, age, language, place
):
    found = fit(one, Needs(sex=sex, age=age, language=language, province_code=place))
    wrong_sex = sex != "unknown" and sex not in one.takes_sexes
    wrong_age = age is not None and not one.youngest <= age <= one.oldest
    assert (found.fits is False) == (wrong_sex or wrong_age or one.places_free == 0)
    against = {"sex": wrong_sex, "age": wrong_age, "places": one.places_free == 0}
    assert {r.about for r in found.against} == {about for about, so in against.items() if so}


@given(invented, SEXES, AGES, LANGUAGES)
def test_every_answer_has_its_reasons_in_words(one, sex, age, language):
    found = fit(one, Needs(sex=sex, age=age, language=language))
    assert [r.about for r in found.reasons] == ["places", "sex", "age", "language"]
    assert all(r.words for r in found.reasons)
    assert (found.fits is True) == all(r.fits is True for r in found.reasons)


@given(st.lists(invented, max_size=6), SEXES, AGES, LANGUAGES, st.sampled_from(["01", "12"]))
def test_what_suits_comes_first_then_what_is_made_for_them_then_what_is_near(
    many, sex, age, language, at
):
    for key, one in enumerate(many):
        one.pk = key
    needs = Needs(sex=sex, age=age, language=language, province_code=at)
    found = match(needs, many)
    ranks = [(-RANK[f.fits], not is_made_for(f.service, needs), not f.same_province) for f in found]
    assert ranks == sorted(ranks)
    assert [*found] == found.can_be_asked + found.unsuitable


@given(st.lists(invented, min_size=8, max_size=20), SEXES, AGES)
def test_the_first_few_are_the_first_of_all_whatever_the_order_they_are_read_in(many, sex, age):
    for key, one in enumerate(many):
        one.pk = key
    needs = Needs(sex=sex, age=age, province_code="12")
    every, few = match(needs, many), match(needs, many[::-1], most=1)
    assert [f.service.pk for f in few.can_be_asked] == [
        f.service.pk for f in every.can_be_asked[:1]
    ]
    assert [f.service.pk for f in few.unsuitable] == [f.service.pk for f in every.unsuitable[:1]]
    assert few.more == len(many) - len([*few])
    assert (few.would_take, few.barriers) == (every.would_take, every.barriers)


def test_stale_planned_and_closed_entries_are_counted_and_not_shown(db):
    shown = service()
    service(confirmed_at=NOW - timedelta(days=14))
    service(is_open=False)
    service(agency(AgencyKind.PROVIDER, is_active=False))
    service(need="health")
    needs = Needs(sex="female", age=20, language="km", province_code="12")
    found = queries.suitable("shelter", needs, now=NOW)
    assert [f.service.pk for f in found] == [shown.pk]
    assert queries.not_shown(now=NOW, need="shelter") == queries.NotShown(stale=1, planned=1)


def test_a_provider_confirms_its_own_places(db, acting):
    house = service(free=2, total=5)
    helper = provider(house)
    acting(helper)
    at = NOW + timedelta(days=1)
    services.confirm_places(house, 4, by=helper, at=at)
    house.refresh_from_db()
    assert (house.places_free, house.confirmed_at) == (4, at)


@pytest.mark.parametrize("free", [-1, 6])
def test_no_more_places_are_free_than_there_are(db, acting, free):
    house = service(free=2, total=5)
    helper = provider(house)
    with pytest.raises(errors.MorePlacesThanThere):
        services.confirm_places(house, free, by=helper, at=NOW)


def test_places_held_for_somebody_are_not_promised_again(db, acting):
    house = service(free=2, total=2)
    asked(house)
    helper = provider(house)
    acting(helper)
    with pytest.raises(errors.MorePlacesThanThere):
        services.confirm_places(house, 2, by=helper, at=NOW)
    assert services.confirm_places(house, 1, by=helper, at=NOW).places_free == 1


def test_places_that_are_counted_need_a_number_and_others_have_none(db, acting):
    house, clinic = service(free=2), service(free=None, total=None)
    with pytest.raises(errors.PlacesNotCounted):
        services.confirm_places(house, None, by=provider(house), at=NOW)
    with pytest.raises(errors.PlacesNotCounted):
        services.confirm_places(clinic, 3, by=provider(clinic), at=NOW)
    assert services.confirm_places(clinic, None, by=provider(clinic), at=NOW).confirmed_at == NOW


def test_nobody_speaks_for_another_agencys_places(db, acting):
    house = service()
    with pytest.raises(errors.NotYourService):
        services.confirm_places(house, 1, by=provider(service()), at=NOW)
    with pytest.raises(NotYourRole):
        services.confirm_places(house, 1, by=officer(at=house.agency), at=NOW)


@pytest.mark.parametrize("reader", ["en", "km"])
def test_a_language_has_one_name_wherever_it_is_read_and_none_is_told_by_its_code(reader):
    with translation.override(reader):
        for code, name in SPOKEN.items():
            assert language_name(code) == str(name) != code
