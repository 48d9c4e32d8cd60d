"""What happens by itself happens when its time has come, and not before."""

from datetime import timedelta

from mekhala.jobs.by_the_clock import Clock, jobs
from mekhala.jobs.unanswered_referrals import let_unanswered_lapse
from tests.builders import NOW


def test_a_job_is_due_after_its_interval_and_again_after_the_next():
    done = []
    clock = Clock([(timedelta(minutes=1), lambda: done.append("lapse"))], NOW)
    ticks = [clock.tick(NOW + timedelta(seconds=s)) for s in (0, 30, 60, 90, 119, 120)]
    assert ticks == [0, 0, 1, 0, 0, 1]
    assert done == ["lapse", "lapse"]


def test_every_job_can_be_put_in_the_queue_and_done(transactional_db):
    from django.core.management import call_command
    from django_tasks_db.models import DBTaskResult

    for _every, enqueue in jobs():
        enqueue()
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    states = set(DBTaskResult.objects.values_list("task_path", "status"))
    assert len(states) == len(jobs())
    assert {state for _path, state in states} == {"SUCCESSFUL"}


def test_nothing_lapses_while_nothing_is_overdue(db):
    assert let_unanswered_lapse.func() == 0
