"""What was recorded in error is taken back with a reason, stays readable, and counts no more."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.aftercare import errors, queries, services
from mekhala.pathway.aftercare.codes import Area
from mekhala.pathway.aftercare.models import FollowUp
from mekhala.pathway.aftercare.services import Task
from mekhala.pathway.encounter.errors import BeforeTheMeeting
from mekhala.pathway.encounter.queries import first_met_on
from mekhala.pathway.encounter.services import add_encounter
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import NOW, officer, open_to
from tests.builders_help import registrar_with_case
from tests.builders_leaving import began

TODAY = timezone.localdate(NOW)


@pytest.fixture
def planned(db, acting):
    worker, made = registrar_with_case()
    acting(worker)
    task = Task(need="training", what="Ask at the school (invented)", due_on=TODAY)
    plan = services.make_plan(
        made, "Learn to weave (invented)", agreed_on=TODAY, by=worker, at=NOW, tasks=[task]
    )
    return worker, plan


def test_a_task_that_is_not_wanted_any_more_is_no_longer_due_nor_done(planned):
    worker, plan = planned
    task = plan.tasks.get()
    assert queries.due_tasks(worker, TODAY).count() == 1
    kept = services.take_back_task(task, "not_wanted", by=worker, at=NOW)
    assert (kept.taken_back_because, kept.taken_back_by) == ("not_wanted", worker)
    assert not queries.due_tasks(worker, TODAY).exists()
    with pytest.raises(errors.TakenBackAlready):
        services.finish_task(kept, on=TODAY, by=worker, at=NOW)
    with pytest.raises(errors.TakenBackAlready):
        services.take_back_task(task, "twice", by=worker, at=NOW)


def test_help_recorded_in_error_is_taken_back_by_the_house_that_recorded_it(planned, acting):
    worker, plan = planned
    helper, other = officer(Role.PROVIDER), officer(Role.PROVIDER)
    for who in (helper, other):
        open_to(who, plan.case_id, Purpose.SUPPORT, by=worker)
    acting(helper)
    told = {"given_on": TODAY, "agreed": True, "by": helper, "at": NOW}
    given = services.record_help(plan.case, "health", **told)
    with pytest.raises(WrongInput):
        services.take_back_help(given, "not_wanted", by=helper, at=NOW)
    acting(other)
    with pytest.raises(errors.NotYourHouse):
        services.take_back_help(given, "twice", by=other, at=NOW)
    acting(helper)
    assert services.take_back_help(given, "twice", by=helper, at=NOW).taken_back_at == NOW


def test_an_end_of_contact_said_in_error_opens_the_day_and_the_rest_of_its_round_again(planned):
    worker, plan = planned
    plan.agreed_on = date(2025, 11, 30)  # three months later there is no such day
    plan.save()
    first, *_later = services.plan_follow_ups(plan, by=worker, at=NOW)
    with pytest.raises(errors.NothingToTakeBack):
        services.take_back_follow_up(first, "not_so", by=worker, at=NOW)
    days = [(day.months, day.due_on) for day in plan.follow_ups.all()]
    services.record_follow_up(first, "died", on=TODAY, by=worker, at=NOW)
    assert plan.follow_ups.count() == 1
    again = services.take_back_follow_up(first, "other_person", by=worker, at=NOW)
    stand = plan.follow_ups.filter(taken_back_at=None)
    assert [(day.months, day.due_on) for day in stand] == days
    assert not stand.exclude(done_on=None).exists()
    with pytest.raises(errors.TakenBackAlready):
        services.take_back_follow_up(first, "twice", by=worker, at=NOW)
    services.record_follow_up(again, "well", on=TODAY, by=worker, at=NOW)
    services.move_stage(plan, "closed", on=TODAY, by=worker, at=NOW, because="person_asked")
    again.refresh_from_db()
    again.plan.refresh_from_db()
    with pytest.raises(errors.SupportClosed):
        services.take_back_follow_up(again, "twice", by=worker, at=NOW)


def _due_said(zone):
    """Return of how many days after 3 months it is told that they fell due, asked from a zone."""
    with connection.cursor() as cursor:
        cursor.execute(f"set local time zone '{zone}'")
        cursor.execute("select aftercare_counted(%s)", [timezone.localdate().year])
        found = cursor.fetchone()[0]
        cursor.execute("set local time zone 'UTC'")
    return found


def test_what_is_due_does_not_hang_on_the_hour_of_the_database(planned):
    _worker, plan = planned
    now = timezone.now()
    days = [(now + timedelta(hours=h)).date() for h in (-12, 14)]  # of the two farthest zones
    FollowUp.objects.bulk_create(
        FollowUp(plan=plan, due_on=day, months=3) for day in days for _ in range(12)
    )
    assert _due_said("Etc/GMT+12") == _due_said("Etc/GMT-14")


def test_what_was_taken_back_is_counted_no_more(planned):
    worker, plan = planned
    today = timezone.localdate()
    FollowUp.objects.bulk_create(
        FollowUp(plan=plan, due_on=today, months=3, done_on=today, outcome=outcome)
        for outcome in ("lost", "not_met") for _ in range(11)
    )  # fmt: skip
    assert '"lost": 11' in str(_due_said("UTC"))
    services.take_back_follow_up(
        FollowUp.objects.filter(outcome="lost").first(), "not_so", by=worker, at=NOW
    )
    assert '"lost": 11' not in str(_due_said("UTC"))


def test_the_pages_of_a_plan_take_back_and_say_why(planned, client):
    worker, plan = planned
    client.force_login(worker)
    page, task = f"/cases/{plan.case_id}/plan/", plan.tasks.get()
    at = f"{page}task/{task.pk}/take-back/"
    assert at in client.get(page).content.decode()
    assert "Choose one of the answers." in client.post(at, {}).content.decode()
    assert client.post(at, {"because": "not_wanted"}).headers["Location"] == page
    shown = client.get(page).content.decode()
    assert "The person does not want it any more" in shown
    assert at not in shown
    assert client.get(f"{page}stay/{task.pk}/take-back/").status_code == 404


def test_nothing_is_done_for_somebody_before_anybody_met_her(db, acting):
    worker, made = registrar_with_case()
    acting(worker)
    told = {"by": worker, "at": NOW}
    add_encounter(case=made, met_at=NOW, place_code="12", **told)
    early = TODAY - timedelta(days=1)
    acts = (
        lambda day: services.make_plan(made, "Rest", agreed_on=day, **told),
        lambda day: services.record_help(made, "health", given_on=day, agreed=True, **told),
        lambda day: services.assess(
            made, dict.fromkeys(Area.values, "not_said"), words="", made_on=day, **told
        ),
        lambda day: services.move_stage(queries.plan_of(made), "integration", on=day, **told),
        lambda day: began(made, worker, NOW, on=day),
    )
    for act in acts:
        with pytest.raises(BeforeTheMeeting):
            act(early)
        act(TODAY)


def test_the_day_of_the_first_meeting_is_one_of_phnom_penh_and_told_to_who_helps(db, acting):
    worker, made = registrar_with_case()
    acting(worker)
    night = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)  # half past one of the 2nd in Phnom Penh
    add_encounter(case=made, met_at=night, place_code="12", by=worker, at=NOW)
    helper, stranger = officer(Role.PROVIDER), officer(Role.PROVIDER)
    open_to(helper, made.number, Purpose.SUPPORT, by=worker)
    acting(helper)
    assert first_met_on(made.number) == date(2026, 3, 2)
    acting(stranger)
    assert first_met_on(made.number) is None
