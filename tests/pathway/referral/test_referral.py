"""Asking for a place, answering, and whose yes it takes."""

from datetime import timedelta

import pytest

from mekhala.pathway.directory.models import Service
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral import errors, services
from mekhala.pathway.referral.models import Referral, ReferralStatus, UnmetNeed
from mekhala.pathway.referral.policies import MOVES
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.consent.models import Answer
from tests.builders import NOW, case, officer
from tests.builders_help import asked, provider, service, yes
from tests.log import Entry

LATER = NOW + timedelta(hours=3)


def places(of):
    of.refresh_from_db()
    return of.places_free, of.places_held


def test_a_place_is_held_from_the_moment_it_is_asked_for(db, acting):
    house = service(free=2)
    kept = asked(house)
    assert (kept.status, kept.hold_until) == ("asked", NOW + timedelta(hours=24))
    assert places(house) == (1, 1)
    assert Entry.objects.filter(act="referral.asked", subject=kept.case_id).count() == 1


def test_without_her_yes_nobody_is_asked(db, acting):
    me, house = officer(), service()
    made = case(me)
    acting(me)
    with pytest.raises(errors.ConsentMissing):
        services.ask(case=made, service=house, need="shelter", by=me, at=NOW)
    assert places(house) == (2, 0)


@pytest.mark.parametrize("later", [Answer.REFUSED, Answer.WITHDRAWN])
def test_a_later_no_undoes_a_yes(db, acting, later):
    me, house = officer(), service()
    made = case(me)
    yes(made, house, by=me)
    yes(made, house, by=me, answer=later, at=NOW + timedelta(minutes=1))
    acting(me)
    with pytest.raises(errors.ConsentMissing):
        services.ask(case=made, service=house, need="shelter", by=me, at=LATER)


def test_a_yes_for_one_agency_is_no_yes_for_another(db, acting):
    me, house, other = officer(), service(), service()
    made = case(me)
    yes(made, other, by=me)
    acting(me)
    with pytest.raises(errors.ConsentMissing):
        services.ask(case=made, service=house, need="shelter", by=me, at=NOW)


def test_the_loser_of_the_last_place_hears_what_to_ask_next(db, acting):
    me, house, next_door = officer(), service(free=1), service(free=3)
    made = case(me)
    yes(made, house, by=me)
    asked(house)
    acting(me)
    with pytest.raises(errors.NoPlaceLeft, match="1 other service can be asked now") as refusal:
        services.ask(case=made, service=house, need="shelter", by=me, at=NOW)
    assert [f.service.pk for f in refusal.value.others] == [next_door.pk]
    assert not Referral.objects.filter(case=made).exists()


def test_a_service_that_is_only_planned_has_no_place(db, acting):
    me, house = officer(), service(free=5, is_open=False)
    made = case(me)
    yes(made, house, by=me)
    acting(me)
    with pytest.raises(errors.NoPlaceLeft):
        services.ask(case=made, service=house, need="shelter", by=me, at=NOW)


def test_a_service_without_counted_places_always_has_one(db, acting):
    clinic = service(free=None, total=None, need="health")
    asked(clinic)
    kept = asked(clinic)
    assert places(clinic) == (None, 2)
    helper = provider(clinic)
    acting(helper)
    services.decline(kept, "not_suitable", by=helper, at=LATER)
    assert places(clinic) == (None, 1)


def test_a_service_that_does_not_take_the_person_is_not_asked(db, acting):
    me, house = officer(), service(takes_sexes=["male"])
    made = case(me, sex="female")
    yes(made, house, by=me)
    acting(me)
    with pytest.raises(errors.DoesNotSuit):
        services.ask(case=made, service=house, need="shelter", by=me, at=NOW)


@pytest.mark.parametrize("known", [{"sex": "unknown"}, {"age": 15, "age_certainty": "disputed"}])
def test_what_is_not_known_keeps_nobody_from_asking(db, acting, known):
    house = service(takes_sexes=["male"], youngest=18, oldest=99)
    assert asked(house, **({"sex": "male", "age": None} | known)).status == "asked"


def test_a_service_for_another_need_is_not_asked(db, acting):
    me, house = officer(), service()
    made = case(me)
    acting(me)
    with pytest.raises(errors.AnswersAnotherNeed):
        services.ask(case=made, service=house, need="health", by=me, at=NOW)


def test_the_same_service_is_asked_once_and_the_second_place_comes_back(db, acting):
    house = service(free=3)
    kept = asked(house)
    with pytest.raises(errors.AlreadyAsked):
        services.ask(case=kept.case, service=house, need="shelter", by=kept.asked_by, at=LATER)
    assert places(house) == (2, 1)


@pytest.mark.parametrize("role", [Role.JUSTICE, Role.STATISTICIAN, Role.ADMINISTRATOR])
def test_roles_that_do_not_arrange_help_do_not_ask(db, acting, role):
    me, house = officer(role), service()
    made = case(me)
    acting(me)
    with pytest.raises(NotYourRole):
        services.ask(case=made, service=house, need="shelter", by=me, at=NOW)


def test_who_has_no_grant_hears_that_there_is_nothing(db, acting):
    stranger, house = officer(), service()
    made = case(officer())
    acting(stranger)
    with pytest.raises(NotOpenToYou):
        services.ask(case=made, service=house, need="shelter", by=stranger, at=NOW)


def test_before_acceptance_the_service_sees_the_least_and_no_case(db, acting):
    house = service()
    asked(house, age=19, language="th")
    acting(provider(house))
    seen = Referral.objects.get()
    assert (seen.age_band, seen.sex, seen.language) == ("18-29", "female", "th")
    assert not Case.objects.exists()


def test_an_age_that_is_disputed_is_told_as_not_known(db, acting):
    assert asked(service(), age=16, age_certainty="disputed").age_band == "unknown"


def test_another_agency_sees_nothing_of_the_request(db, acting):
    asked(service())
    acting(provider(service()))
    assert not Referral.objects.exists()


def test_acceptance_opens_the_case_to_that_officer_for_support(db, acting):
    house = service()
    kept, helper, colleague = asked(house), provider(house), provider(house)
    acting(helper)
    services.accept(Referral.objects.get(pk=kept.pk), by=helper, at=LATER)
    assert Case.objects.get().number == kept.case_id
    assert helper.grants.get().purpose == Purpose.SUPPORT
    assert places(house) == (1, 1)
    acting(colleague)
    assert not Case.objects.exists()


def test_a_yes_taken_back_meanwhile_stops_the_acceptance(db, acting):
    house = service()
    kept, helper = asked(house), provider(house)
    yes(kept.case, house, by=kept.asked_by, answer=Answer.WITHDRAWN, at=NOW + timedelta(hours=1))
    acting(helper)
    with pytest.raises(errors.ConsentMissing):
        services.accept(kept, by=helper, at=LATER)
    assert not Referral.objects.exists()  # the agency sees no more of it
    assert not Case.objects.exists()
    acting(kept.asked_by)
    assert Referral.objects.get().status == "withdrawn"


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_only_the_agency_that_was_asked_answers(db, acting, answer):
    house = service()
    kept, other = asked(house), provider(service())
    arguments = {"reason": "full"} if answer == "decline" else {}
    acting(other)
    with pytest.raises(errors.NotYourReferral):
        getattr(services, answer)(kept, by=other, at=LATER, **arguments)
    with pytest.raises(NotYourRole):
        getattr(services, answer)(kept, by=officer(at=house.agency), at=LATER, **arguments)


def test_declining_gives_the_place_back_and_needs_a_coded_reason(db, acting):
    house = service()
    kept, helper = asked(house), provider(house)
    acting(helper)
    with pytest.raises(errors.ReasonMissing):
        services.decline(kept, "", by=helper, at=LATER)
    services.decline(kept, "not_safe", by=helper, at=LATER)
    assert (kept.status, kept.decline_reason) == ("declined", "not_safe")
    assert places(house) == (2, 0)


def test_of_two_answers_the_first_counts(db, acting):
    house = service()
    kept, helper = asked(house), provider(house)
    acting(helper)
    twice = Referral.objects.get(pk=kept.pk)
    services.decline(kept, "full", by=helper, at=LATER)
    with pytest.raises(errors.MoveNotAllowed):
        services.accept(twice, by=helper, at=LATER)
    assert places(house) == (2, 0)


def test_an_end_gives_the_place_back_once(db, acting):
    house = service()
    kept, helper = asked(house), provider(house)
    acting(helper)
    services.accept(kept, by=helper, at=LATER)
    services.end(kept, by=helper, at=LATER)
    assert places(house) == (2, 0)
    with pytest.raises(errors.MoveNotAllowed):
        services.end(kept, by=helper, at=LATER)
    assert places(house) == (2, 0)


def test_who_asked_may_take_the_request_back_and_a_stranger_may_not(db, acting):
    house = service()
    kept, stranger = asked(house), officer()
    acting(stranger)
    with pytest.raises(NotOpenToYou):
        services.end(kept, by=stranger, at=LATER)
    acting(kept.asked_by)
    services.end(kept, by=kept.asked_by, at=LATER)
    assert (kept.status, places(house)) == ("ended", (2, 0))


def test_requests_lapse_after_a_day_and_their_places_come_back(db, acting):
    house = service(free=3)
    early, accepted = asked(house), asked(house)
    helper = provider(house)
    acting(helper)
    services.accept(accepted, by=helper, at=LATER)
    acting(None)
    assert services.expire_overdue(NOW + timedelta(hours=23)) == 0
    assert services.expire_overdue(NOW + timedelta(hours=24)) == 1
    assert services.expire_overdue(NOW + timedelta(hours=25)) == 0
    acting(helper)
    early.refresh_from_db()
    accepted.refresh_from_db()
    assert (early.status, accepted.status, places(house)) == ("expired", "accepted", (2, 1))
    assert Entry.objects.filter(act="referral.expired", subject=early.case_id, by=None).exists()


def test_after_letting_requests_lapse_nobody_sees_more_than_before(db, acting):
    asked(service())
    acting(None)
    services.expire_overdue(NOW + timedelta(hours=30))
    assert not Referral.objects.exists()


def test_a_referral_taken_over_from_paper_gives_back_no_place_that_was_never_held(db, acting):
    house, me = service(free=2), officer()
    made = case(me)
    yes(made, house, by=me)
    acting(me)
    paper = Referral.objects.create(
        case=made, service=house, need="shelter", status="accepted", asked_by=me, asked_at=NOW,
        hold_until=NOW,
    )  # fmt: skip
    services.end(paper, by=me, at=LATER)
    assert places(house) == (2, 0)


def test_unmet_need_is_counted_and_names_no_case(db, acting):
    me = officer()
    acting(me)
    services.record_unmet_need(
        need="shelter", sex="male", age_band="18-29", province_code="12", reason="nobody_takes",
        by=me, at=NOW,
    )  # fmt: skip
    assert UnmetNeed.objects.get().recorded_on == NOW.date()
    assert not [f for f in UnmetNeed._meta.get_fields() if f.is_relation]
    entry = Entry.objects.get(act="referral.need_unmet")
    assert (entry.subject, entry.details) == ("shelter", {})


def test_every_status_has_its_row_in_the_table_of_moves():
    assert set(MOVES) == set(ReferralStatus)
    assert all(to in MOVES for tos in MOVES.values() for to in tos)


def test_the_database_keeps_free_and_held_places_within_the_total(db):
    from django.db import IntegrityError, transaction

    house = service(free=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=house.pk).update(places_held=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=house.pk).update(places_free=-1)
