"""Pages of the register of services and of the days on which a service receives nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.pathway.directory.models import (
    Closure,
    NightPlaces,
    ProviderRegistration,
    Service,
)
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.builders_help import provider, registrar_with_case, service

TOLD = {
    "name": "House R (invented)", "need": "shelter", "province_code": "12", "youngest": "18",
    "oldest": "60", "takes_sexes": ["male"], "takes_transgender": "not_known",
    "takes_families": "no", "step_free": "yes", "places_total": "4", "is_open": "on",
    "languages": ["km"], "made_for": ["labour"],
}  # fmt: skip


@pytest.fixture
def as_officer(client, acting):
    def sign_in(who):
        client.force_login(who)
        acting(who)
        return client

    return sign_in


def test_a_registrar_enters_a_service_changes_and_retires_it(
    as_officer, django_assert_max_num_queries
):
    run_by, client = agency(AgencyKind.PROVIDER), as_officer(officer(Role.REGISTRAR))
    entered = client.post("/services/register/new/", TOLD | {"agency": run_by.pk})
    assert entered.status_code == 302, entered.content.decode()
    kept = Service.objects.get()
    assert (kept.takes_transgender, kept.takes_families, kept.step_free) == (None, False, True)
    assert (kept.places_total, kept.forms, kept.confirmed_at) == (4, ["labour"], None)
    with django_assert_max_num_queries(14):
        page = client.get("/services/register/").content.decode()
    assert "House R (invented)" in page
    assert "Not yet" in page
    shown = client.get(f"/services/{kept.pk}/change/").content.decode()
    assert 'value="not_known"' in shown
    client.post(
        f"/services/{kept.pk}/change/",
        TOLD | {"name": "House S", "places_total": "", "stay": "short"},
    )
    kept.refresh_from_db()
    assert kept.stay == "short"
    Service.objects.update(confirmed_at=timezone.now())
    assert "House S" in client.get("/services/?stay=short").content.decode()
    assert "House S" not in client.get("/services/?stay=long").content.decode()
    assert (kept.name, kept.places_total, kept.places_free) == ("House S", None, None)
    assert client.get(f"/services/{kept.pk}/retire/").status_code == 200
    client.post(f"/services/{kept.pk}/retire/")
    assert "House S" not in client.get("/services/register/").content.decode()


def test_wrong_ages_are_told_at_the_form_and_nothing_is_kept(as_officer):
    run_by, client = agency(AgencyKind.PROVIDER), as_officer(officer(Role.AUTHORITY))
    told = TOLD | {"agency": run_by.pk, "youngest": "61"}
    page = client.post("/services/register/new/", told).content.decode()
    assert "The youngest age must not be above the oldest." in page
    assert not Service.objects.exists()


def test_a_provider_gets_its_number_by_page(as_officer):
    run_by, registrar = agency(AgencyKind.PROVIDER), officer(Role.REGISTRAR)
    client = as_officer(registrar)
    client.post(
        f"/providers/{run_by.pk}/registration/", {"number": "M-7", "registered_on": "2020-01-02"}
    )
    kept = ProviderRegistration.objects.get()
    assert (kept.agency, kept.number, kept.noted_by) == (run_by, "M-7", registrar)
    assert "M-7" in client.get("/services/register/").content.decode()
    assert client.get(f"/providers/{registrar.agency_id}/registration/").status_code == 404


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.FIRST_RESPONDER, Role.JUSTICE])
def test_the_register_is_not_there_for_other_roles(as_officer, role):
    house, client = service(), as_officer(officer(role))
    pages = ["services/register/", "services/register/new/", f"services/{house.pk}/change/"]
    pages += [f"services/{house.pk}/retire/", f"providers/{house.agency_id}/registration/"]
    assert {client.get(f"/{page}").status_code for page in pages} == {404}


def test_a_provider_says_when_nobody_is_received_and_the_match_tells(as_officer):
    now = timezone.now()
    house = service(confirmed_at=now - timedelta(hours=1))
    client = as_officer(provider(house))
    opening = f"/our/services/{house.pk}/opening/"
    told = {"opens_at": "18:00", "closes_at": "08:00", "closed_days": []}
    assert client.post(opening, told).status_code == 302
    today = timezone.localdate(now)
    days = {"first_on": today.isoformat(), "last_on": today.isoformat()}
    assert client.post(f"/our/services/{house.pk}/closures/", days).status_code == 302
    [closure] = Closure.objects.all()
    assert "Closed until" in client.get("/our/services/").content.decode()
    registrar, made = registrar_with_case(sex="female", age=24)
    as_officer(registrar)
    page = client.post(f"/cases/{made.number}/match/", {"need": "shelter"}).content.decode()
    assert "Closed that night, until" in page
    later = {"need": "shelter", "night": (today + timedelta(days=1)).isoformat()}
    assert (
        "Closed that night"
        not in client.post(f"/cases/{made.number}/match/", later).content.decode()
    )
    as_officer(provider(house))
    client.post(f"/our/closures/{closure.pk}/take-back/")
    assert not Closure.objects.exists()


def test_nobody_takes_back_the_closure_of_another_house(as_officer):
    house, other = service(), service()
    today = timezone.localdate()
    helper = provider(house)
    closure = Closure.objects.create(
        service=house, first_on=today, last_on=today, noted_by=helper, noted_at=timezone.now()
    )
    client = as_officer(provider(other))
    assert client.post(f"/our/closures/{closure.pk}/take-back/").status_code == 404
    assert client.get(f"/our/services/{house.pk}/opening/").status_code == 404
    assert Closure.objects.exists()


def test_a_provider_says_that_some_nights_have_fewer_places_and_takes_it_back(as_officer):
    house = service(free=2, confirmed_at=timezone.now())
    client, at = as_officer(provider(house)), f"/our/services/{house.pk}/nights/"
    assert "No night has fewer places than usual." in client.get(at).content.decode()
    today = timezone.localdate()
    told = {"places": "0", "from_night": today, "to_night": today, "evenings": []}
    wrong = client.post(at, told | {"places": "3"}).content.decode()
    assert "A night has fewer places than usual, not more." in wrong
    assert client.post(at, told).status_code == 302
    stated = NightPlaces.objects.get()
    assert "given at most on one of these nights" in client.get(at).content.decode()
    assert "Full" in client.get("/our/services/").content.decode()
    stranger = as_officer(provider(service()))
    assert stranger.get(at).status_code == 404
    assert stranger.post(f"/our/nights/{stated.pk}/take-back/").status_code == 404
    client = as_officer(provider(house))
    client.post(f"/our/nights/{stated.pk}/take-back/")
    assert not NightPlaces.objects.exists()
