"""Lists are linked by a worker, once, whole or not at all, and the same again on request."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from mekhala.core.estimation.link_records import read_links
from mekhala.core.wrong_input import WrongInput
from mekhala.jobs.waiting_linkage import link_waiting
from mekhala.population.linkage.errors import ListNotReady, NotYourRole, TooFewLists
from mekhala.population.linkage.models import (
    AgencyList,
    LinkageRun,
    LinkedPair,
    LinkedRecord,
    RunState,
)
from mekhala.population.linkage.runs import asking, errors, queries, settling, working
from mekhala.population.linkage.runs import reviewing as acts
from mekhala.population.linkage.runs.spool import clear, spooled
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_linkage_runs import PLANTED
from tests.builders_lists import sealed_list
from tests.builders_population import statistician
from tests.log import Entry

FAMILIES = ("Sok", "Chan", "Keo", "Heng", "Ly", "Mao", "Nop", "Pich", "Ros", "Sam", "Tep", "Ung")
GIVEN = ("Sreymom", "Dara", "Bopha", "Vannak", "Chantrea", "Rithy", "Sophea", "Kosal", "Malis",
         "Phirun", "Davy", "Samnang", "Theary", "Veasna", "Nary", "Bunthoeun")  # fmt: skip


def people(count, source, *, start=0, seed=5):
    """Return records of invented people; the same number is the same person in every list."""
    draw = random.Random(seed)
    made = []
    for n in range(start + count):
        family, given = draw.choice(FAMILIES), draw.choice(GIVEN)
        born = f"{draw.randint(1970, 2008)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
        made.append({
            "record_id": f"{source}-{n}", "source": source, "full_name": f"{family} {given}",
            "sex": draw.choice("fm"), "birth_date": born, "event_date": "2024-03-01",
            "province_code": f"{draw.randint(1, 25):02d}",
            "national_id": str(draw.randint(10**8, 10**9)),
        })  # fmt: skip
    return made[start:]


def left_in_temp(number):
    """Return the folders of this run that lie in the temporary folder; others may run beside."""
    return list(Path(tempfile.gettempdir()).glob(f"mekhala-run-{number}-*"))


@pytest.fixture
def by(db):
    return statistician()


def lists(by, count=40):
    with acting_for(by.pk):
        return [sealed_list(people(count, source, start=start), source=source)
                for source, start in (("police", 0), ("shelter", count // 2))]  # fmt: skip


def asked(by, **more):
    made = lists(by)
    with acting_for(by.pk):
        return asking.ask_run([one.pk for one in made], by=by, at=timezone.now(), **more)


def test_two_lists_are_linked_and_everything_that_repeats_the_run_is_kept(by):
    run = working.run_now(asked(by, seed=3), at=timezone.now())
    assert run.state == RunState.REVIEW
    assert run.figures["records"] == 80
    assert 60 <= run.figures["people"] <= 62
    assert all([run.version, run.model, run.data_hash, run.result_hash])
    assert [one["source"] for one in run.lists] == ["police", "shelter"]
    with acting_for(by.pk):
        assert LinkedRecord.objects.count() == 80
        assert LinkedPair.objects.count() == run.figures["pairs"]
        assert set(LinkedRecord.objects.values_list("year", flat=True)) == {2024}


def test_a_repeat_comes_out_the_same_and_keeps_no_pairs(by):
    first = working.run_now(asked(by), at=timezone.now())
    with acting_for(by.pk):
        again = asking.repeat_run(first, by=by, at=timezone.now())
    done = working.run_now(again, at=timezone.now())
    assert done.state == RunState.COMPARED
    assert (done.data_hash, done.result_hash) == (first.data_hash, first.result_hash)
    assert queries.came_out_the_same(done) is True
    with acting_for(by.pk):
        assert not LinkedPair.objects.filter(run=done).exists()


def test_what_a_run_found_goes_on_to_the_estimates(by):
    run = working.run_now(asked(by), at=timezone.now())
    with acting_for(by.pk):
        acts.close_review(run, leave_rest=True, by=by, at=timezone.now())
        done = settling.settle_now(run, at=timezone.now())
        rows = [f"{r},{source},{p}" for r, source, p in settling.settled(done)]
        pairs = [f"{a},{b},{chance}" for a, b, chance in settling.links_of(done)]
    links = read_links("\n".join(["record_id,source,person_id", *rows]) + "\n",
                       "\n".join(["left,right,probability", *pairs]) + "\n")  # fmt: skip
    assert sum(links.plug_in().counts) == done.settlement.people
    assert done.settlement.table.people == done.settlement.people


def test_no_name_lies_anywhere_after_a_run(by):
    with acting_for(by.pk):
        made = [sealed_list([{"record_id": "1", "source": s, "full_name": "Zxtep Qwersomaly",
                              "birth_date": "1990-01-02", "sex": "f", "province_code": "12"}],
                            source=s) for s in ("police", "shelter")]  # fmt: skip
        run = asking.ask_run([one.pk for one in made], by=by, at=timezone.now())
    working.run_now(run, at=timezone.now())
    told = ""
    with connection.cursor() as cursor:
        for table in ("linkagerun", "linkedpair", "linkedrecord", "reviewpair"):
            rows = f"select coalesce(string_agg(t::text, ' '), '') from linkage_{table} t"
            statement = f"select set_config('tests.told', ({rows}), false)"
            cursor.execute("select tests.as_owner(%s)", [statement])
            cursor.execute("select current_setting('tests.told')")
            told += cursor.fetchone()[0]
    assert "police" in told
    assert not [name for name in PLANTED if name.lower() in told.lower()]
    assert not [name for e in Entry.objects.all() for name in PLANTED if name in str(e.details)]
    assert not left_in_temp(run.number)


def test_the_file_of_records_has_no_name_and_only_this_account_may_look():
    with spooled("LK-X") as spool:
        assert spool.folder.stat().st_mode & 0o777 == 0o700
        assert list(spool.folder.iterdir()) == []
        folder = spool.folder
    assert not folder.exists()


def test_what_a_killed_worker_left_is_taken_away():
    tempfile.mkdtemp(prefix="mekhala-run-LK-Y-")
    clear("LK-Y")
    assert not left_in_temp("LK-Y")


def test_a_worker_that_is_killed_leaves_no_row_and_the_run_is_taken_up_again(by):
    run = asked(by)
    working._take_in_hand(run, at=timezone.now())
    later = timezone.now() + timedelta(hours=1)
    assert list(queries.broken_off(now=timezone.now())) == []
    assert [one.pk for one in queries.broken_off(now=later)] == [run.pk]
    LinkageRun.objects.update(told_at=timezone.now() - timedelta(hours=1))
    assert link_waiting.func() == {"review": 1}
    with acting_for(by.pk):
        assert LinkedRecord.objects.count() == 80
    assert Entry.objects.filter(act="linkage.run_broken_off", subject=run.number).count() == 1


def test_a_slow_worker_that_was_given_up_keeps_nothing(by):
    run = asked(by)
    slow = working._take_in_hand(run, at=timezone.now())
    working.note_failure(run, at=timezone.now())
    fast = working.run_now(run, at=timezone.now())
    with acting_for(by.pk):
        found = working._keep(slow, None, {}, at=timezone.now())
    assert (found.result_hash, found.attempts) == (fast.result_hash, 2)


def test_after_the_third_attempt_a_run_has_failed(by, monkeypatch):
    run = asked(by)

    def broken(*_given):
        raise MemoryError

    monkeypatch.setattr(working, "link", broken)
    states = []
    for _n in range(3):
        with pytest.raises(MemoryError):
            working.work_out.func(run.pk)
        states.append(LinkageRun.objects.get().state)
    assert states == ["waiting", "waiting", "failed"]
    with acting_for(by.pk):
        assert not LinkedRecord.objects.exists()


def test_a_run_in_hand_is_not_worked_out_twice(by):
    run = asked(by)
    working._take_in_hand(run, at=timezone.now())
    assert working.work_out.func(run.pk) == "running"
    with pytest.raises(errors.NotWaiting):
        working.run_now(run, at=timezone.now())


@pytest.mark.parametrize("role", [r for r in Role if r != Role.STATISTICIAN])
def test_only_statisticians_ask(by, role):
    made = lists(by, 4)
    with pytest.raises(NotYourRole):
        asking.ask_run([one.pk for one in made], by=officer(role), at=NOW)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("threshold", 0.2), ("threshold", 1.0), ("review_from", 0.0), ("review_from", 0.99),
     ("seed", -1), ("model", "{}")],
)  # fmt: skip
def test_a_wrong_setting_is_refused_by_its_name(by, setting, value):
    with pytest.raises(WrongInput, match=setting):
        asked(by, **{setting: value})
    assert not LinkageRun.objects.exists()


def test_lists_that_cannot_be_linked_are_refused(by):
    with acting_for(by.pk):
        one = sealed_list(people(3, "police"), source="police")
        half = sealed_list(people(3, "shelter"), source="shelter", complete=False)
        for ids, why in (([one.pk], TooFewLists), ([one.pk, half.pk], ListNotReady)):
            with pytest.raises(why):
                asking.ask_run(ids, by=by, at=timezone.now())


def test_a_run_whose_lists_are_gone_is_refused_in_words(by):
    run = asked(by)
    with acting_for(by.pk), connection.cursor() as cursor:
        cursor.execute("select linkage_end_list(%s)", [AgencyList.objects.first().pk])
    done = working.run_now(run, at=timezone.now())
    assert done.state == RunState.REFUSED
    assert "gone for good" in done.because


def test_what_was_asked_and_found_is_never_altered_nor_deleted(by, acting):
    run = working.run_now(asked(by), at=timezone.now())
    acting(by)
    for change in ({"seed": 9}, {"lists": []}, {"threshold": 0.6}, {"result_hash": "x"},
                   {"model": "x"}, {"figures": {}}, {"state": "waiting"}):  # fmt: skip
        with pytest.raises(ProgrammingError, match="is kept"), transaction.atomic():
            LinkageRun.objects.filter(pk=run.pk).update(**change)
    for table in ("linkage_linkagerun", "linkage_linkedpair", "linkage_linkedrecord"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"delete from {table}")


KILLED = """
import django, os, signal; django.setup()
from mekhala.population.linkage.runs import working
from mekhala.population.linkage.models import LinkageRun
def dies(run, spool, tell):
    print(spool.records, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
working.link = dies
working.work_out.func(LinkageRun.objects.get().pk)
"""


def test_a_worker_killed_in_the_middle_keeps_nothing_and_another_one_finishes(transactional_db):
    by = statistician()
    run = asked(by)
    environment = os.environ | {"MEKHALA_TEST_DB": connection.settings_dict["NAME"]}
    code = KILLED.replace(
        "django.setup()",
        "from django.conf import settings;"
        " settings.DATABASES['default']['NAME'] = os.environ['MEKHALA_TEST_DB'];"
        " settings.DATABASES['default']['HOST'] = os.environ['MEKHALA_DB_SOCKET']; django.setup()",
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert done.stdout.strip() == "80"
    run.refresh_from_db()
    assert (run.state, run.attempts) == (RunState.RUNNING, 1)
    assert left_in_temp(run.number)
    LinkageRun.objects.update(told_at=timezone.now() - timedelta(hours=1))
    began = time.monotonic()
    assert link_waiting.func() == {"review": 1}
    assert time.monotonic() - began < 120
    assert not left_in_temp(run.number)
