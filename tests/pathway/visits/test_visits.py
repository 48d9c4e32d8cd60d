"""Visits to places: in codes, of one's own organisation, sealed from police, counted."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mekhala.pathway.visits import errors, queries, services
from mekhala.pathway.visits.models import Led, Seen, Visit
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.retention import services as retention
from tests.builders import agency, case, officer, open_to
from tests.builders_justice import AT
from tests.builders_visits import ADDRESS, VISIT, visited
from tests.log import Entry


@pytest.fixture
def team(db):
    who = officer()
    become(who.pk)
    return who


def test_what_was_not_said_of_a_sign_is_not_known(team):
    kept = visited(team)
    assert (kept.seen["minors"], kept.seen["locked_in"], kept.seen["debt"]) == (True, False, None)
    assert kept.seen.keys() == set(Seen.values)


def test_where_it_was_lies_sealed_and_each_look_is_noted(team):
    kept = visited(team)
    with connection.cursor() as cursor:
        cursor.execute("select address from visits_visit")
        assert ADDRESS.encode() not in bytes(cursor.fetchone()[0])
    found = Visit.objects.get()
    assert services.show_address(found, by=team, at=timezone.now()) == ADDRESS
    assert Entry.objects.filter(act="visits.address_shown", subject=kept.number).count() == 1


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"visited_on": (AT + timedelta(days=3)).date()}, errors.DayToCome),
        ({"district_code": "0102"}, errors.NoSuchPlace),
        ({"district_code": "1299"}, errors.NoSuchPlace),
        ({"province_code": "99", "district_code": ""}, errors.NoSuchPlace),
        ({"entry": "refused"}, errors.SawFromOutside),
    ],
)
def test_what_cannot_be_is_refused(team, more, refusal):
    with pytest.raises(refusal):
        visited(team, **more)
    assert not Visit.objects.exists()


def test_who_was_refused_entry_says_nothing_of_what_is_inside(team):
    assert visited(team, entry="refused", seen={}).seen == {}


def test_only_ones_own_organisation_reads_a_visit(team):
    visited(team)
    colleague, stranger = officer(at=team.agency), officer(Role.PROVIDER)
    become(colleague.pk)
    assert Visit.objects.count() == 1
    become(stranger.pk)
    assert not Visit.objects.exists()


@pytest.mark.parametrize("kind", [AgencyKind.POLICE, AgencyKind.BORDER, AgencyKind.COURT])
def test_police_border_and_courts_keep_and_see_none(team, kind):
    visited(team)
    who = officer(at=agency(kind))
    become(who.pk)
    assert not Visit.objects.exists()
    assert queries.counted() == []
    with pytest.raises(NotYourRole):
        visited(who)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Visit.objects.create(
            number="VI-1", agency=who.agency, visited_on=VISIT["visited_on"], kind="brothel",
            province_code="12", visitors=["own_team"], entry="refused", recorded_by=who,
            recorded_at=AT,
        )  # fmt: skip


def test_that_a_visit_led_to_a_case_is_told_with_the_case_only(team):
    opened = case(team)
    become(team.pk)
    kept = visited(team)
    services.put_case(kept, opened, by=team, at=timezone.now())
    assert queries.cases_of(kept) == [opened.number]
    with pytest.raises(errors.LinkedAlready):
        services.put_case(kept, opened, by=team, at=timezone.now())
    become(officer(at=team.agency).pk)
    assert queries.cases_of(Visit.objects.get()) == []
    registrar = officer(Role.REGISTRAR)
    open_to(registrar, opened.number, Purpose.REGISTRATION, by=team)
    become(registrar.pk)
    assert (Led.objects.count(), Visit.objects.count()) == (1, 0)


def test_a_case_that_is_not_open_is_not_put_to_a_visit(team):
    theirs = case(officer())
    become(team.pk)
    with pytest.raises(NotOpenToYou):
        services.put_case(visited(team), theirs, by=team, at=timezone.now())


def test_visits_are_counted_by_province_and_half_year_out_of_those_made(team):
    for nth in range(11):
        visited(team, seen={"minors": nth < 4, "locked_in": None if nth else True})
    visited(team, entry="refused", seen={}, done=[])
    visited(team, visited_on=date(2025, 9, 1), province_code="01", district_code="")
    become(officer(Role.STATISTICIAN).pk)
    first, second = queries.counted()
    assert (first.province, first.half, first.made, first.let_in, first.refused) == (
        "12", "2026-1", 12, 11, 1,
    )  # fmt: skip
    assert first.seen is not None
    assert (first.seen["minors"], first.seen["locked_in"]) == ((4, 11), (1, 1))
    assert first.seen["debt"] == (0, 0)
    assert (second.half, second.made, second.seen, second.led) == ("2025-2", 1, None, None)


def test_the_address_goes_when_its_time_is_over_and_the_count_stays(team):
    then = AT - timedelta(days=1900)
    services.record_visit(by=team, at=then, **VISIT | {"visited_on": then.date()})
    become(None)
    assert retention.sweep("visits", at=timezone.now())
    assert retention.sweep("visits", at=timezone.now()) == 0
    become(team.pk)
    kept = Visit.objects.get()
    assert (kept.district_code, kept.province_code) == ("", "12")
    with connection.cursor() as cursor:
        cursor.execute("select form from identity_datakey where subject = %s", [kept.number])
        assert set(cursor.fetchall()) == {("destroyed",)}


def test_on_the_pages_a_visit_is_kept_shown_and_counted(team, client):
    client.force_login(team)
    assert "No visit has been kept yet" in client.get("/visits/").content.decode()
    told = {"visited_on": "2026-02-03", "kind": "brothel", "province_code": "12",
            "address": ADDRESS, "visitors": ["own_team", "health"], "entry": "part",
            "minors": "yes", "guarded": "unknown", "done": ["hotline"]}  # fmt: skip
    wrong = client.post("/visits/new/", told | {"entry": "refused"}).content.decode()
    assert "Nobody was let in" in wrong
    page = client.post("/visits/new/", told).headers["Location"]
    shown = client.get(page).content.decode()
    assert "Health workers" in shown
    assert ADDRESS not in shown
    opened = case(team)
    assert client.post(page, {"case": opened.number}).status_code == 302
    assert opened.number in client.get(page).content.decode()
    figures = client.get("/visits/figures/").content.decode()
    assert "2026, first half" in figures
    assert "held back" in figures


def test_a_sign_nobody_looked_for_is_not_known_and_never_none_of_none(team, client):
    for _ in range(10):
        visited(team, seen={"minors": True})
    client.force_login(team)
    shown = client.get("/visits/figures/").content.decode()
    assert "10 of 10" in shown
    assert "not known" in shown
    assert "0 of 0" not in shown
