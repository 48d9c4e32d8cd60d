"""Stays freely recorded, nobody sent home too early, notes that stay with the provider."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from mekhala.pathway.aftercare import errors, queries, services
from mekhala.pathway.aftercare.codes import Answer, Area, Asked, Kin
from mekhala.pathway.aftercare.going_home import Visit, in_the_way
from mekhala.pathway.aftercare.models import Naming, Note, ReturnHome, Stay
from mekhala.safeguards.access.errors import YearNotMeant
from mekhala.safeguards.access.purposes import FieldClass, Purpose, Role
from tests.builders import NOW, officer, open_to
from tests.builders_help import asked, provider, registrar_with_case, service
from tests.log import Entry

TODAY = NOW.date()
CLEAR = {
    "wants_to_go": "yes", "feels_safe": "yes", "recruiter_near": "no", "threats": "no",
    "debt": "no",
}  # fmt: skip


def helped(acting, **more):
    """Return a registrar, a case of a known adult, and an officer of a house that supports her."""
    worker, made = registrar_with_case(**({"age": 24, "age_certainty": "known"} | more))
    house = service()
    helper = provider(house)
    open_to(helper, made.number, Purpose.SUPPORT, by=worker)
    acting(worker)
    return worker, made, house, helper


def stay(made, house, by, **more):
    told = {
        "agency": house.agency, "kind": "shelter", "basis": "own_consent", "agreed": True,
        "movement": "free", "began_at": NOW - timedelta(days=1), "by": by, "at": NOW,
    }  # fmt: skip
    return services.begin_stay(made, **told | more)


@pytest.mark.parametrize(("told", "refusal"), [
    ({"agreed": None}, errors.NoBasis),
    ({"agreed": False}, errors.NoBasis),
    ({"basis": ""}, errors.NoBasis),
    ({"basis": "court_order", "agreed": None}, errors.NoBasis),
    ({"basis": "court_order", "order_number": "7", "basis_ends_on": TODAY - timedelta(days=1)},
     errors.NoBasis),
    ({"movement": "limited"}, errors.NotFree),
])  # fmt: skip
def test_a_stay_without_a_basis_or_a_yes_is_refused(db, acting, told, refusal):
    worker, made, house, _helper = helped(acting)
    with pytest.raises(refusal):
        stay(made, house, worker, **told)
    assert not Stay.objects.exists()


def test_a_childs_stay_rests_on_two_answers(db, acting):
    worker, made, house, _helper = helped(acting, age=9)
    for told in ({}, {"basis": "child_consent"}, {"basis": "child_consent", "beside": None}):
        with pytest.raises(errors.ChildNeedsMore):
            stay(made, house, worker, **told)
    assert stay(made, house, worker, basis="child_consent", beside=True).movement == "free"


def test_who_leaves_needs_no_reason_and_the_place_is_free_again(db, acting):
    house = service(free=1)
    first, helper = officer(), provider(house)
    request = asked(house, by=first, age=24, age_certainty="known")
    acting(helper)
    from mekhala.pathway.referral import services as referrals

    referrals.accept(request, by=helper, at=NOW)
    kept = stay(request.case, house, helper)
    house.refresh_from_db()
    assert (kept.referral_id, house.places_free) == (request.pk, 0)
    services.leave(kept, by=helper, at=NOW)
    house.refresh_from_db()
    assert (kept.left_at, house.places_free) == (NOW, 1)
    assert Entry.objects.get(act="aftercare.left").details == {"stay": kept.pk}
    with pytest.raises(errors.AlreadyDone):
        services.leave(kept, by=helper, at=NOW)


def test_who_leaves_is_not_held_back_by_keys_that_are_away(db, acting, settings):
    _worker, made, house, helper = helped(acting)
    until = NOW.date() + timedelta(days=9)
    ordered = {"basis": "court_order", "agreed": None, "order_number": "7", "basis_ends_on": until}
    kept = Stay.objects.get(pk=stay(made, house, helper, **ordered).pk)
    settings.KEYS_SOCKET = "nowhere"
    assert services.look_again(kept, agreed=True, by=helper, at=NOW).agreed
    assert services.leave(kept, by=helper, at=NOW).left_at == NOW


def test_a_stay_is_long_from_its_last_day_of_phnom_penh_and_not_before(db, acting):
    worker, made, house, _helper = helped(acting)
    night = datetime(2026, 2, 14, 18, tzinfo=UTC)  # one in the morning of the 15th
    with pytest.raises(YearNotMeant):
        stay(made, house, worker, began_at=datetime(1800, 1, 1, tzinfo=UTC))
    kept = stay(made, house, worker, kind="transit", began_at=night)
    assert kept.look_again_on == date(2026, 3, 1)  # 14 days later
    assert not queries.long_stays(worker, date(2026, 2, 28)).exists()
    assert list(queries.long_stays(worker, date(2026, 3, 1))) == [kept]


def test_a_long_stay_is_looked_at_again_and_ends_without_a_yes(db, acting):
    worker, made, house, _helper = helped(acting)
    kept = stay(made, house, worker, kind="transit", began_at=NOW - timedelta(days=20))
    assert list(queries.long_stays(worker, TODAY)) == [kept]
    with pytest.raises(errors.HelpToLeave):
        services.look_again(kept, agreed=None, by=worker, at=NOW)
    services.look_again(kept, agreed=True, by=worker, at=NOW)
    assert not queries.long_stays(worker, TODAY)


def test_many_days_to_look_in_hide_no_stay(db, acting):
    worker, made, house, _helper = helped(acting)
    plan = services.make_plan(made, "Rest", agreed_on=TODAY, by=worker, at=NOW)
    services.plan_follow_ups(
        plan, by=worker, at=NOW, counted_from=TODAY - timedelta(days=800)
    )  # fmt: skip
    stay(made, house, worker, kind="transit", began_at=NOW - timedelta(days=20))
    due = queries.due(worker, TODAY, at_most=1)
    assert [kind for kind, _number, _day in due] == ["follow_up", "stay"]


def test_where_somebody_stays_is_seen_by_the_house_and_with_the_class_of_places(db, acting):
    worker, made, house, helper = helped(acting)
    stay(made, house, worker)
    other = officer(Role.PROVIDER)
    open_to(other, made.number, Purpose.SUPPORT, by=worker, classes=[FieldClass.OPEN])
    seen = []
    for who in (helper, other):
        acting(who)
        seen.append(Stay.objects.count())
    assert seen == [1, 0]


def test_a_note_is_the_agencys_until_it_is_shared_and_again_when_taken_back(db, acting):
    worker, made, house, helper = helped(acting)
    colleague, other = provider(house), officer(Role.PROVIDER)
    open_to(colleague, made.number, Purpose.SUPPORT, by=worker)
    open_to(other, made.number, Purpose.SUPPORT, by=worker)

    def readers():
        found = []
        for who in (helper, colleague, other, worker):
            acting(who)
            found += [who] if Note.objects.exists() else []
        return found

    acting(helper)
    note = services.write_note(made, "Slept badly; asked for her sister.", by=helper, at=NOW)
    assert readers() == [helper, colleague]
    acting(colleague)
    services.share_note(note, by=colleague, at=NOW)
    assert readers() == [helper, colleague, worker]
    acting(worker)
    assert Note.objects.filter(pk=note.pk).update(taken_back_at=NOW) == 0
    acting(helper)
    services.take_back_note(note, by=helper, at=NOW)
    assert readers() == [helper, colleague]
    assert "sister" not in str(list(Entry.objects.values_list("details")))


def test_a_house_told_nothing_but_needs_writes_its_own_note(db, acting):
    worker, made = registrar_with_case(age=24, age_certainty="known")
    house = service()
    helper, colleague = provider(house), provider(house)
    for who in (helper, colleague):
        open_to(who, made.number, Purpose.SUPPORT, by=worker, classes=[FieldClass.OPEN])
    acting(helper)
    note = services.write_note(made, "Asked for a telephone.", by=helper, at=NOW)
    services.share_note(note, by=helper, at=NOW)
    assert Note.objects.count() == 1
    acting(colleague)
    assert Note.objects.count() == 0
    acting(worker)
    assert Note.objects.count() == 1


def planned(made, by, **more):
    return services.screen_return(
        made, more.pop("kin", "parent"), CLEAR | more, by=by, at=NOW
    )  # fmt: skip


def test_nobody_is_sent_home_without_a_yes_not_even_by_two(db, acting):
    worker, made, _house, _helper = helped(acting)
    home = planned(made, worker, wants_to_go="not_said")
    with pytest.raises(errors.NotWanted):
        services.propose_return(home, "They wait for her.", by=worker, at=NOW)
    with pytest.raises(errors.NotWanted):
        services.send_home(home, on=TODAY, by=worker, at=NOW)


def test_a_relative_named_as_recruiter_blocks_until_two_decide_with_reasons(db, acting):
    worker, made, _house, helper = helped(acting)
    second = officer(Role.REGISTRAR)
    open_to(second, made.number, Purpose.REGISTRATION, by=worker)
    home = planned(made, worker)
    services.name_kin(made, "aunt_uncle", words="He took me to the boat.", by=worker, at=NOW)
    with pytest.raises(errors.TwoMustDecide):
        services.send_home(home, on=TODAY, by=worker, at=NOW)
    services.propose_return(home, "He moved away.", by=worker, at=NOW)
    with pytest.raises(errors.SecondMustDiffer):
        services.answer_return(home, agreed=True, reasons="I agree.", by=worker, at=NOW)
    acting(helper)
    assert (Naming.objects.count(), queries.named_close(made.number)) == (0, True)
    acting(second)
    services.answer_return(home, agreed=True, reasons="Visited.", by=second, at=NOW)
    assert queries.way_home(made).is_open
    later = NOW + timedelta(hours=1)
    services.name_kin(made, "parent", words="She knew.", by=second, at=later)
    with pytest.raises(errors.TwoMustDecide):
        services.send_home(home, on=TODAY, by=second, at=later)


def test_the_database_too_sends_nobody_past_what_stands_in_the_way(db, acting):
    worker, made, _house, _helper = helped(acting)
    home = planned(made, worker, threats="not_known")
    for told in ({"gone_on": TODAY}, {"blocks": False}):
        with (
            pytest.raises(ProgrammingError, match=r"way of going home|answered stays"),
            transaction.atomic(),
        ):
            ReturnHome.objects.filter(pk=home.pk).update(**told)
    free = services.screen_return(made, "alone", CLEAR, by=worker, at=NOW)
    assert services.send_home(free, on=TODAY, by=worker, at=NOW).gone_on == TODAY


@given(
    st.fixed_dictionaries({a.value: st.sampled_from(Answer.values) for a in Asked}),
    st.sampled_from(Kin), st.booleans(), st.none() | st.builds(
        Visit, wants=st.none() | st.booleans(), is_safe=st.none() | st.booleans()
    ),
)  # fmt: skip
def test_not_known_is_never_no(answers, kin, is_adult, visit):
    found = in_the_way(answers, kin=kin, is_adult=is_adult, visit=visit)
    asked_of = {k: v for k, v in answers.items() if k != "wants_to_go"}
    clear = {k: v for k, v in CLEAR.items() if k != "wants_to_go"}
    assert bool(found) or asked_of == clear
    if kin not in (Kin.ALONE, Kin.NEIGHBOUR) and not found:
        assert (visit is None and is_adult) or (visit and visit.wants and visit.is_safe)


def test_lost_is_said_after_three_days_of_trying_and_counted(db, acting):
    worker, made, _house, _helper = helped(acting)
    plan = services.make_plan(made, "Rest", agreed_on=TODAY, by=worker, at=NOW)
    day, *_later = services.plan_follow_ups(plan, by=worker, at=NOW)
    at = NOW + timedelta(days=100)
    for n in (0, 0, 1):
        services.note_try(day, on=TODAY + timedelta(days=92 + n), by=worker, at=at)
    with pytest.raises(errors.NotTriedEnough):
        services.record_follow_up(day, "lost", on=at.date(), by=worker, at=at)
    services.note_try(day, on=at.date(), by=worker, at=at)
    services.record_follow_up(day, "lost", on=at.date(), by=worker, at=at)
    assert (day.outcome, len(day.tried_on), day.months) == ("lost", 3, 3)


def test_looking_in_is_told_of_a_day_of_its_round(db, acting):
    worker, made, _house, _helper = helped(acting)
    plan = services.make_plan(made, "Rest", agreed_on=TODAY, by=worker, at=NOW)
    day, *_later = services.plan_follow_ups(plan, by=worker, at=NOW)
    before, told = TODAY - timedelta(days=4), {"by": worker, "at": NOW + timedelta(days=100)}
    with pytest.raises(errors.BeforeTheRound):
        services.note_try(day, on=before, **told)
    with pytest.raises(errors.BeforeTheRound):
        services.record_follow_up(day, "well", on=before, **told)
    services.record_follow_up(day, "well", on=TODAY + timedelta(days=80), **told)
    assert day.outcome == "well"


def test_support_moves_on_and_back_and_closes_for_a_reason(db, acting):
    worker, made, _house, _helper = helped(acting)
    plan = services.make_plan(made, "Rest", agreed_on=TODAY, by=worker, at=NOW)
    move = {"on": TODAY, "by": worker, "at": NOW}
    with pytest.raises(errors.StageNotNext):
        services.move_stage(plan, "follow_up", **move)
    services.move_stage(plan, "integration", **move)
    plan = services.move_stage(plan, "follow_up", **move)
    assert plan.follow_ups.count() == 3
    with pytest.raises(errors.ReasonMissing):
        services.move_stage(plan, "closed", **move)
    with pytest.raises(errors.FollowUpOpen):
        services.move_stage(plan, "closed", because="goals_reached", **move)
    plan = services.move_stage(plan, "closed", because="person_asked", **move)
    assert not plan.follow_ups.exists()


def test_help_is_kept_only_with_a_yes_and_needs_are_looked_at_whole(db, acting):
    worker, made, _house, _helper = helped(acting)
    for agreed in (None, False):
        with pytest.raises(errors.NotAgreed):
            services.record_help(
                made, "health", given_on=TODAY, agreed=agreed, by=worker, at=NOW
            )  # fmt: skip
    answers = dict.fromkeys(Area.values, "not_said")
    kept = services.assess(
        made, answers, words="Sleep.", made_on=TODAY, next_on=TODAY, by=worker, at=NOW
    )
    assert list(queries.due_reviews(worker, TODAY)) == [kept]
    with pytest.raises(errors.LooksBack):
        services.assess(
            made, answers, words="", made_on=TODAY, next_on=TODAY - timedelta(days=1), by=worker,
            at=NOW,
        )  # fmt: skip
    with pytest.raises(errors.AnswersMissing):
        services.assess(made, {"work": "yes"}, words="", made_on=TODAY, by=worker, at=NOW)
