"""The ministry decides about each place in a house, with a reason and a day, and nobody named."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from mekhala.pathway.referral import errors, outside, placing, queries, services
from mekhala.pathway.referral.models import PlacementQuestion, Referral
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, case, officer
from tests.builders_help import asked, provider, service, yes
from tests.builders_retention import as_owner

LATER = NOW + timedelta(hours=3)


def ministry() -> Officer:
    """Return a registrar of the ministry of social affairs, to whom no case is open."""
    return officer(Role.REGISTRAR, at=agency(AgencyKind.SOCIAL_AFFAIRS))


def to_do(request) -> list[Referral]:
    """Return what who asked has to look at."""
    return list(queries.unanswered(request.asked_by, now=LATER))


def agreed(request, acting, *, outcome="agreed", reasons=("suits",), at=LATER) -> Officer:
    """Let the ministry decide on the place of a request; return who did."""
    number, who = request.placement.number, ministry()
    acting(who)
    placing.decide(number, outcome, reasons, by=who, at=at)
    return who


def test_a_place_that_can_wait_is_given_only_when_the_ministry_has_agreed(db, acting):
    house = service()
    request, helper = asked(house, urgent=""), provider(house)
    acting(helper)
    with pytest.raises(errors.NotDecidedYet):
        services.accept(request, by=helper, at=LATER)
    who = agreed(request, acting, reasons=["suits", "own_wish"])
    acting(helper)
    services.accept(request, by=helper, at=LATER)
    decision = placing.of_referral(request).decision
    assert (decision.outcome, decision.reasons) == ("agreed", ["own_wish", "suits"])
    assert (decision.decided_by_id, decision.decided_at) == (who.pk, LATER)


def test_the_place_of_who_cannot_wait_is_given_at_once_and_decided_within_three_days(db, acting):
    house = service()
    request, helper = asked(house, urgent="nowhere"), provider(house)
    acting(helper)
    services.accept(request, by=helper, at=NOW)
    question = placing.of_referral(request)
    assert question.urgent == "nowhere"
    assert question.decision is None
    days = (question.due_at.date() - NOW.date()).days
    assert 3 <= days <= 8  # working days, with a weekend or a holiday between them


def test_a_place_that_can_wait_is_due_before_its_hold_ends(db, acting):
    request = asked(service(), urgent="")
    assert request.placement.due_at == request.hold_until


def test_what_the_ministry_did_not_agree_to_is_not_given_however_urgent(db, acting):
    house = service()
    request, helper = asked(house, urgent="danger"), provider(house)
    agreed(request, acting, outcome="not_agreed", reasons=["better_house"])
    acting(helper)
    with pytest.raises(errors.NotAgreedTo):
        services.accept(request, by=helper, at=LATER)
    acting(request.asked_by)
    assert [(r.pk, r.ministry) for r in to_do(request)] == [(request.pk, "not_agreed")]


def test_a_no_puts_nobody_out_and_is_told_to_who_referred_the_person(db, acting):
    house = service()
    request, helper = asked(house, urgent="danger"), provider(house)
    acting(helper)
    services.accept(request, by=helper, at=NOW)
    agreed(request, acting, outcome="not_agreed", reasons=["family_first"])
    acting(request.asked_by)
    request.refresh_from_db()
    assert request.status == "accepted"
    assert [r.ministry for r in to_do(request)] == ["not_agreed"]


def test_the_latest_decision_stands_and_none_is_lost(db, acting):
    request = asked(service(), urgent="")
    agreed(request, acting, outcome="not_agreed", reasons=["wish_unclear"])
    agreed(request, acting, at=LATER + timedelta(hours=1))
    acting(request.asked_by)
    question = placing.of_referral(request)
    assert question.decision.outcome == "agreed"
    assert question.decisions.count() == 2
    assert [r.ministry for r in to_do(request)] == ["agreed"]


def test_the_ministry_reads_no_case_and_nobody_else_reads_or_decides(db, acting):
    request = asked(service(), urgent="care")
    who, stranger = ministry(), officer(Role.REGISTRAR, at=agency(AgencyKind.PROVIDER))
    acting(who)
    assert not Referral.objects.exists()
    assert not PlacementQuestion.objects.exists()
    (told,) = placing.to_decide(most=9)
    assert (told.number, told.urgent, told.given) == (request.placement.number, "care", False)
    assert request.case_id not in str(told)
    acting(stranger)
    assert placing.to_decide(most=9) == []
    with pytest.raises(errors.DecidesOnPlaces):
        placing.decide(told.number, "agreed", ["suits"], by=stranger, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "select referral_decide_placement(%s, 'agreed', array['suits']::varchar[], now())",
            [told.number],
        )
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize(
    ("outcome", "reasons"),
    [("agreed", []), ("agreed", ["better_house"]), ("", ["suits"]), ("not_agreed", ["suits"])],
)
def test_a_decision_names_reasons_for_it(db, acting, outcome, reasons):
    request = asked(service(), urgent="")
    who = ministry()
    acting(who)
    with pytest.raises(errors.DecisionNeedsReason):
        placing.decide(request.placement.number, outcome, reasons, by=who, at=NOW)


def test_a_decided_place_and_one_that_was_taken_back_wait_no_more(db, acting):
    house = service(free=3)
    first, second, third = (asked(house, urgent="care") for _ in range(3))
    agreed(first, acting)
    acting(second.asked_by)
    services.end(second, by=second.asked_by, at=LATER)
    who = ministry()
    acting(who)
    assert [one.number for one in placing.to_decide(most=9)] == [third.placement.number]
    assert [one.number for one in placing.decided(most=9)] == [first.placement.number]
    with pytest.raises(errors.PlaceIsOver):
        placing.decide(second.placement.number, "agreed", ["suits"], by=who, at=LATER)


def test_the_database_gives_no_place_before_the_ministry_agreed_whoever_writes(db, acting):
    house = service()
    request = asked(house, urgent="")
    acting(provider(house))
    with pytest.raises(ProgrammingError, match="not agreed"), transaction.atomic():
        Referral.objects.filter(pk=request.pk).update(status="accepted")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        PlacementQuestion.objects.filter(referral=request).update(urgent="danger")


def test_a_body_without_an_account_waits_for_the_ministry_too(db, acting):
    house, me, at = service(), officer(), timezone.now()
    made = case(me)
    yes(made, house, by=me)
    acting(me)
    request = services.ask(case=made, service=house, need="shelter", by=me, at=at)
    token, code = outside.make_link(request, by=me, at=at)
    acting(None)
    assert outside.answer(token, code, accepts=True, at=at) == "undecided"
    agreed(request, acting)
    acting(None)
    assert outside.answer(token, code, accepts=True, at=at) == "accepted"


def test_help_that_is_no_house_asks_no_ministry(db, acting):
    house = service(need="health")
    request, helper = asked(house), provider(house)
    assert placing.of_referral(request) is None
    acting(helper)
    services.accept(request, by=helper, at=NOW)


def test_which_house_it_was_is_erased_with_where_the_person_stayed(db, acting):
    request = asked(service(), urgent="care")
    agreed(request, acting)
    as_owner(f"select referral_erase_location('{request.case_id}', null)")
    acting(request.asked_by)
    (question,) = placing.of_case(request.case)
    assert (question.agency, question.referral, question.decision.outcome) == (None, None, "agreed")
    who = ministry()
    acting(who)
    assert [one.house for one in placing.decided(most=9)] == [""]
