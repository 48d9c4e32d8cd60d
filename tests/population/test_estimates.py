"""Estimates are asked for, worked out once, and kept with all that repeats them."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.tasks import default_task_backend
from django_tasks_db.models import DBTaskResult

from mekhala.core.estimation.panel import METHODS
from mekhala.core.wrong_input import WrongInput
from mekhala.jobs.waiting_estimates import work_out_waiting
from mekhala.jobs.yearly_estimates import ask_for_closed_year
from mekhala.population.estimates import errors, policies, queries, services
from mekhala.population.estimates.models import EstimateRun, Method, RepeatState, RunState
from mekhala.population.estimates.services import working
from mekhala.population.linkage.errors import NotYourRole
from tests.builders import NOW, officer
from tests.builders_population import overlap_table, statistician
from tests.log import Entry


def ask(**more):
    more = {"method": "stepwise", "bootstrap": 50, "seed": 7} | more
    return services.ask_run(
        more.pop("table", None) or overlap_table(), **more, by=statistician(), at=NOW
    )


def done(**more):
    return services.run_now(ask(**more), at=NOW)


def repeated(run, by=None):
    repeat = services.ask_repeat(run, by=by or statistician(), at=NOW)
    return services.repeat_now(repeat, at=NOW)


def test_every_method_of_the_library_may_be_asked_for_and_has_a_name():
    assert Method.values == ["all", "chapman", *METHODS]


def test_methods_stand_side_by_side_each_with_interval_model_and_assumption(db):
    run = done(method="all", bootstrap=0)
    assert (run.state, run.version) == (RunState.DONE, queries.estimates_of(run)[0]["version"])
    found = queries.estimates_of(run)
    assert [e["method"] for e in found] == list(METHODS)
    for e in found:
        assert e["observed"] == 280 < e["low"] <= e["estimate"]
        assert all([e["model"], e["assumption"], e["covers"]])
        assert e["data_hash"] == run.data_hash
    assert run.result["ties"]["xi"][0] == pytest.approx(1 / 3, abs=1e-3)


def test_the_same_seed_gives_the_same_answer_and_another_seed_another_interval(db):
    table = overlap_table()
    first, same, other = (done(table=table, seed=s) for s in (7, 7, 8))
    without_time = [[e | {"seconds": 0} for e in queries.estimates_of(r)] for r in (first, same)]
    assert without_time[0] == without_time[1]
    assert queries.estimates_of(first)[0]["low"] != queries.estimates_of(other)[0]["low"]
    assert {run.pk for run in queries.others_of(first)} == {same.pk, other.pk}


def test_the_command_line_shown_repeats_the_run(db, tmp_path, capsys):
    from mekhala.cli import main
    from mekhala.core.estimation.tables import write_overlaps
    from mekhala.population.linkage.queries import as_overlaps

    run = done()
    file = tmp_path / "lists.csv"
    file.write_text(write_overlaps(as_overlaps(run.table)), encoding="utf-8")
    assert main(queries.command_that_repeats(run, str(file)).split()[1:]) == 0
    said = json.loads(capsys.readouterr().out)
    kept = queries.estimates_of(run)[0]
    assert [said[k] for k in ("estimate", "low", "high", "data_hash")] == [
        kept[k] for k in ("estimate", "low", "high", "data_hash")
    ]


def test_lists_that_share_nobody_give_no_number_but_reasons(db):
    table = overlap_table([[1, 0, 40], [0, 1, 50]], lists=("hotline", "police"))
    run = done(table=table)
    assert run.state == RunState.REFUSED
    assert {"no_finite_estimate", "sparse_overlap"} <= {r["code"] for r in queries.reasons_of(run)}


def test_a_result_is_never_replaced(db):
    with pytest.raises(errors.NotWaiting):
        services.run_now(done(), at=NOW)


@pytest.mark.parametrize(
    "change",
    ["result = '{}'", "state = 'waiting'", "seed = 8", "version = 'x'", "done_at = now()"],
)
def test_the_database_lets_nobody_alter_a_finished_run(db, change):
    run = done()
    with (
        pytest.raises(ProgrammingError, match="it is finished"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"update estimates_estimaterun set {change} where id = %s", [run.pk])


@pytest.mark.parametrize("change", ["seed = 8", "level = 0.5", "method = 'bic'", "data_hash = ''"])
def test_what_was_asked_does_not_change_while_a_run_waits(db, change):
    run = ask()
    with (
        pytest.raises(ProgrammingError, match="what was asked"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"update estimates_estimaterun set {change} where id = %s", [run.pk])


@pytest.mark.parametrize(
    "act",
    [
        "delete from estimates_estimaterun", "truncate estimates_estimaterun cascade",
        "delete from estimates_repeat", "update estimates_repeat set state = 'differs'",
        "delete from estimates_signature", "update estimates_signature set at = now()",
        "delete from linkage_overlaptable", "update linkage_overlaptable set people = 1",
    ],
)  # fmt: skip
def test_runs_repeats_signatures_and_their_lists_are_kept(db, act):
    run, by = done(), statistician()
    repeated(run)
    services.sign(run, by=by, at=NOW)
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|kept|append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)


def test_no_run_is_done_without_its_answer(db):
    run = ask()
    with pytest.raises(IntegrityError, match="run_answered_has_its_answer"), transaction.atomic():
        EstimateRun.objects.filter(pk=run.pk).update(state=RunState.DONE)


def test_a_repeat_is_equal_to_the_last_digit_and_changes_nothing(db):
    run = done(method="all", bootstrap=50)
    before = EstimateRun.objects.values().get(pk=run.pk)
    again = repeated(run)
    assert (again.state, again.differs, again.version) == (RepeatState.EQUAL, [], run.version)
    assert EstimateRun.objects.values().get(pk=run.pk) == before


def test_a_repeat_tells_in_what_it_differs(db, monkeypatch):
    from mekhala.core.estimation import choice

    run = done(bootstrap=0)
    monkeypatch.setattr(choice, "TAIL", 0.9)
    again = repeated(run)
    assert again.state == RepeatState.DIFFERS
    found = {(d["method"], d["field"]) for d in again.differs}
    assert {("stepwise", "estimate"), ("stepwise", "model")} <= found
    told = next(d for d in again.differs if d["field"] == "estimate")
    assert told["was"] == queries.estimates_of(run)[0]["estimate"] != told["is"]


def test_a_run_is_signed_by_two_once_it_came_out_the_same_again(db):
    run, first, second = done(), statistician(), statistician()
    with pytest.raises(errors.NotRepeated):
        services.sign(run, by=first, at=NOW)
    repeated(run)
    services.sign(run, by=first, at=NOW)
    with pytest.raises(errors.SignedBefore):
        services.sign(run, by=first, at=NOW)
    assert not queries.is_signed(queries.runs().get(pk=run.pk))
    services.sign(run, by=second, at=NOW)
    assert queries.is_signed(queries.runs().get(pk=run.pk))


def test_what_came_out_differently_or_gives_no_number_is_not_signed(db, monkeypatch):
    from mekhala.core.estimation import choice

    run = done(bootstrap=0)
    monkeypatch.setattr(choice, "TAIL", 0.9)
    repeated(run)
    with pytest.raises(errors.CameOutDifferently):
        services.sign(run, by=statistician(), at=NOW)
    refused = done(table=overlap_table([[1, 0, 40], [0, 1, 50]], lists=("a", "b")))
    with pytest.raises(errors.NoNumberToSign):
        services.sign(refused, by=statistician(), at=NOW)


def test_methods_too_far_apart_may_be_read_but_not_signed(db):
    run = done()
    result = run.result | {"agreement": run.result["agreement"] | {"verdict": "no_number"}}
    apart = EstimateRun.objects.create(
        table=run.table, data_hash=run.data_hash, method="stepwise", asked_at=NOW, done_at=NOW,
        state=RunState.DONE, version="0", result=result,
    )  # fmt: skip
    with pytest.raises(errors.NoNumberToSign):
        services.sign(apart, by=statistician(), at=NOW)


def test_two_lists_have_their_own_method_and_no_number_to_tell(db):
    table = overlap_table([[1, 0, 60], [0, 1, 80], [1, 1, 30]], lists=("hotline", "police"))
    run = done(table=table, method="chapman")
    assert queries.estimates_of(run)[0]["estimate"] > 170
    assert not policies.may_tell(run)
    with pytest.raises(WrongInput, match="chapman"):
        ask(method="chapman")


def test_a_run_without_answer_is_not_repeated_and_no_repeat_is_asked_for_twice(db):
    with pytest.raises(errors.NotFinished):
        services.ask_repeat(ask(), by=statistician(), at=NOW)
    run = done()
    services.ask_repeat(run, by=statistician(), at=NOW)
    with pytest.raises(errors.RepeatWaiting):
        services.ask_repeat(run, by=statistician(), at=NOW)


def test_how_far_a_run_is_can_be_read_while_it_is_worked_out(db, monkeypatch):
    seen = []
    monkeypatch.setattr(working, "EVERY", 0.0)

    def answer(run, tell):
        tell("stepwise", 1, 1, 250, 1000)
        seen.append(EstimateRun.objects.get(pk=run.pk))
        return {"estimates": [], "reasons": [{"code": "x", "because": "y"}]}

    monkeypatch.setattr(working, "answer_of", answer)
    run = done()
    assert (seen[0].state, seen[0].progress["done"]) == (RunState.RUNNING, 250)
    assert run.progress == {}


def test_the_worker_is_called_once_the_asking_is_committed(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = ask()
        assert not DBTaskResult.objects.exists()
    waiting = DBTaskResult.objects.get()
    assert waiting.args_kwargs["args"] == [run.pk]
    assert default_task_backend.get_result(str(waiting.pk)).task.func(run.pk) == "done"
    assert EstimateRun.objects.get(pk=run.pk).state == RunState.DONE


def test_work_that_breaks_off_does_not_seem_to_wait(db, monkeypatch):
    run = ask()
    monkeypatch.setattr(working, "answer_of", lambda run, tell: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.work_out.func(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED


def test_a_run_whose_worker_never_came_back_is_marked_as_failed(db):
    lost = ask()
    EstimateRun.objects.filter(pk=lost.pk).update(
        state=RunState.RUNNING, started_at=NOW - timedelta(days=400)
    )
    waiting = ask()
    repeat = services.ask_repeat(done(), by=statistician(), at=NOW)
    assert work_out_waiting.func() == {"done": 1, "equal": 1}
    states = [EstimateRun.objects.get(pk=r.pk).state for r in (lost, waiting)]
    repeat.refresh_from_db()
    assert (states, repeat.state) == (["failed", "done"], "equal")


def test_the_closed_year_is_run_by_all_methods_unless_somebody_asked(db, monkeypatch):
    from mekhala.jobs import yearly_estimates

    table = overlap_table()
    monkeypatch.setattr(yearly_estimates.timezone, "now", lambda: NOW + timedelta(days=366))
    run = EstimateRun.objects.get(pk=ask_for_closed_year.func())
    assert (run.table_id, run.method) == (table.pk, "all")
    assert ask_for_closed_year.func() is None


@pytest.mark.parametrize(
    ("setting", "value"),
    [("level", 1.0), ("level", 0), ("bootstrap", 49), ("bootstrap", 10**6), ("seed", -1),
     ("method", "guess")],
)  # fmt: skip
def test_settings_no_run_can_be_made_with_are_refused_by_name(db, setting, value):
    with pytest.raises(WrongInput, match=setting):
        ask(**{setting: value})
    assert not EstimateRun.objects.exists()


def test_only_statisticians_ask_repeat_and_sign(db):
    run = done()
    for act in (
        lambda: services.ask_run(run.table, by=officer(), at=NOW),
        lambda: services.ask_repeat(run, by=officer(), at=NOW),
        lambda: services.sign(run, by=officer(), at=NOW),
    ):
        with pytest.raises(NotYourRole):
            act()


def test_each_act_leaves_one_entry(db):
    run, by = done(), statistician()
    repeated(run, by)
    services.sign(run, by=by, at=NOW)
    acts = list(Entry.objects.order_by("id").values_list("act", flat=True))
    assert acts == [
        "estimates.asked", "estimates.run", "estimates.repeat_asked", "estimates.repeated",
        "estimates.signed",
    ]  # fmt: skip
