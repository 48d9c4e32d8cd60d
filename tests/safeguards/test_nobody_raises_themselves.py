"""Nobody changes their own role, agency, grants or state: 200 tries, pages, API and SQL (R-07)."""

import json
import random

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, case, officer, open_to
from tests.builders_foureyes import asked, two_administrators
from tests.sessions import sign_in

TRIES = 200


def _standing(who):
    """Return what an officer may do: role, agency, state, password, and the live grants."""
    become(None)
    row = Officer.objects.filter(pk=who.pk).values_list(
        "username", "shown_as", "role", "agency_id", "is_active", "password"
    )
    become(who.pk)
    with connection.cursor() as cursor:
        cursor.execute("select file_number, purpose, until from access_grant where officer_id = %s"
                       " order by 1, 2", [who.pk])  # fmt: skip
        return list(row), cursor.fetchall(), Officer.objects.count()


def _wanted(draw, world):
    """Return fields nobody asked for, as an attacker adds them to a form or a body."""
    me, place = world["me"], world["place"]
    fields = {
        "role": draw.choice(Role.values), "agency": place.pk, "agency_id": place.pk,
        "is_active": True, "is_superuser": True, "is_staff": True, "groups": [1],
        "officer": {"id": me.pk, "role": "administrator", "agency": place.code},
        "grants": [{"file_number": world["closed"], "purpose": "determination"}],
        "username": me.username, "shown_as": "Head of everything", "by": world["admin"].pk,
        "password": "a password of the attacker", "answered_by": me.pk, "answer": "agree",
        "asked_by": me.pk, "purpose": "determination", "until": "2099-01-01T00:00:00Z",
    }  # fmt: skip
    return {key: fields[key] for key in draw.sample(sorted(fields), draw.randint(3, 9))}


PAGES = [
    "/office/officers/new/", "/office/officers/{me}/", "/office/officers/{me}/move/",
    "/office/officers/{me}/keys/", "/account/keys/", "/account/password/", "/sign-in/",
    "/second-signatures/{asked}/", "/second-signatures/{asked}/half/", "/second-signatures/ask/",
    "/admission/", "/language/setlang/", "/cases/find/", "/cases/{closed}/consent/",
    "/cases/export/", "/cases/{closed}/holds/", "/encounters/new/", "/today/",
    "/account/second-factor/totp/activate/",
]  # fmt: skip
API = [
    "cases", "screen", "assess", "agencies", "officers", "cases/{closed}/consents", "proceedings",
    "cases/{closed}/files", "forms", "claims", "linkage/overlaps", "services/suitable",
    "officers/{me}", "officers/{me}/grants", "unmet-needs",
]  # fmt: skip
SQL = [
    "update access_officer set role = '{role}' where id = {me}",
    "update access_officer set agency_id = {place} where id = {me}",
    "update access_officer set role = '{role}', agency_id = {place}",
    "update access_officer set is_active = not is_active where id = {me}",
    "update access_officer set shown_as = 'Head', username = 'head' where id = {me}",
    "update access_officer set password = 'x' where id = {admin}",
    "delete from access_officer where id = {admin}",
    "insert into access_officer (username, shown_as, agency_id, role, is_active, password)"
    " values ('mine', 'Mine', {place}, '{role}', true, '!x')",
    "insert into access_grant (file_number, officer_id, purpose, granted_by_id, granted_at, until)"
    " values ('{closed}', {me}, '{purpose}', {me}, now(), now() + interval '1 year')",
    "insert into access_grant (file_number, officer_id, purpose, granted_by_id, granted_at, until)"
    " values ('{closed}', {me}, '{purpose}', {admin}, now(), now() + interval '1 year')",
    "update access_grant set until = now() + interval '9 years' where officer_id = {me}",
    "update access_grant set officer_id = {me}",
    "update four_eyes_secondsignature set answer = 'agreed', answered_by_id = {me},"
    " answered_agency_id = {place}, answered_device = repeat('c', 64), answered_at = now()"
    " where id = {asked}",
    "insert into admission_admission (officer_id, made_at, until, first_half, second_half, wrong)"
    " values ({me}, now(), now() + interval '1 day', 'x', 'x', 0)",
    "select access_end_grants_of({admin}, 'x')",
    "drop trigger rules on access_officer",
    "alter table access_officer disable trigger all",
    "set local session_replication_role = replica",
    "set role mekhala_owner",
]  # fmt: skip


def _by_page(draw, world, client):
    extra = _wanted(draw, world) | {"because": "Long enough a reason.", "act": draw.choice(
        ["open", "recover", "close", "password"])}  # fmt: skip
    flat = {k: json.dumps(v) if isinstance(v, dict | list) else v for k, v in extra.items()}
    client.post(_address(draw.choice(PAGES), world), flat)


def _by_api(draw, world, client):
    address = "/api/v1/" + _address(draw.choice(API), world)
    send = draw.choice([client.post, client.put, client.patch])
    send(address, _wanted(draw, world), content_type="application/json")


def _by_sql(draw, world, _client):
    become(world["me"].pk)
    words = _address(draw.choice(SQL), world, draw)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)
    except DatabaseError:
        return


def _address(words, world, draw=random):
    return words.format(
        me=world["me"].pk, admin=world["admin"].pk, place=world["place"].pk,
        closed=world["closed"], asked=world["asked"].pk, role=draw.choice(Role.values),
        purpose=draw.choice(Purpose.values),
    )  # fmt: skip


@pytest.fixture
def world(db):
    """Return an attacker's surroundings: a request that waits, a closed file, other officers."""
    one, _two = two_administrators()
    waiting = asked(one, subject=officer(is_active=False).username)
    return {
        "admin": one, "asked": waiting, "closed": case(officer()).number,
        "place": agency(AgencyKind.NATIONAL_COMMITTEE),
    }  # fmt: skip


@pytest.mark.parametrize("role", [Role.FIRST_RESPONDER, Role.AUTHORITY, Role.ADMINISTRATOR])
def test_no_try_of_two_hundred_changes_what_an_officer_may(world, role):
    me = world["me"] = officer(role)
    open_to(me, case(officer()).number)
    draw, client = random.Random(f"R-07 {role}"), sign_in(Client(), me)
    client.get("/second-signatures/")
    before = _standing(me)
    for number in range(TRIES):
        how = draw.choice([_by_page, _by_api, _by_sql])
        how(draw, world, client)
        assert _standing(me) == before, (number, how.__name__)
        if not client.session.get("_auth_user_id"):
            sign_in(client, me)


def test_with_the_guard_of_the_database_taken_out_one_statement_is_enough(world):
    """The mutant: without its trigger the application's role makes itself administrator."""
    me = officer(Role.FIRST_RESPONDER)
    with connection.cursor() as cursor:
        cursor.execute("select tests.without_guards()")
        become(me.pk)
        cursor.execute("update access_officer set role = 'administrator' where id = %s", [me.pk])
    me.refresh_from_db()
    assert me.role == Role.ADMINISTRATOR


def test_without_a_person_signed_in_nobodys_rights_change_either(world):
    me = officer(Role.FIRST_RESPONDER)
    become(None)
    for change in ({"role": "administrator"}, {"agency": world["place"]}, {"username": "head"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Officer.objects.filter(pk=me.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Officer.objects.create(username="x", shown_as="x", agency=world["place"], role="authority",
                               password="!")  # fmt: skip


def test_another_officers_password_is_only_made_unusable(world):
    me, other = world["admin"], officer()
    become(me.pk)
    for words in ("pbkdf2$1$x$y", "scrypt$known"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Officer.objects.filter(pk=other.pk).update(password=words)
    Officer.objects.filter(pk=other.pk).update(password="!")
    become(None)
    with pytest.raises(DatabaseError), transaction.atomic():  # usable again: by an admission only
        Officer.objects.filter(pk=other.pk).update(password="scrypt$known")
