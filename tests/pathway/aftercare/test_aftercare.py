"""A plan in her words, help by its day, and looking in later as long as she wants."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.pathway.aftercare import errors, queries, services
from mekhala.pathway.aftercare.models import FollowUp, SupportPlan
from mekhala.pathway.aftercare.services import Task, months_after
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import NOW, officer, open_to
from tests.builders_help import registrar_with_case
from tests.log import Entry

TODAY = NOW.date()


def planned(acting, **more):
    worker, made = registrar_with_case()
    acting(worker)
    plan = services.make_plan(
        made, "Learn to weave and live near my sister", agreed_on=TODAY, by=worker, at=NOW, **more
    )
    return worker, plan


def test_a_plan_begins_with_what_she_wants_and_keeps_her_words_out_of_the_log(db, acting):
    _worker, plan = planned(acting, tasks=[Task(need="training", what="Ask", due_on=TODAY)])
    assert (plan.goals, plan.tasks.count()) == ("Learn to weave and live near my sister", 1)
    entry = Entry.objects.get(act="aftercare.plan_agreed")
    assert "weave" not in str(entry.details)


def test_a_plan_without_her_goals_is_no_plan(db, acting):
    worker, made = registrar_with_case()
    acting(worker)
    with pytest.raises(errors.GoalsMissing):
        services.make_plan(made, " ", agreed_on=TODAY, by=worker, at=NOW)


def test_nothing_is_agreed_on_a_day_to_come(db, acting):
    worker, made = registrar_with_case()
    acting(worker)
    with pytest.raises(errors.DayToCome):
        services.make_plan(made, "Rest", agreed_on=TODAY + timedelta(days=1), by=worker, at=NOW)


def test_a_case_has_one_plan(db, acting):
    worker, plan = planned(acting)
    with pytest.raises(errors.AlreadyPlanned):
        services.make_plan(plan.case, "Another", agreed_on=TODAY, by=worker, at=NOW)


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.REGISTRAR, Role.PROVIDER}])
def test_police_prosecution_and_others_keep_no_plan(db, acting, role):
    _worker, made = registrar_with_case()
    other = officer(role)
    open_to(other, made.number, Purpose.SUPPORT)
    acting(other)
    with pytest.raises(NotYourRole):
        services.make_plan(made, "Rest", agreed_on=TODAY, by=other, at=NOW)


@pytest.mark.parametrize("purpose", [Purpose.JUSTICE, Purpose.FIRST_CONTACT, Purpose.DETERMINATION])
def test_a_plan_is_not_there_for_other_purposes(db, acting, purpose):
    _worker, plan = planned(acting)
    other = officer(Role.PROVIDER)
    open_to(other, plan.case_id, purpose)
    acting(other)
    assert not SupportPlan.objects.exists()
    with pytest.raises(NotOpenToYou):
        services.add_task(plan, Task(need="health", what="x", due_on=TODAY), by=other, at=NOW)


def test_a_task_is_finished_once_and_not_before_its_day_has_come(db, acting):
    worker, plan = planned(acting)
    task = services.add_task(
        plan, Task(need="health", what="See the doctor", due_on=TODAY), by=worker, at=NOW
    )
    with pytest.raises(errors.DayToCome):
        services.finish_task(task, on=TODAY + timedelta(days=2), by=worker, at=NOW)
    services.finish_task(task, on=TODAY, by=worker, at=NOW)
    with pytest.raises(errors.AlreadyDone):
        services.finish_task(task, on=TODAY, by=worker, at=NOW)


def test_somebody_looks_in_after_3_6_and_12_months(db, acting):
    worker, plan = planned(acting)
    services.plan_follow_ups(plan, by=worker, at=NOW)
    due = [f.due_on for f in plan.follow_ups.all()]
    assert due == [date(2026, 6, 9), date(2026, 9, 9), date(2027, 3, 9)]
    with pytest.raises(errors.AlreadyPlanned):
        services.plan_follow_ups(plan, by=worker, at=NOW)


def test_who_does_not_want_more_contact_is_not_looked_in_on_again(db, acting):
    worker, plan = planned(acting)
    first, *_ = services.plan_follow_ups(plan, by=worker, at=NOW)
    at = NOW + timedelta(days=100)
    services.record_follow_up(first, "closed_at_wish", on=at.date(), by=worker, at=at)
    assert [f.outcome for f in FollowUp.objects.all()] == ["closed_at_wish"]
    assert not queries.due_follow_ups(worker, date(2030, 1, 1))


def test_a_follow_up_says_how_things_stand_once(db, acting):
    worker, plan = planned(acting)
    first, *_ = services.plan_follow_ups(plan, by=worker, at=NOW)
    at = NOW + timedelta(days=100)
    with pytest.raises(errors.OutcomeMissing):
        services.record_follow_up(first, "", on=at.date(), by=worker, at=at)
    services.record_follow_up(first, "not_met", on=at.date(), by=worker, at=at)
    with pytest.raises(errors.AlreadyDone):
        services.record_follow_up(first, "well", on=at.date(), by=worker, at=at)


def test_due_follow_ups_are_those_of_open_files_that_have_come(db, acting):
    worker, plan = planned(acting)
    first, *_ = services.plan_follow_ups(plan, by=worker, at=NOW)
    assert not queries.due_follow_ups(worker, TODAY)
    assert list(queries.due_follow_ups(worker, first.due_on)) == [first]
    stranger = officer(Role.PROVIDER)
    acting(stranger)
    assert not queries.due_follow_ups(stranger, first.due_on)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months):
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
