"""Accounts are given and closed by an administrator, never by oneself."""

import pytest

from mekhala.safeguards.access import accounts, policies, queries, services
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, officer


@pytest.fixture
def administrator(db):
    return officer(Role.ADMINISTRATOR, at=agency(AgencyKind.NATIONAL_COMMITTEE))


def test_a_new_officer_signs_in_with_the_password_shown_once(administrator):
    made, password = accounts.add_officer(
        username="post-7", shown_as="Post 7", agency=agency(), role=Role.FIRST_RESPONDER,
        by=administrator, at=NOW,
    )  # fmt: skip
    assert made.check_password(password)


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_only_administrators_touch_accounts(db, role):
    by, other = officer(role), officer()
    for act in (accounts.give_new_password, accounts.close_account, accounts.open_account):
        with pytest.raises(NotYourRole):
            act(other, by=by, at=NOW)


def test_nobody_changes_their_own_account(administrator):
    for act in (accounts.give_new_password, accounts.close_account, accounts.open_account):
        with pytest.raises(policies.OwnAccount):
            act(administrator, by=administrator, at=NOW)


def test_a_role_must_fit_the_agency(administrator):
    with pytest.raises(policies.RoleDoesNotFit):
        accounts.add_officer(
            username="post-8", shown_as="Post 8", agency=agency(AgencyKind.POLICE),
            role=Role.AUTHORITY, by=administrator, at=NOW,
        )  # fmt: skip


def test_a_user_name_is_given_once(administrator):
    taken = officer()
    with pytest.raises(policies.NameTaken):
        accounts.add_officer(
            username=taken.username, shown_as="x", agency=agency(), role=Role.FIRST_RESPONDER,
            by=administrator, at=NOW,
        )  # fmt: skip


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


def test_the_office_pages_add_list_and_close(administrator, client):
    body, other = agency(), officer()
    client.force_login(administrator)
    made = client.post(
        "/office/officers/new/",
        {"username": "post-9", "shown_as": "Post 9", "agency": body.pk, "role": "first_responder"},
    )
    assert b"shown this once" in made.content
    assert b"post-9" in client.get("/office/officers/").content
    client.post(f"/office/officers/{other.pk}/", {"act": "close"})
    other.refresh_from_db()
    assert not other.is_active
