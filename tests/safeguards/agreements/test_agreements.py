"""A feed runs under an agreement in force, and stops with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.population.linkage import services as linkage
from mekhala.safeguards.access import services as access
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.agreements import errors, queries, services
from mekhala.safeguards.agreements.models import Agreement, Feed, LeadBody
from mekhala.safeguards.notices.models import Notice
from tests.builders import NOW, agency, officer
from tests.builders_agreements import agreement
from tests.builders_population import csv_list, person, statistician

TODAY = NOW.date()


def _take(source, by):
    return linkage.take_list(csv_list(source, [person(1)]), "x.csv", source, by=by, at=NOW)


def _runs(one, *, days=0):
    found = queries.in_force(Feed.AGENCY_LIST, on=TODAY + timedelta(days=days))
    return found.filter(pk=one.pk).exists()


def test_an_agreement_runs_from_its_first_day_to_its_last_and_is_not_renewed(db):
    one = agreement(agency(), from_on=TODAY, until_on=TODAY + timedelta(days=10))
    assert [_runs(one, days=d) for d in (-1, 0, 10, 11)] == [False, True, True, False]


def test_it_ends_when_another_body_leads(db):
    one, by = agreement(agency()), officer(Role.ADMINISTRATOR)
    assert _runs(one)
    services.name_lead_body(agency(AgencyKind.NATIONAL_COMMITTEE), by=by, at=NOW)
    assert not _runs(one)


def test_either_party_stops_it_at_once_and_only_both_let_it_go_on(db):
    one = agreement(agency())
    mine, theirs = officer(at=one.agency), officer(Role.STATISTICIAN, at=one.other)
    services.suspend(one, reason="security", by=mine, at=NOW)
    assert not _runs(one)
    assert services.lift(one, by=mine, at=NOW) is False
    with pytest.raises(errors.NotStopped):
        services.lift(one, by=officer(at=one.agency), at=NOW)  # the same side, once more
    assert not _runs(one)
    assert services.lift(one, by=theirs, at=NOW) is True
    assert _runs(one)


def test_who_is_no_party_neither_stops_it_nor_lets_it_go_on(db):
    one, stranger = agreement(agency()), officer(Role.PROVIDER)
    with pytest.raises(errors.NotAParty):
        services.suspend(one, reason="leak", by=stranger, at=NOW)
    services.suspend(one, reason="leak", by=officer(at=one.agency), at=NOW)
    with pytest.raises(errors.NotAParty):
        services.lift(one, by=stranger, at=NOW)


def test_a_list_of_an_agency_is_taken_only_under_an_agreement(db, acting):
    by, of = statistician(), agency(code="police")
    acting(by)
    with pytest.raises(errors.NoAgreement):
        _take("police", by)
    one = agreement(of)
    assert _take("police", by).records == 1
    services.suspend(one, reason="security", by=officer(at=of), at=NOW)
    with pytest.raises(errors.NoAgreement):
        _take("police", by)


def test_a_list_an_agreement_once_named_is_not_taken_after_its_end(db, acting):
    by = statistician()
    acting(by)
    agreement(agency(), lists=["shelters"], until_on=TODAY - timedelta(days=1))
    with pytest.raises(errors.NoAgreement):
        _take("shelters", by)


def test_a_program_is_refused_in_one_sentence_once_the_agreement_has_ended(db, client):
    who = officer(Role.REGISTRAR)
    token = access.new_token(who, "x", at=timezone.now())

    def ask():
        return client.get("/api/v1/cases", headers={"Authorization": f"Bearer {token}"})

    assert ask().status_code == 403
    assert "sharing agreement" in ask().json()["detail"]
    one = agreement(who.agency)
    assert ask().status_code == 200
    services.suspend(one, reason="security", by=who, at=timezone.now())
    assert ask().status_code == 403


def test_an_agreement_about_lists_does_not_open_the_door_of_programs(db):
    who = officer(Role.REGISTRAR)
    agreement(who.agency, feeds=["agency_list"])
    assert not queries.may_exchange(who.agency, now=NOW)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"until_on": TODAY - timedelta(days=1)}, errors.DaysOutOfOrder),
        ({"until_on": TODAY + timedelta(days=9999)}, errors.DaysOutOfOrder),
        ({"feeds": []}, errors.NothingShared),
        ({"other": None}, errors.SameParty),
    ],
)
def test_what_cannot_be_an_agreement_is_refused(db, told, refusal):
    by = officer(Role.ADMINISTRATOR)
    fits = {
        "agency": agency(), "other": agency(), "feeds": ["exchange"], "elements": ["open"],
        "purpose": "helping", "breach": "ends", "from_on": TODAY,
        "until_on": TODAY + timedelta(days=365), "signed_reference": "1",
    }  # fmt: skip
    with pytest.raises(refusal):
        services.enter(**fits | told, by=by, at=NOW)
    assert services.enter(**fits, by=by, at=NOW).lead_body is None


def test_who_enters_agreements_is_told_once_thirty_days_before_the_end(db, acting):
    one = agreement(agency(), until_on=TODAY + timedelta(days=30))
    agreement(agency(), until_on=TODAY + timedelta(days=31))
    acting(None)
    assert services.tell_of_endings(NOW, on=TODAY) == 1
    assert services.tell_of_endings(NOW, on=TODAY) == 0
    acting(one.entered_by)
    assert Notice.objects.get().details["agreement"] == one.pk


def test_agreements_are_shown_to_who_enters_them_and_to_their_parties(db, client):
    one = agreement(agency())
    for who, there in (
        (officer(Role.ADMINISTRATOR), True), (officer(at=one.agency), True), (officer(), False)
    ):  # fmt: skip
        client.force_login(who)
        assert (one.signed_reference in client.get("/agreements/").content.decode()) == there
        assert client.get(f"/agreements/{one.pk}/").status_code == (200 if there else 404)


def test_an_agreement_is_entered_stopped_and_goes_on_through_the_pages(db, client):
    by, of = officer(Role.STATISTICIAN), agency()
    client.force_login(by)
    told = {
        "agency": of.pk, "other": by.agency.pk, "feeds": ["exchange"], "elements": ["open"],
        "purpose": "helping", "breach": "ends", "from_on": "2026-03-01", "lists": "a, b",
        "until_on": "2027-03-01", "signed_reference": "No. 7",
    }  # fmt: skip
    where = client.post("/agreements/new/", told).headers["Location"]
    assert Agreement.objects.get().lists == ["a", "b"]
    client.post(where, {"act": "stop", "reason": "breach"})
    assert "Stopped" in client.get(where).content.decode()
    client.post(where, {"act": "lift"})
    client.force_login(officer(at=of))
    client.post(where, {"act": "lift"})
    assert queries.stop_of(Agreement.objects.get()) is None


def test_the_body_that_leads_is_named_on_a_page(db, client):
    client.force_login(officer(Role.ADMINISTRATOR))
    assert client.post("/agreements/lead/", {"agency": agency().pk}).status_code == 302
    assert LeadBody.objects.count() == 1
