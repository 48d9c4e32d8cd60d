"""Estimates are asked for, worked out once, and kept with all that repeats them."""

import json

import pytest
from django.tasks import default_task_backend
from django_tasks_db.models import DBTaskResult

from mekhala.core.wrong_input import WrongInput
from mekhala.population.estimates import queries, services
from mekhala.population.estimates.errors import NotWaiting
from mekhala.population.estimates.models import EstimateRun, RunState
from mekhala.population.linkage.errors import NotYourRole
from tests.builders import NOW, officer
from tests.builders_population import overlap_table, statistician
from tests.log import Entry


def ask(**more):
    more = {"bootstrap": 50, "seed": 7} | more
    return services.ask_run(
        more.pop("table", None) or overlap_table(), **more, by=statistician(), at=NOW
    )


def test_methods_stand_side_by_side_each_with_interval_model_and_assumption(db):
    run = services.run_now(ask(), at=NOW)
    assert run.state == RunState.DONE
    found = queries.estimates_of(run)
    assert [e["method"] for e in found] == ["independence", "stepwise"]
    for e in found:
        assert e["observed"] == 280 < e["low"] <= e["estimate"] <= e["high"]
        assert all([e["model"], e["assumption"], e["covers"]])
        assert len(e["data_hash"]) == 64


def test_the_same_seed_gives_the_same_answer_and_another_seed_another_interval(db):
    table = overlap_table()
    first, same, other = (services.run_now(ask(table=table, seed=s), at=NOW) for s in (7, 7, 8))
    without_time = [[e | {"seconds": 0} for e in queries.estimates_of(r)] for r in (first, same)]
    assert without_time[0] == without_time[1]
    assert queries.estimates_of(first)[0]["low"] != queries.estimates_of(other)[0]["low"]


def test_the_command_line_shown_repeats_the_run(db, tmp_path, capsys):
    from mekhala.cli import main
    from mekhala.core.estimation.tables import write_overlaps
    from mekhala.population.linkage.queries import as_overlaps

    run = services.run_now(ask(method="stepwise"), at=NOW)
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
    run = services.run_now(ask(table=table), at=NOW)
    assert run.state == RunState.REFUSED
    assert {"no_finite_estimate", "sparse_overlap"} <= {r["code"] for r in queries.reasons_of(run)}


def test_a_result_is_never_replaced(db):
    run = services.run_now(ask(), at=NOW)
    with pytest.raises(NotWaiting):
        services.run_now(run, at=NOW)


def test_the_worker_is_called_once_the_asking_is_committed(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = ask()
        assert not DBTaskResult.objects.exists()
    waiting = DBTaskResult.objects.get()
    assert (waiting.task_path, waiting.args_kwargs["args"]) == (
        "mekhala.population.estimates.services.work_out", [run.pk],
    )  # fmt: skip
    assert default_task_backend.get_result(str(waiting.pk)).task.func(run.pk) == "done"
    assert EstimateRun.objects.get(pk=run.pk).state == RunState.DONE


def test_work_that_breaks_off_does_not_seem_to_wait(db, monkeypatch):
    run = ask()
    monkeypatch.setattr(services, "_answer", lambda run: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.work_out.func(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED


@pytest.mark.parametrize(
    ("setting", "value"),
    [("level", 1.0), ("level", 0), ("bootstrap", 49), ("bootstrap", 10**6), ("seed", -1),
     ("method", "guess")],
)  # fmt: skip
def test_settings_no_run_can_be_made_with_are_refused_by_name(db, setting, value):
    with pytest.raises(WrongInput, match=setting):
        ask(**{setting: value})
    assert not EstimateRun.objects.exists()


def test_only_statisticians_ask(db):
    with pytest.raises(NotYourRole):
        services.ask_run(overlap_table(), by=officer(), at=NOW)


def test_asking_and_working_out_leave_one_entry_each(db):
    services.run_now(ask(), at=NOW)
    acts = list(Entry.objects.order_by("id").values_list("act", flat=True))
    assert acts == ["estimates.asked", "estimates.run"]
