"""Between asking and the end: holds by the clock, asking back, transfers, arrival, links."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from mekhala.pathway.directory.needs import Child, needs_of
from mekhala.pathway.referral import errors, going_on, outside, queries, services
from mekhala.pathway.referral.errors import NotYourReferral
from mekhala.pathway.referral.models import Referral, ReferralQuestion
from mekhala.safeguards.notices.models import Notice
from tests.builders import NOW, case, officer
from tests.builders_help import asked, provider, service, yes

OVER = NOW + timedelta(hours=24, minutes=1)


def places(of):
    of.refresh_from_db()
    return of.places_free, of.places_held


def test_a_hold_that_is_over_gives_its_place_to_the_next_without_any_job(db, acting):
    house, me = service(free=1), officer()
    first, next_one = asked(house), case(me)
    yes(next_one, house, by=me)
    acting(me)
    with pytest.raises(errors.NoPlaceLeft):
        services.ask(case=next_one, service=house, need="shelter", by=me, at=NOW)
    assert services.ask(case=next_one, service=house, need="shelter", by=me, at=OVER)
    helper = provider(house)
    acting(helper)
    late = Referral.objects.get(pk=first.pk)
    with pytest.raises(errors.PlaceGivenAway):
        services.accept(late, by=helper, at=OVER)
    services.decline(Referral.objects.get(pk=first.pk), "full", by=helper, at=OVER)
    assert places(house) == (0, 1)


def test_a_family_holds_a_place_for_each(db, acting):
    house, me = service(free=2, takes_families=True), officer()
    made = case(me)
    yes(made, house, by=me)
    acting(me)
    two, one = (needs_of(made, children=(Child(),) * n) for n in (2, 1))
    with pytest.raises(errors.NoPlaceLeft):
        services.ask(case=made, service=house, need="shelter", by=me, at=NOW, needs=two)
    services.ask(case=made, service=house, need="shelter", by=me, at=NOW, needs=one)
    assert places(house) == (0, 2)


def test_a_service_asks_back_once_and_hears_yes_no_or_not_known(db, acting):
    house = service()
    kept, helper = asked(house), provider(house)
    acting(helper)
    going_on.ask_back(Referral.objects.get(), "climbs", by=helper, at=NOW)
    with pytest.raises(errors.AskedAlready):
        going_on.ask_back(Referral.objects.get(), "climbs", by=helper, at=NOW)
    acting(kept.asked_by)
    [question] = queries.questions_to(kept.asked_by)
    going_on.tell(question, "unknown", by=kept.asked_by, at=NOW)
    with pytest.raises(errors.NothingToTell):
        going_on.tell(question, "yes", by=kept.asked_by, at=NOW)
    acting(officer())
    assert not ReferralQuestion.objects.exists()


def test_the_old_place_is_kept_until_the_new_one_accepts(db, acting):
    old, new = service(free=1), service(free=1)
    kept, helper, next_helper = asked(old), provider(old), provider(new)
    acting(helper)
    services.accept(kept, by=helper, at=NOW)
    me = kept.asked_by
    yes(kept.case, new, by=me)
    acting(me)
    moved = services.ask(
        case=kept.case,
        service=new,
        need="shelter",
        by=me,
        at=NOW,
        transfer_of=kept,
        urgent="danger",
    )
    assert places(old) == (0, 1)
    acting(next_helper)
    services.accept(moved, by=next_helper, at=NOW)
    acting(me)
    kept.refresh_from_db()
    assert (kept.status, places(old), places(new)) == ("ended", (1, 0), (0, 1))


def test_a_circle_is_shown_open_until_the_person_has_come(db, acting):
    house = service()
    kept, helper = asked(house), provider(house)
    assert [c.state for c in queries.circles([kept])] == ["waits"]
    acting(helper)
    services.accept(kept, by=helper, at=NOW)
    assert [c.state for c in queries.circles([kept])] == ["expected"]
    going_on.note_arrival(kept, by=helper, at=NOW)
    kept.refresh_from_db()
    assert [c.state for c in queries.circles([kept])] == ["closed"]


def test_an_arrival_noted_in_error_is_taken_back_and_the_circle_is_open_again(db, acting):
    house = service()
    kept, helper = asked(house), provider(house)
    acting(helper)
    services.accept(kept, by=helper, at=NOW)
    with pytest.raises(errors.NotNotedYet):
        going_on.take_back_arrival(kept, "not_come", by=helper, at=NOW)
    going_on.note_arrival(kept, by=helper, at=NOW)
    with pytest.raises(ProgrammingError, match="answered once"), transaction.atomic():
        Referral.objects.filter(pk=kept.pk).update(arrived_at=None)  # the database asks for why
    going_on.take_back_arrival(kept, "other_person", by=helper, at=NOW)
    kept.refresh_from_db()
    assert [c.state for c in queries.circles([kept])] == ["expected"]
    going_on.note_arrival(kept, by=helper, at=NOW + timedelta(hours=1))
    services.end(kept, by=helper, at=NOW + timedelta(hours=2))
    going_on.take_back_arrival(kept, "not_come", by=helper, at=NOW + timedelta(hours=3))
    kept.refresh_from_db()
    assert (kept.status, kept.arrived_at) == ("ended", None)
    assert kept.arrivals_taken_back.count() == 2
    with pytest.raises(NotYourReferral):
        going_on.take_back_arrival(kept, "not_come", by=provider(service()), at=NOW)


def test_who_does_not_answer_is_told_of_once_and_so_is_who_asked(db, acting):
    house = service()
    kept, helper = asked(house), provider(house)
    acting(None)
    assert going_on.wake(NOW + timedelta(hours=11)) == 0
    assert going_on.wake(NOW + timedelta(hours=12)) == 1
    assert going_on.wake(NOW + timedelta(hours=13)) == 0
    acting(helper)
    assert kept.case_id not in Notice.objects.get().subject
    acting(kept.asked_by)
    assert Notice.objects.get().subject == kept.case_id


def by_link(acting):
    house, me, at = service(free=1), officer(), timezone.now()
    made = case(me)
    yes(made, house, by=me)
    acting(me)
    kept = services.ask(case=made, service=house, need="shelter", by=me, at=at, urgent="nowhere")
    token, code = outside.make_link(kept, by=me, at=at)
    acting(None)
    return house, me, kept, token, code


def test_a_body_without_an_account_sees_the_least_and_answers_once(db, acting):
    house, me, kept, token, code = by_link(acting)
    assert outside.look(token, "WRONG").state == "wrong"
    told = outside.look(token, code)
    assert (told.state, told.age_band, told.need) == ("open", "18-29", "shelter")
    assert outside.answer(token, code, accepts=True, at=timezone.now()) == "accepted"
    assert outside.answer(token, code, accepts=False, reason="full", at=timezone.now()) == "over"
    acting(me)
    kept.refresh_from_db()
    assert (kept.status, places(house)) == ("accepted", (0, 1))


def test_five_wrong_codes_end_a_link_and_an_account_needs_none(db, acting):
    house, me, kept, token, code = by_link(acting)
    for _ in range(5):
        outside.look(token, "WRONG")
    assert outside.look(token, code).state == "over"
    provider(house)
    acting(me)
    with pytest.raises(errors.HasAnAccount):
        outside.make_link(kept, by=me, at=timezone.now())
