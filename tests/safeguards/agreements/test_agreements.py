"""A feed runs under an agreement in force, and stops with it."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from mekhala.population.linkage import services as linkage
from mekhala.safeguards.access import services as access
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.agreements import errors, queries, services
from mekhala.safeguards.agreements.models import Agreement, DataOwner, Feed, LeadBody
from mekhala.safeguards.four_eyes import services as four_eyes
from mekhala.safeguards.notices.models import Notice
from tests.builders import NOW, agency, officer
from tests.builders_agreements import agreement
from tests.builders_foureyes import ONE_DEVICE, TWO_DEVICE, WHY, two_administrators
from tests.builders_population import csv_list, person, statistician
from tests.days import today
from tests.sessions import sign_in

TODAY = NOW.date()


def browser(who):
    """Return a browser of its own in which ``who`` has just signed in and seen a page."""
    client = sign_in(Client(), who)
    client.get("/second-signatures/")
    return client


def _take(source, by):
    return linkage.take_list(csv_list(source, [person(1)]), "x.csv", source, by=by, at=NOW)


def _runs(one, *, days=0):
    found = queries.in_force(Feed.AGENCY_LIST, on=TODAY + timedelta(days=days))
    return found.filter(pk=one.pk).exists()


def test_an_agreement_runs_from_its_first_day_to_its_last_and_is_not_renewed(db):
    one = agreement(agency(), from_on=TODAY, until_on=TODAY + timedelta(days=10))
    assert [_runs(one, days=d) for d in (-1, 0, 10, 11)] == [False, True, True, False]


def test_it_ends_when_another_body_leads(db, acting):
    one, two = agreement(agency()), two_administrators()
    assert _runs(one)
    _lead_named(agency(AgencyKind.NATIONAL_COMMITTEE), two, acting)
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


def test_the_body_that_leads_is_named_on_a_page_by_two_agencies(db):
    one, other = (browser(who) for who in two_administrators())
    asked = one.post("/agreements/lead/", {"agency": agency().pk, "because": WHY})
    assert not LeadBody.objects.exists()
    other.post(asked.headers["Location"], {"answer": "agree"})
    assert LeadBody.objects.count() == 1


def test_one_officer_alone_names_no_leading_body_past_the_rules(db, acting):
    by = officer(Role.ADMINISTRATOR)
    acting(by)
    with pytest.raises(ProgrammingError, match="two signatures"):
        services.name_lead_body(agency(), by=by, at=NOW)


def _entered(by, **more):
    fits = {
        "agency": agency(), "feeds": ["agency_list"], "elements": ["open"], "purpose": "counting",
        "breach": "ends", "from_on": TODAY, "until_on": TODAY + timedelta(days=365),
        "signed_reference": "Invented 9",
    }  # fmt: skip
    return services.enter(**fits | more, by=by, at=NOW)


def _says(said, one, by, acting):
    acting(by)
    return services.answer(one, said=said, reference="Letter 1", by=by, at=NOW)


def test_what_a_body_outside_asks_for_stands_once_every_owner_said_yes_in_writing(db, acting):
    by, owners = officer(Role.STATISTICIAN), [agency(), agency()]
    acting(by)
    one = _entered(by, agency=by.agency, body="An invented university", owners=owners)
    assert not _runs(one)
    _says("yes", one, officer(at=owners[0]), acting)
    assert not _runs(one)
    _says("yes", one, officer(at=owners[1]), acting)
    assert _runs(one)


def test_one_no_of_an_owner_and_it_never_stands(db, acting):
    by = officer(Role.STATISTICIAN)
    acting(by)
    one = _entered(by, other=by.agency)
    _says("no", one, officer(at=one.agency), acting)
    assert not _runs(one)
    with pytest.raises(errors.AnsweredBefore):
        _says("yes", one, officer(at=one.agency), acting)


def test_nobody_answers_for_an_agency_that_is_not_asked_or_without_a_letter(db, acting):
    by = officer(Role.STATISTICIAN)
    acting(by)
    one = _entered(by, other=by.agency)
    with pytest.raises(errors.AnsweredBefore):
        _says("yes", one, officer(), acting)
    with pytest.raises(errors.NothingInWriting):
        services.answer(one, said="yes", reference=" ", by=officer(at=one.agency), at=NOW)


def test_an_agreement_about_which_only_ones_own_agency_is_asked_is_not_entered(db, acting):
    by = officer(Role.STATISTICIAN)
    acting(by)
    with pytest.raises(errors.OneAgencyAlone):
        _entered(by, agency=by.agency, body="An invented university")


def test_the_database_lets_nobody_answer_for_another_agency_or_twice(db, acting):
    by = officer(Role.STATISTICIAN)
    acting(by)
    one = _entered(by, other=by.agency)
    theirs = DataOwner.objects.filter(agreement=one, agency=one.agency)
    given = {"said": "yes", "reference": "Letter 1", "by": by, "at": NOW}
    with pytest.raises(ProgrammingError, match="for itself"), transaction.atomic():
        theirs.update(**given)
    _says("no", one, officer(at=one.agency), acting)
    with pytest.raises(ProgrammingError, match="once"), transaction.atomic():
        theirs.update(**given)


def test_an_owner_that_is_no_party_stops_it_at_once(db, acting):
    by, owner = officer(Role.STATISTICIAN), agency()
    acting(by)
    one = _entered(by, agency=by.agency, body="An invented university", owners=[owner])
    answered = officer(at=owner)
    _says("yes", one, answered, acting)
    services.suspend(one, reason="security", by=answered, at=NOW)
    assert not _runs(one)


def test_an_owner_answers_on_the_page_and_who_asked_is_told(db, client, acting):
    by = officer(Role.STATISTICIAN)
    acting(by)
    one = _entered(by, other=by.agency, from_on=today(), until_on=today() + timedelta(days=365))
    client.force_login(officer(at=one.agency))
    where = f"/agreements/{one.pk}/"
    assert "Waits for the owners" in client.get("/agreements/").content.decode()
    assert (
        "Give the number" in client.post(where, {"act": "answer", "said": "yes"}).content.decode()
    )
    assert (
        client.post(where, {"act": "answer", "said": "yes", "reference": "L 4"}).status_code == 302
    )
    page = client.get(where).content.decode()
    assert "In force" in page
    assert "L 4" in page
    assert "Give this answer" not in page
    acting(by)
    assert Notice.objects.filter(kind="owner_answered").exists()


def _lead_named(lead, two, acting):
    asked, signing = two
    acting(asked)
    signature = four_eyes.ask(
        "agreements.lead", subject="mechanism", because=WHY, by=asked, at=timezone.now(),
        device=ONE_DEVICE, agency=lead.code,
    )  # fmt: skip
    acting(signing)
    four_eyes.agree(signature, by=signing, at=timezone.now(), device=TWO_DEVICE)
