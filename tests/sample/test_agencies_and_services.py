from collections import Counter
from pathlib import Path

import pytest

import mekhala.sample
from mekhala.sample.agencies import KINDS, agencies, agencies_of
from mekhala.sample.places import provinces
from mekhala.sample.services import services, takes

from .conftest import TODAY


@pytest.fixture(scope="module")
def offered():
    return services(7, today=TODAY)


def test_every_agency_says_in_both_languages_that_it_is_invented():
    for agency in agencies():
        assert agency.name_en.endswith("(invented)")
        assert agency.name_km.endswith("(ប្រឌិត)")


def test_every_kind_is_there_and_each_of_25_provinces_has_its_two_offices():
    kinds = Counter(agency.kind for agency in agencies())

    assert set(kinds) == set(KINDS)
    assert len(provinces()) == kinds["social_affairs"] == kinds["police"] == 25
    assert len({agency.code for agency in agencies()}) == len(agencies())


def test_the_competent_authority_has_two_agencies_with_readers_for_every_case():
    boards = agencies_of("competent_authority")

    assert len(boards) == 2
    assert all(board.officers >= 2 for board in boards)


def test_services_belong_to_agencies_and_never_have_more_free_than_places(offered):
    codes = {agency.code for agency in agencies()}

    for service in offered:
        assert service.agency_code in codes
        assert service.age_from <= service.age_to
        assert (service.places_total is None) == (service.places_free is None)
        assert (service.places_free or 0) <= (service.places_total or 0)
        assert service.last_confirmed_on is None or service.last_confirmed_on <= TODAY


def test_some_shelter_takes_men_and_some_takes_transgender_people(offered):
    shelters = [service for service in offered if service.kind == "shelter"]

    assert any("male" in s.sexes and s.age_to >= 18 for s in shelters)
    assert any(s.sexes == ("other",) for s in shelters)


def test_a_search_finds_both_matches_and_unmet_need(country, offered):
    shelters = [service for service in offered if service.kind == "shelter"]
    found = Counter(
        any(takes(s, p, province_code=p.province_code or "12") for s in shelters) for p in country
    )

    assert found[True] > 500
    assert found[False] > 100


def test_an_unknown_age_closes_no_door(country, offered):
    person = next(p for p in country if p.age is None and p.sex == "female" and p.language == "km")
    womens, girls = offered[0], offered[1]

    assert takes(womens, person, province_code="12")
    assert takes(girls, person, province_code="12")


def test_the_same_seed_offers_the_same_places(offered):
    assert services(7, today=TODAY) == offered
    assert services(8, today=TODAY) != offered


def test_nothing_in_the_sample_claims_that_anybody_in_it_is_real():
    folder = Path(mekhala.sample.__file__).parent
    text = " ".join(path.read_text(encoding="utf-8").lower() for path in folder.rglob("*.py"))

    for claim in ("real person", "real people", "real case", "true story", "actual case"):
        assert claim not in text
