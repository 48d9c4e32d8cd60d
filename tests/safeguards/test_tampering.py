"""Whatever is done to the log before its last witnessed head is found, and the place is named."""

import ast
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import tampering
from benchmarks.tampering import KINDS, ONLY_FOUND_BY, honest, missed_on_a_database, mutants
from mekhala.safeguards.audit import heads, verifier

ALONE = Path(verifier.__file__)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.integers(0, 2**32))
def test_every_kind_of_tampering_is_found(kind, seed):
    rng = random.Random(seed)
    log = honest(rng)
    assert log.verdict().whole
    KINDS[kind](log, rng)
    verdict = log.verdict()
    assert not verdict.whole
    assert verdict.why.count(". ") == 0


def test_tampering_by_sql_with_a_real_log_is_found(transactional_db):
    assert not missed_on_a_database(18, seed=7)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_with_any_guard_taken_out_the_proof_goes_red(seed):
    assert mutants(seed) == []


def test_every_guard_of_the_verifier_has_its_mutant():
    guards = {name for name in vars(verifier) if name.startswith("_check_")}
    assert guards - {"_check_no_fork"} == set(ONLY_FOUND_BY)


def test_a_fork_is_called_a_fork(monkeypatch):
    log = honest(random.Random(5))
    tampering.fork(log, random.Random(5))
    assert "a fork" in log.verdict().why
    monkeypatch.setattr(verifier, "_check_no_fork", lambda _sources: None)
    assert "a fork" not in log.verdict().why


def test_what_nobody_witnessed_yet_is_counted_as_that():
    log = honest(random.Random(2))
    log.one = log.one[:2]
    log.two = []
    verdict = log.verdict()
    assert verdict.whole
    assert verdict.witnessed == log.one[-1]["size"] < verdict.entries
    assert f"{verdict.entries - verdict.witnessed} since then" in verifier.told(
        verdict, pinned=True
    )


def test_a_log_written_anew_after_the_last_head_is_not_claimed_to_be_checked():
    log = honest(random.Random(2))
    log.one, log.two = [], []
    assert "a log written anew is not found" in verifier.told(log.verdict(), pinned=False)


def test_the_installations_own_heads_are_held_against_the_log_but_witness_nothing():
    log = honest(random.Random(2))
    own = verifier.Source("this installation", log.one, own=True)
    assert verifier.verify(log.rows, [own]).witnessed == 0
    tampering._rewrite(log, random.Random(2))
    assert "this installation" in verifier.verify(log.rows, [own]).why


def test_the_verifier_imports_nothing_of_the_application():
    tree = ast.parse(ALONE.read_text(encoding="utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    outside = {n.partition(".")[0] for n in names} - sys.stdlib_module_names
    assert outside == {"psycopg", "cryptography"}


def _export(rows, path):
    path.write_text("".join(json.dumps(row._asdict()) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def _alone(*words):
    """Run a copy of the verifier as another machine would: no package, no environment."""
    return subprocess.run(
        [sys.executable, "-I", *words], check=False, capture_output=True, text=True, cwd="/"
    )


@pytest.fixture
def copied(tmp_path):
    """Return a copy of the verifier, an export, a witness's file and the public key."""
    log = honest(random.Random(9))
    program = tmp_path / "verifier.py"
    program.write_bytes(ALONE.read_bytes())
    witness = tmp_path / "heads.jsonl"
    witness.write_text("".join(json.dumps(head) + "\n" for head in log.one), encoding="utf-8")
    return log, program, witness, heads.public_of(log.key), tmp_path


def test_the_verifier_stands_alone(copied):
    log, program, witness, key, folder = copied
    good, cut = _export(log.rows, folder / "good"), _export(log.rows[:9], folder / "cut")
    with_key = ["--witness", witness, "--key", key]

    done = _alone(program, "--log", good, *with_key)
    assert (done.returncode, done.stderr) == (0, "")
    assert "The log is whole: 60 entries" in done.stdout
    found = _alone(program, "--log", cut, *with_key)
    assert (found.returncode, found.stdout) == (1, "")
    assert "its end was cut off" in found.stderr
    other = _alone(program, "--log", good, "--witness", witness, "--key", "0" * 64)
    assert "is not signed with the key of this log" in other.stderr


def test_heads_older_than_asked_for_are_told(copied):
    log, program, witness, _key, folder = copied
    good = _export(log.rows, folder / "good")
    done = _alone(program, "--log", good, "--witness", witness, "--not-older-than", "60")
    assert done.returncode == 1
    assert "may have been put back" in done.stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("no json\n", "line 1: expected one JSON object"),
        ("[1]\n", "line 1: expected one JSON object"),
        ('{"id": 1}\n', "line 1: expected the words id, at"),
    ],
)
def test_an_export_that_cannot_be_read_is_one_sentence_and_status_2(copied, wrong, said):
    _log, program, _witness, _key, folder = copied
    bad = folder / "bad.jsonl"
    bad.write_text(wrong, encoding="utf-8")
    done = _alone(program, "--log", bad)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr
    no_heads = _alone(program, "--log", bad, "--witness", bad)
    assert (no_heads.returncode, no_heads.stderr.count("\n")) == (2, 1)
