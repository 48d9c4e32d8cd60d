"""A service is entered by the register, shown once its provider confirms, and retired."""

from datetime import date

import pytest

from mekhala.pathway.directory import errors, queries, services
from mekhala.pathway.directory.inspecting import register_provider
from mekhala.pathway.directory.models import Service
from mekhala.pathway.directory.needs import Needs
from mekhala.pathway.directory.registering import (
    change_service,
    register_service,
    retire_service,
)
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, officer
from tests.builders_help import asked, provider, service

HOUSE = {
    "name": "House R", "need": "shelter", "takes_sexes": ["male"], "youngest": 18, "oldest": 60,
    "province_code": "12", "places_total": 4, "languages": ["km"],
}  # fmt: skip


def shown(need="shelter"):
    return [fit.service.pk for fit in queries.suitable(need, Needs(), now=NOW)]


def test_a_service_is_shown_only_after_its_provider_has_confirmed_its_places(db, acting):
    run_by, registrar = agency(AgencyKind.PROVIDER), officer(Role.REGISTRAR)
    acting(registrar)
    house = register_service(run_by, HOUSE, by=registrar, at=NOW)
    assert (house.confirmed_at, house.places_free, shown()) == (None, 0, [])
    assert queries.not_shown(now=NOW, need="shelter").stale == 1
    assert list(queries.to_confirm(run_by.pk, now=NOW)) == [house]
    assert list(queries.gone_quiet(now=NOW)) == [house]
    helper = provider(house)
    acting(helper)
    services.confirm_places(house, 3, by=helper, at=NOW)
    assert shown() == [house.pk]


def test_neither_the_provider_nor_another_role_enters_a_service(db, acting):
    house = service()
    for who in (provider(house), officer(), officer(Role.JUSTICE)):
        with pytest.raises(NotYourRole):
            register_service(house.agency, HOUSE, by=who, at=NOW)
        with pytest.raises(NotYourRole):
            retire_service(house, by=who, at=NOW)
    with pytest.raises(errors.NotAProvider):
        register_service(agency(), HOUSE, by=officer(Role.REGISTRAR), at=NOW)
    assert list(Service.objects.all()) == [house]


def test_the_number_of_a_provider_is_noted_by_who_keeps_the_register(db, acting):
    house, registrar = service(), officer(Role.AUTHORITY)
    acting(registrar)
    noted = {"number": "M-7", "registered_on": date(2020, 1, 2), "at": NOW}
    register_provider(house.agency, by=registrar, **noted)
    kept = queries.registrations([house.agency_id])[house.agency_id]
    assert (kept.number, kept.noted_by) == ("M-7", registrar)
    with pytest.raises(NotYourRole):
        register_provider(house.agency, by=provider(house), **noted)


def test_a_change_keeps_what_is_held_and_refuses_less_than_that(db, acting):
    house = service(free=3)
    asked(house)
    registrar = officer(Role.REGISTRAR)
    acting(registrar)
    with pytest.raises(errors.StillHolds):
        change_service(house, {"places_total": 0}, by=registrar, at=NOW)
    with pytest.raises(errors.AgesDoNotFit):
        change_service(house, {"youngest": 30, "oldest": 20}, by=registrar, at=NOW)
    kept = change_service(house, {"places_total": 2, "name": "House B"}, by=registrar, at=NOW)
    assert (kept.name, kept.places_held, kept.places_free) == ("House B", 1, 1)


def test_a_retired_service_is_offered_no_more_and_not_while_it_holds_somebody(db, acting):
    house, other, registrar = service(), service(), officer(Role.REGISTRAR)
    asked(house)
    acting(registrar)
    with pytest.raises(errors.StillHolds):
        retire_service(house, by=registrar, at=NOW)
    retire_service(other, by=registrar, at=NOW)
    assert shown() == [house.pk]
    assert queries.not_shown(now=NOW, need="shelter").planned == 0
    with pytest.raises(errors.Retired):
        retire_service(other, by=registrar, at=NOW)
    with pytest.raises(errors.Retired):
        change_service(other, {"is_open": True}, by=registrar, at=NOW)


def test_a_short_stay_house_is_listed_as_a_kind_of_its_own(db, acting):
    short, other = service(name="Some nights", stay="short"), service(name="Months", stay="long")
    unsaid = service(name="Nobody has said")
    assert list(queries.offered(now=NOW, stay="short")) == [short]
    assert set(queries.offered(now=NOW)) == {short, other, unsaid}
    planned = service(stay="short", is_open=False)
    assert queries.not_shown(now=NOW, stay="short").planned == 1
    assert planned not in queries.offered(now=NOW, stay="short")


def test_the_match_tells_short_from_long_and_of_what_nobody_said_it_asks(db):
    short, long, unsaid = (service(name=f"House {s}", stay=s) for s in ("short", "long", ""))
    fits = {f.service.pk: f for f in queries.suitable("shelter", Needs(stay="long"), now=NOW)}
    told = {pk: fit.answers["stay"] for pk, fit in fits.items()}
    assert told == {short.pk: False, long.pk: True, unsaid.pk: None}
    assert fits[short.pk].takes is not False  # a short stay is not a house that does not take her
    assert "not known. Ask." in " ".join(r.words for r in fits[unsaid.pk].to_ask)
    assert [f.service.stay for f in fits.values()].count("") == 1


@pytest.mark.parametrize("need", ["shelter", "health"])
def test_no_length_is_compared_unless_a_place_to_stay_is_looked_for(db, need):
    service(need=need)
    asked = Needs(stay="short") if need != "shelter" else Needs()
    [found] = queries.suitable(need, asked, now=NOW)
    assert "stay" not in found.answers


def test_a_length_of_stay_is_said_of_a_place_to_stay_only(db, acting):
    run_by, registrar = agency(AgencyKind.PROVIDER), officer(Role.REGISTRAR)
    acting(registrar)
    with pytest.raises(errors.NoPlaceToStay):
        register_service(run_by, HOUSE | {"need": "health", "stay": "short"}, by=registrar, at=NOW)
    house = register_service(run_by, HOUSE | {"stay": "short"}, by=registrar, at=NOW)
    with pytest.raises(errors.NoPlaceToStay):
        change_service(house, {"need": "health"}, by=registrar, at=NOW)
