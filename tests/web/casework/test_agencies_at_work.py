"""Agencies are let in and closed by two administrators; a token is given out to oneself, once."""

import re

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.models import ApiToken, Officer
from mekhala.safeguards.agencies.models import Agency
from tests.builders import agency, officer
from tests.builders_agreements import agreement
from tests.builders_foureyes import WHY, two_administrators
from tests.sessions import sign_in

KHMER = "ប៉ុស្តិ៍ព្រំដែន ប៉ោយប៉ែត (ប្រឌិត)"
NEW = {
    "code": "post-poipet", "name": "Women's desk, Poipet (invented)", "name_km": KHMER,
    "kind": "border", "province": "01", "because": WHY,
}  # fmt: skip


def browser(who, **more):
    """Return a browser of its own in which ``who`` has just signed in and seen a page."""
    client = sign_in(Client(), who, **more)
    client.get("/second-signatures/")
    return client


@pytest.fixture
def two(db):
    return [browser(who) for who in two_administrators()]


def agreed(two, asked):
    """Let the second administrator agree to what the first asked for."""
    two[1].post(asked.headers["Location"], {"answer": "agree", "because": ""})


def test_an_agency_is_let_in_by_two_and_then_has_officers(two):
    asked = two[0].post("/office/agencies/new/", NEW)
    assert not Agency.objects.filter(code="post-poipet").exists()
    agreed(two, asked)
    made = Agency.objects.get(code="post-poipet")
    assert (made.name, made.name_km, made.kind, made.province_code) == (
        NEW["name"], KHMER, "border", "01"
    )  # fmt: skip
    assert NEW["name"].split(",")[1] in two[0].get("/office/agencies/").content.decode()
    told = {"username": "poipet.1", "shown_as": "Poipet 1", "agency": made.pk,
            "role": "first_responder", "because": WHY}  # fmt: skip
    agreed(two, two[0].post("/office/officers/new/", told))
    assert Officer.objects.get(username="poipet.1").agency == made


def test_a_code_is_given_once_and_a_wrong_one_says_what_is_expected(two):
    agency(code="post-poipet")
    taken = two[0].post("/office/agencies/new/", NEW).content.decode()
    assert "Another agency has this code" in taken
    assert "2 to 40 small letters" in (
        two[0].post("/office/agencies/new/", NEW | {"code": "Poipet!"}).content.decode()
    )


def test_an_agency_is_closed_only_when_nobody_works_there_and_can_be_opened_again(two):
    place = agency()
    who = officer(at=place)
    address = f"/office/agencies/{place.code}/"
    closing = {"act": "close", "because": WHY}
    assert "have open accounts" in two[0].post(address, closing).content.decode()
    two[0].post(f"/office/officers/{who.pk}/", {"act": "close"})
    agreed(two, two[0].post(address, closing))
    place.refresh_from_db()
    assert not place.is_active
    agreed(two, two[0].post(address, {"act": "open", "because": WHY}))
    place.refresh_from_db()
    assert place.is_active


@pytest.mark.parametrize(
    "change",
    [
        lambda: Agency.objects.create(code="alone", name="Alone", kind="police"),
        lambda: Agency.objects.filter(code="there").update(kind="competent_authority"),
        lambda: Agency.objects.filter(code="there").update(is_active=False),
        lambda: Agency.objects.filter(code="there").delete(),
    ],
    ids=["added", "made into another", "closed", "deleted"],
)
def test_an_administrator_alone_changes_no_agency_even_past_the_pages(db, change):
    agency(code="there")
    become(two_administrators()[0].pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_a_token_is_shown_once_works_for_a_program_and_ends(db, client):
    who = officer()
    sign_in(client, who)
    told = "no sharing agreement in force"
    assert told in client.get("/account/keys/new/").content.decode()
    agreement(who.agency)
    assert told not in client.get("/account/keys/new/").content.decode()
    shown = client.post("/account/keys/new/", {"label": "Nightly copy", "days": "7"})
    token = re.search(r"mkt_[\w-]+", shown.content.decode())[0]
    kept = ApiToken.objects.get(officer=who)
    assert (kept.expires_at - kept.created_at).days == 7
    assert token not in client.get("/account/keys/").content.decode()
    with_token = {"headers": {"Authorization": f"Bearer {token}"}}
    assert Client().get("/api/v1/cases", **with_token).status_code == 200
    client.post("/account/keys/", {"kind": "token", "key": kept.pk})
    assert Client().get("/api/v1/cases", **with_token).status_code == 401


def test_a_token_asks_for_a_fresh_sign_in(db, client):
    sign_in(client, officer(), minutes_ago=30)
    asked = client.post("/account/keys/new/", {"label": "Nightly copy", "days": "7"})
    assert asked.status_code == 302
    assert not ApiToken.objects.exists()
