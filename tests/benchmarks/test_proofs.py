"""The quick form of each proof, and that a proof says what it found so that a machine reads it."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from benchmarks import (
    kills,
    membership,
    phone_disk,
    proof_page,
    proofs,
    revoked,
    rows,
    strangers,
    timing,
)
from benchmarks.proof_table import PROOFS
from mekhala.core.check_digit import new_number
from mekhala.safeguards.access.acting import acting_for
from tests import homes
from tests.builders import case, officer

ROOT = Path(__file__).resolve().parents[2]


def _said(capsys):
    return [rows.read(line) for line in capsys.readouterr().out.splitlines()]


def _alone(module, *words):
    """Run a proof as ``./run proof`` does: a process and a database of its own."""
    homes.migrated()
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *words], check=False, capture_output=True,
        text=True, cwd=ROOT, env=None,
    )  # fmt: skip
    return [row for line in done.stdout.splitlines() if (row := rows.read(line))], done.stderr


def test_a_row_is_read_as_it_was_told(capsys):
    assert rows.tell("R-00", target="0 lost", measured="2 lost", passed=False, seed=7) == 1
    assert rows.tell_mutant("R-00", "a guard", red=True) == 0
    failed, red = _said(capsys)
    assert failed == rows.Row("R-00", "0 lost", "2 lost", "FAIL", "7")
    assert (red.passed, failed.passed) == (True, False)
    assert rows.read("words for a reader\n") is None


def test_each_proof_is_in_the_table_once_and_can_be_asked_for_by_id():
    ids = [name for proof in PROOFS for name in proof.says]
    assert len(ids) == len(set(ids))
    for proof in PROOFS:
        assert (ROOT / "benchmarks" / f"{proof.module.replace('.', '/')}.py").exists()
        assert proof in proofs._chosen([next(iter(proof.says))])
    with pytest.raises(SystemExit) as left:
        proofs.main(["NO-SUCH"])
    assert left.value.code == 2


def test_a_proof_that_breaks_off_is_a_fail_and_not_a_row_less(capsys):
    (proof,) = proofs._chosen(["R-04"])
    missing = proofs._missing(proof, [], ["--seed", "9"])
    assert [row.verdict for row in missing] == ["FAIL"]
    assert not proofs._missing(proof, missing, ["--seed", "9"])


def test_the_page_keeps_what_was_not_run_again(tmp_path):
    page = tmp_path / "PROOF.md"
    old = rows.Row("R-04", "0 leaks", "3 leaks", "FAIL", "1")
    proof_page.write(page, [(old, False), (rows.MutantRow("R-04", "a guard", rows.RED), False)])
    proof_page.write(page, [(rows.Row("R-01", "alike", "alike", "PASS", "2"), True)])
    text = page.read_text()
    assert text.index("| R-01 |") < text.index("| R-04 |")
    assert "3 leaks | FAIL" in text
    assert "`./run proof R-01 --seed 2 --quick`" in text
    assert "| R-04 | a guard | red |" in text
    proof_page.write(page, [(old._replace(measured="0 leaks", verdict="PASS"), False)])
    assert "3 leaks" not in page.read_text()


@pytest.fixture
def known(db):
    """Return numbers of cases that stand."""
    by = officer()
    with acting_for(by.pk):
        return [case(by).number for _ in range(20)]


def test_a_closed_case_is_told_like_an_absent_one_and_as_quickly(known):
    absent = [new_number("MK") for _ in range(20)]
    found = timing.paired(300, random.Random(1), known, absent)
    assert timing.is_alike(found, most=3.0), timing.in_words(found)  # a busy machine


def test_a_view_that_makes_the_page_first_is_noticed(known, monkeypatch):
    from django.http import Http404
    from django.utils import timezone

    from mekhala.pathway.encounter.queries import visible_to
    from mekhala.web.casework.cases import views
    from mekhala.web.casework.cases.frame import opened_case

    def late(request, number, **more):
        if number in known:
            for _ in range(20):  # what a page asks before it finds that it may not be shown
                list(visible_to(request.user, now=timezone.now())[:50])
            raise Http404
        return opened_case(request, number, **more)

    monkeypatch.setattr(views, "opened_case", late)
    found = timing.paired(60, random.Random(1), known, [new_number("MK") for _ in range(20)])
    assert not timing.is_alike(found, most=3.0), timing.in_words(found)


def test_an_answer_is_read_without_the_marks_of_one_request(known):
    client = Client()
    client.force_login(officer())
    one, other = (strangers.ask(client, "get", "/cases/find/") for _ in range(2))
    assert one.body == other.body


def _told(*sizes):
    return [strangers.Told(200, "x" * size, 0.001) for size in sizes]


def test_a_signal_that_tells_the_known_is_told_from_chance():
    found = membership.Asked()
    found.known["door"], found.unknown["door"] = _told(*[9] * 200), _told(*[8] * 200)
    assert found.auc("door", "size")[0] == 1.0
    assert found.auc("door", "words")[0] == 1.0
    assert not membership.is_chance(found)
    found.known["door"] = _told(*[8] * 200)
    assert {found.auc("door", signal)[0] for signal in ("size", "status", "words")} == {0.5}


@pytest.mark.django_db
def test_what_is_ended_is_ended_at_the_next_request():
    assert set(revoked.tried(3)) <= {revoked.AGAIN}


def test_a_pooled_connection_carries_nobody_on():
    (row,), told = _alone("pooled", "--quick")
    assert row.passed, (row, told[-500:])


def test_nothing_acknowledged_is_lost_when_everything_is_killed():
    (row, back), told = _alone("kills", "--tries", "1")
    assert "0 lost, 0 without a row either way" in row.measured, (row, told[-500:])
    assert "log whole" in row.measured
    assert "refused" not in row.measured
    assert "slowest" in back.measured


def test_a_log_row_without_its_act_is_found(db, monkeypatch):
    found = kills.Found()
    found.wrong["entries without a case"] = 1
    assert not found.is_good
    assert "1 entries without a case" in found.in_words()


def test_a_form_sent_again_and_again_is_kept_once():
    (row,), told = _alone("intake.again", "--quick")
    assert row.passed, (row, told[-500:])
    assert "100 rows, 100 effects, 1 held" in row.measured


def test_a_form_whose_sending_breaks_off_is_kept_once_and_whole():
    (row,), told = _alone("intake.cut", "--quick")
    assert row.passed, (row, told[-500:])
    assert "60 sent, 60 stored, 60 effects" in row.measured


def test_a_string_in_clear_on_a_disk_is_found_in_either_coding(tmp_path):
    words = ["Sokha 00ff", "Sokha 11ee", "Sokha 22dd"]
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "log").write_bytes(b"\x00\x0100ff\x00" + "11ee".encode("utf-16-le"))
    assert phone_disk.found(tmp_path, words) == set(words[:2])


def test_nothing_typed_into_the_app_lies_in_clear_on_the_disk():
    if not shutil.which("chromium"):
        pytest.skip("no browser: chromium is not installed on this machine")
    if not (ROOT / "src/mekhala/web/assets/built/field/parts.json").exists():
        pytest.skip("the app is not built: run mekhala.web.assets.build first")
    found, errors = _alone("phone_disk", "--quick", "--tries", "1")
    assert [row.proof for row in found] == ["TP-D", "TP-D-KILL"], errors
    assert all(row.passed for row in found), found
