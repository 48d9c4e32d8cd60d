"""What waits today, for registrars, providers and those who asked."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mekhala.pathway.aftercare import services as support
from mekhala.pathway.referral import services as referrals
from mekhala.web.casework.aftercare.work import work as to_look_in
from mekhala.web.casework.referral.work import work as to_answer
from mekhala.web.casework.registration.work import work as to_register
from tests.builders import NOW, officer
from tests.builders_help import asked, decision, provider, registrar_with_case, service, yes


def test_a_registrar_is_told_whom_to_register(db, acting):
    registrar, made = registrar_with_case()
    decision(made)
    acting(registrar)
    (register,) = to_register(registrar, now=NOW)
    assert [task.number for task in register.tasks] == [made.number]
    assert to_register(officer(), now=NOW) == []


def test_a_provider_is_told_the_need_and_no_case(db, acting):
    house = service()
    kept, helper = asked(house), provider(house)
    acting(helper)
    (task,) = to_answer(helper, now=NOW)[0].tasks
    assert "18 to 29" in task.asked
    assert kept.case_id not in f"{task.number} {task.href} {task.asked}"


def test_who_asked_is_told_that_nobody_answered_until_she_asks_again(db, acting):
    house, other = service(), service()
    kept = asked(house)
    me, later = kept.asked_by, NOW + timedelta(hours=25)
    acting(None)
    referrals.expire_overdue(later)
    acting(me)
    (task,) = to_answer(me, now=later)[0].tasks
    assert (task.number, task.clock_kind) == (kept.case_id, "overdue")
    assert not to_answer(me, now=later + timedelta(days=15))[0].tasks
    yes(kept.case, other, by=me)
    acting(me)
    referrals.ask(case=kept.case, service=other, need="shelter", by=me, at=later)
    (task,) = to_answer(me, now=later)[0].tasks
    assert str(other) in task.asked
    assert task.clock_kind == "progress"


def test_who_supports_is_told_whom_to_look_in_on(db, acting):
    worker, made = registrar_with_case()
    acting(worker)
    plan = support.make_plan(made, "Rest", agreed_on=NOW.date(), by=worker, at=NOW)
    support.plan_follow_ups(plan, by=worker, at=NOW)
    (due,) = to_look_in(worker, now=NOW)
    assert not due.tasks
    (due,) = to_look_in(worker, now=NOW + timedelta(days=95))
    (task,) = due.tasks
    assert (task.number, task.clock_kind) == (made.number, "overdue")


def test_today_and_the_overview_show_help_within_twelve_questions(client, db, acting):
    worker, made = registrar_with_case()
    decision(made)
    acting(worker)
    support.make_plan(made, "Rest", agreed_on=NOW.date(), by=worker, at=NOW)
    client.force_login(worker)
    assert "Enter in the register" in _within_twelve(client, "/today/")
    page = _within_twelve(client, f"/cases/{made.number}/")
    for words in ("Not in the register", "No service was asked yet", "Agreed on"):
        assert words in page


def _within_twelve(client, address):
    """Return a page. Savepoints stand for BEGIN and COMMIT, which no page asks beside them."""
    with CaptureQueriesContext(connection) as asked_for:
        page = client.get(address).content.decode()
    questions = [q["sql"] for q in asked_for.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(questions) <= 12 + 5, (
        questions
    )  # who is one person, asked and known; returns, workers who left, the duty to register
    return page
