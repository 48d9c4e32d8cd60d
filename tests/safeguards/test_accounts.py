"""Accounts are given under two signatures and closed under one, never by oneself (R-07)."""

import pytest
from django.db import DatabaseError, transaction

from mekhala.safeguards.access import accounts, policies, queries, services
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, officer
from tests.builders_foureyes import asked, signed, two_administrators


@pytest.fixture
def administrator(db):
    return officer(Role.ADMINISTRATOR, at=agency(AgencyKind.NATIONAL_COMMITTEE))


def test_an_administrator_alone_adds_nobody_even_past_the_pages(administrator):
    become(administrator.pk)
    with pytest.raises(DatabaseError, match="two signatures"), transaction.atomic():
        accounts.add_officer(
            username="post-7", shown_as="Post 7", agency=agency(), role=Role.FIRST_RESPONDER,
            by=administrator, at=NOW,
        )  # fmt: skip


def test_a_new_officer_cannot_sign_in_until_let_in(db):
    one, two = two_administrators()
    place = agency()
    signed(one, two, "account.new", subject="post-7", shown_as="Post 7", agency=place.code,
           role="first_responder")  # fmt: skip
    made = Officer.objects.get(username="post-7")
    assert (made.role, made.agency_id, made.has_usable_password()) == (
        "first_responder", place.pk, False,
    )  # fmt: skip


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_only_administrators_touch_accounts(db, role):
    by, other = officer(role), officer()
    for act in (accounts.lock_out, accounts.close_account, accounts.open_account):
        with pytest.raises(NotYourRole):
            act(other, by=by, at=NOW)


def test_nobody_changes_their_own_account(administrator):
    for act in (accounts.lock_out, accounts.close_account, accounts.open_account):
        with pytest.raises(policies.OwnAccount):
            act(administrator, by=administrator, at=NOW)


@pytest.mark.parametrize("about", [0, 1])
def test_neither_of_the_two_is_the_one_it_is_about(db, about):
    two = two_administrators()
    with pytest.raises(policies.OwnAccount):
        signed(*two, "account.recover", subject=two[about].username)


def test_a_role_must_fit_the_agency(administrator):
    with pytest.raises(policies.RoleDoesNotFit):
        accounts.add_officer(
            username="post-8", shown_as="Post 8", agency=agency(AgencyKind.POLICE),
            role=Role.AUTHORITY, by=administrator, at=NOW,
        )  # fmt: skip


def test_a_user_name_is_given_once(administrator):
    taken = officer()
    with pytest.raises(policies.NameTaken):
        asked(administrator, "account.new", subject=taken.username, shown_as="x",
              agency=agency().code, role="first_responder")  # fmt: skip


def test_a_closed_account_opens_nothing_from_the_next_request_on(administrator, client):
    about = officer()
    token = services.new_token(about, "x", at=NOW, days=36500)
    client.force_login(about)
    accounts.close_account(about, by=administrator, at=NOW)
    assert client.get("/today/").status_code == 302
    assert queries.officer_with_token(token, now=NOW) is None


def test_the_office_is_not_there_for_others(db, client):
    client.force_login(officer())
    assert client.get("/office/officers/").status_code == 404


def test_the_office_pages_list_and_close(administrator, client):
    other = officer()
    client.force_login(administrator)
    assert other.username.encode() in client.get("/office/officers/").content
    client.post(f"/office/officers/{other.pk}/", {"act": "close"})
    other.refresh_from_db()
    assert not other.is_active
