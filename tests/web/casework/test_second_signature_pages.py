"""Second signatures on pages: two browsers, two administrators, and an officer who is let in."""

import re

import pytest
from django.test import Client

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.safeguards.signing.models import SignIn
from tests import passkeys
from tests.builders import agency, officer
from tests.builders_foureyes import WHY, two_administrators
from tests.builders_reading_quota import as_owner
from tests.sessions import sign_in

OWN = "a sentence only I know"


def browser(who, **more):
    """Return a browser of its own in which ``who`` has just signed in and seen a page."""
    client = sign_in(Client(), who, **more)
    client.get("/second-signatures/")
    return client


@pytest.fixture
def two(db):
    return two_administrators()


def _new(client, body, name="post-9"):
    asked = {
        "username": name, "shown_as": "Post 9", "agency": body.pk, "role": "first_responder",
        "because": WHY,
    }  # fmt: skip
    return client.post("/office/officers/new/", asked)


def _agree(client, address, answer="agree", because=""):
    return client.post(address, {"answer": answer, "because": because})


def _half(client, address):
    page = client.post(f"{address}half/").content.decode()
    return re.search(r"<code[^>]*>([^<]+)</code>", page)[1], page


def _let_in(name, first, second, password=OWN):
    told = {"username": name, "first": first, "second": second, "password": password,
            "again": password}  # fmt: skip
    return Client().post("/admission/", told)


def test_a_new_officer_is_let_in_by_two_halves_and_a_password_of_their_own(two):
    one, other = (browser(who) for who in two)
    address = _new(one, agency()).headers["Location"]
    assert not Officer.objects.filter(username="post-9").exists()
    assert "post-9" in one.get(address).content.decode()
    assert _agree(other, address).status_code == 302
    (first, paper), (second, _other) = _half(one, address), _half(other, address)
    assert "post-9" not in paper.split("<main")[1]
    assert _let_in("post-9", second.lower().replace("-", " "), first).status_code == 302
    client = Client()
    client.post("/sign-in/", {"login": "post-9", "password": OWN})
    assert client.session.get("_auth_user_id")


def test_a_half_is_shown_once_and_only_to_the_administrator_it_belongs_to(two):
    one, other = (browser(who) for who in two)
    third = browser(officer(Role.ADMINISTRATOR, at=agency(AgencyKind.SOCIAL_AFFAIRS)))
    address = _new(one, agency()).headers["Location"]
    _agree(other, address)
    assert third.post(f"{address}half/").status_code == 302  # back to the request, nothing shown
    first, _paper = _half(one, address)
    again = one.post(f"{address}half/", follow=True).content.decode()
    assert first not in again
    assert "shown already" in again
    assert "shown already" not in other.get(address).content.decode()


def test_five_wrong_tries_end_an_admission_and_all_refusals_read_alike(two):
    one, other = (browser(who) for who in two)
    address = _new(one, agency()).headers["Location"]
    _agree(other, address)
    first, second = _half(one, address)[0], _half(other, address)[0]
    wrong = [_let_in("post-9", first, "AAAA-AAAA-AAAA") for _try in range(5)]
    nobody = _let_in("nobody-here", first, second)
    told = re.search(r"These do not fit[^<]+", nobody.content.decode())[0]
    assert all(told in answer.content.decode() for answer in wrong)
    assert told in _let_in("post-9", first, second).content.decode()
    assert Client().get("/admission/").status_code == 200


def test_one_half_twice_lets_nobody_in(two):
    one, other = (browser(who) for who in two)
    address = _new(one, agency()).headers["Location"]
    _agree(other, address)
    first, second = _half(one, address)[0], _half(other, address)[0]
    assert _let_in("post-9", first, first).status_code == 200
    assert _let_in("post-9", second, second).status_code == 200
    assert not Officer.objects.get(username="post-9").has_usable_password()


def test_recovery_ends_sessions_second_factors_tokens_and_devices_at_once(two):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.utils import timezone

    from mekhala.safeguards.access import devices, queries, services

    lost = officer()
    become(lost.pk)
    now = timezone.now()
    token = services.new_token(lost, "x", at=now)
    device, password = devices.issue(lost, "x", at=now)
    TOTP.activate(lost, generate_totp_secret())
    session = sign_in(Client(), lost)
    one, other = (browser(who) for who in two)
    address = one.post(f"/office/officers/{lost.pk}/", {"act": "recover", "because": WHY}).headers[
        "Location"
    ]
    assert session.get("/today/").status_code == 200
    _agree(other, address)
    assert session.get("/today/").status_code == 302
    assert queries.officer_with_token(token, now=timezone.now()) is None
    assert not devices.with_password(device.username, password).is_live
    assert not lost.authenticator_set.exists()
    halves = _half(one, address)[0], _half(other, address)[0]
    assert _let_in(lost.username, *halves).status_code == 302
    lost.refresh_from_db()
    assert lost.check_password(OWN)


def _live(who):
    return SignIn.objects.filter(officer=who, ended_at=None).count()


def _begun(who):
    """Return a browser with a session that stands in the list of sign-ins."""
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140"})
    passkeys.sign_in_alone(client, passkeys.give(who), who)
    assert client.get("/today/").status_code == 200
    assert _live(who) == 1
    return client


def _asked_about(client, who, act):
    asked = client.post(f"/office/officers/{who.pk}/", {"act": act, "because": WHY})
    return asked.headers.get("Location", "")


def test_recovery_ends_the_session_and_says_so_in_the_list_of_sign_ins(two):
    lost = officer()
    old = _begun(lost)
    one, other = (browser(who) for who in two)
    _agree(other, _asked_about(one, lost, "recover"))
    assert old.get("/today/").status_code == 302
    assert _live(lost) == 0
    assert SignIn.objects.get(officer=lost).because == "account"


def test_a_session_of_a_closed_account_is_dead_after_it_is_opened_again(two):
    about = officer()
    old = _begun(about)
    one, other = (browser(who) for who in two)
    _asked_about(one, about, "close")
    assert _live(about) == 0
    _agree(other, _asked_about(one, about, "open"))
    about.refresh_from_db()
    assert about.is_active
    assert old.get("/today/").status_code == 302


def test_a_session_of_an_account_suspended_by_the_database_dies_when_it_is_opened_again(two):
    about = officer()
    old = _begun(about)
    as_owner(f"update access_officer set is_active = false where id = {about.pk}")
    one, other = (browser(who) for who in two)
    _agree(other, _asked_about(one, about, "open"))
    about.refresh_from_db()
    assert about.is_active
    assert old.get("/today/").status_code == 302
    assert _live(about) == 0


def test_without_the_ending_an_old_session_would_live_again(two, monkeypatch):
    """The mutant: the account is closed and opened, nobody ends the session between."""
    about = officer()
    old = _begun(about)
    monkeypatch.setattr("mekhala.safeguards.admission.services.end_sessions", lambda *_a, **_k: 0)
    one, other = (browser(who) for who in two)
    _asked_about(one, about, "close")
    _agree(other, _asked_about(one, about, "open"))
    assert old.get("/today/").status_code == 200


def test_the_page_says_what_exactly_happens_and_a_refusal_needs_a_reason(two):
    one, other = (browser(who) for who in two)
    address = _new(one, agency(name="Border post 7")).headers["Location"]
    page = other.get(address).content.decode()
    for word in ("post-9", "Post 9", "First responder", "Border post 7", WHY):
        assert word in page
    assert "Say why you refuse" in _agree(other, address, "refuse").content.decode()
    _agree(other, address, "refuse", "Nobody announced this officer.")
    become(two[0].pk)
    assert SecondSignature.objects.get().answer == "refused"
    assert "Nobody announced" in one.get(address).content.decode()


def test_the_same_browser_does_not_sign_twice(two):
    shared = browser(two[0])
    address = _new(shared, agency()).headers["Location"]
    sign_in(shared, two[1])  # the cookie of the browser stays
    assert "same browser" in _agree(shared, address).content.decode()
    assert not Officer.objects.filter(username="post-9").exists()


def test_who_signs_has_signed_in_a_moment_ago(two):
    one, other = browser(two[0]), browser(two[1], minutes_ago=16)
    address = _new(one, agency()).headers["Location"]
    answer = _agree(other, address)
    assert answer.headers["Location"].startswith("/account/reauthenticate/")
    assert not Officer.objects.filter(username="post-9").exists()


def test_the_list_and_the_day_show_what_waits_with_its_count(two):
    one, other = (browser(who) for who in two)
    _new(one, agency())
    assert "Second signatures (1)" in other.get("/office/officers/").content.decode()
    assert "A new account" in other.get("/today/").content.decode()
    assert "A new account" not in one.get("/second-signatures/").content.decode()
    assert "A new account" in one.get("/second-signatures/?show=mine").content.decode()


def test_who_asked_takes_it_back_on_the_page(two):
    one, other = (browser(who) for who in two)
    address = _new(one, agency()).headers["Location"]
    one.post(f"{address}take-back/")
    assert "answered or taken back" in _agree(other, address).content.decode()


def test_a_request_of_others_is_absent(two):
    address = _new(browser(two[0]), agency()).headers["Location"]
    stranger = browser(officer(Role.AUTHORITY))
    assert stranger.get(address).status_code == 404
    assert stranger.get("/second-signatures/").status_code == 200


def test_an_officer_sees_and_ends_their_own_tokens_and_an_administrator_any(two):
    from django.utils import timezone

    from mekhala.safeguards.access import devices, services

    mine, stranger = officer(), officer()
    become(mine.pk)
    services.new_token(mine, "Nightly", at=timezone.now())
    devices.issue(mine, "Tablet 3", at=timezone.now())
    token, device = mine.tokens.get(), mine.devices.get()
    page = browser(mine)
    assert "Nightly" in page.get("/account/keys/").content.decode()
    alien = browser(stranger)
    assert alien.post("/account/keys/", {"kind": "token", "key": token.pk}).status_code == 404
    assert alien.get(f"/office/officers/{mine.pk}/keys/").status_code == 404
    page.post("/account/keys/", {"kind": "token", "key": token.pk})
    browser(two[0]).post(f"/office/officers/{mine.pk}/keys/", {"kind": "device", "key": device.pk})
    token.refresh_from_db()
    device.refresh_from_db()
    assert token.revoked_at
    assert device.revoked_at


def test_moving_an_officer_closes_every_file_that_was_open(two):
    from tests.builders import case

    moved, there = officer(), agency(AgencyKind.POLICE)
    opened = case(moved)
    one, other = (browser(who) for who in two)
    asked = {"agency": there.pk, "role": "justice", "because": WHY}
    address = one.post(f"/office/officers/{moved.pk}/move/", asked).headers["Location"]
    _agree(other, address)
    moved.refresh_from_db()
    assert (moved.role, moved.agency_id) == ("justice", there.pk)
    assert sign_in(Client(), moved).get(f"/cases/{opened.number}/").status_code == 404
