"""Wrong input to the command: status 2, one line on standard error, nothing on standard output."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mekhala.cli import main

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "empty": b"",
    "binary": b"\xff\xfe\x00\x01",
    "latin": b"h\xe9",
    "half.json": b'{"a":',
    "null.json": b"null",
    "nan.json": b'{"case": NaN}',
    "codes.json": b'{"facts": {"nope": "yes"}, "profile": "adult_labour", "indicators": ["nope"]}',
    "columns.csv": b"a,b\n1,2\n",
    "semicolons.csv": b"a;b;count\n1;0;5\n",
    "negative.csv": b"a,b,count\n1,0,-5\n",
    "not_a_number.csv": b"a,b,count\n1,0,nan\n",
    "huge.csv": b"a,b,count\n1,0,1e400\n",
    "digits.csv": b"a,b,count\n1,0," + b"9" * 5000 + b"\n",
    "long.csv": b"x" * 200_000 + b",b\n1,2\n",
    "two.csv": b"a,b,count\n2,0,5\n",
    "nobody.csv": b"a,b,count\n0,0,5\n",
    "twice.csv": b"cluster,positive,screened\na,1,5\na,1,5\n",
    "negative_cluster.csv": b"cluster,positive,screened\na,-1,5\n",
}
OVERLAPS = [n for n in FILES if n.endswith(".csv") and n not in ("twice.csv",)]
ANY = ["absent", "folder", "empty", "binary", "latin"]
SHARE = ["estimate", "proportion", "--positive", "2", "--screened", "10"]
WRONG = [
    *[[c, f] for c in ("assess", "screen") for f in (
        *ANY, "half.json", "null.json", "nan.json", "codes.json", "columns.csv")],
    *[["claims", f] for f in (*ANY, "columns.csv", "long.csv")],
    *[["names", f] for f in ("columns.csv", "long.csv", "absent.csv")], ["names"],
    ["names", "a", "b", "c"], ["names", "--nope", "a"],
    *[["estimate", "mse", f, "--bootstrap", "0"] for f in (*ANY, *OVERLAPS) if f != "columns.csv"],
    *[[*SHARE, "--clusters", f] for f in (*ANY, "", "twice.csv", "negative_cluster.csv")],
    *[["estimate", "proportion", f"--{design}", f] for f in (*ANY, *OVERLAPS, "twice.csv")
      for design in ("strata", "time-location", "two-phase", "rds")],
    *[["estimate", "proportion", "--scale-up", f, "--known", f, "--population", "9"] for f in (
        *ANY, *OVERLAPS)],
    *[["import", "police", f, "--as", "anybody"] for f in ("absent", "folder", "binary", "latin")],
    ["estimate", "proportion", "--positive", "9" * 400, "--screened", "9" * 400],
    ["estimate", "proportion", "--positive", "-1", "--screened", "5"],
    ["estimate", "proportion", "--positive", "6", "--screened", "5"],
    [*SHARE, "--level", "nan"], [*SHARE, "--refused", "-1"], [*SHARE, "--population", "3"],
    ["estimate", "mse", "two.csv", "--seed", "-1"], ["estimate", "mse", "two.csv", "--level", "2"],
    ["estimate", "mse", "two.csv", "--method", "bayes"], ["estimate"], ["estimate", "nope"],
    ["sample", "--people", "0"], ["sample", "--people", "x"], ["sample", "--seed", "-1"],
    ["sample", "--people", "99999999999999"], ["audit"], ["audit", "nope"], ["doctor", "x"],
    *[["forms", "check", f] for f in ("absent", "folder", "empty", "binary")],
    ["forms", "compare", "absent", "absent"],
    ["link", "columns.csv", "--out", "o", "--columns", "no"],
    ["import"], ["import", "police"], ["import", "police", "columns.csv"],
    ["assess"], ["assess", "a", "b"], ["assess", "-", "a"], ["screen", "--nope", "x"],
    ["claims"], ["nope"], ["--nope"],
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("wrong")
    (place / "folder").mkdir()
    for name, content in FILES.items():
        (place / name).write_bytes(content)
    return place


def status_of(words):
    try:
        return main(words)
    except SystemExit as end:
        return end.code


@pytest.mark.parametrize("words", WRONG, ids=lambda words: " ".join(words)[:60])
@pytest.mark.parametrize("form", ["words", "json"])
def test_wrong_input_is_one_line_and_status_2(folder, monkeypatch, capsys, words, form):
    monkeypatch.chdir(folder)
    takes_json = form == "json" and words[0] in ("assess", "screen", "claims")
    assert status_of([*words, "--json"] if takes_json else words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("mekhala")


def test_standard_input_that_is_closed_or_no_text_is_said_so(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["assess", "-"]) == 2
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe")))
    assert main(["assess", "-"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "mekhala assess: -: standard input is closed; give a readable file",
        "mekhala assess: -: is not UTF-8 text; save it as UTF-8",
    ]


def called(*words, redirect="", **environment):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MEKHALA", "DATABASE"))}
    command = f'"{sys.executable}" -m mekhala.cli "$@" {redirect}'
    return subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", command, "mekhala", *words], check=False, cwd=ROOT,
        env=kept | {"PYTHONPATH": str(ROOT / "src")} | environment, capture_output=True,
        text=True, timeout=60, input="{\n}\n",  # JSON, and a header with a row
    )  # fmt: skip


@pytest.mark.parametrize("words", [["--help"], ["assess", "-", "--json"], ["assess", "--help"]])
def test_a_reader_who_has_seen_enough_is_no_failure(words):
    done = called(*words, redirect="| true")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_disk_is_one_line_and_status_1():
    done = called("assess", "-", redirect="> /dev/full")
    assert (done.returncode, done.stderr) == (1, "mekhala assess: No space left on device\n")


@pytest.mark.parametrize("words", [
    ["audit", "verify", "--json"], ["sample", "--json"], ["import", "police", "-", "--as", "x"],
])  # fmt: skip
@pytest.mark.parametrize("broken", [
    {"DATABASE_URL": "postgresql://me:sesame@127.0.0.1:1/m"}, {"DATABASE_URL": "sesame"},
    {"MEKHALA_HOME": "/dev/null"},
])  # fmt: skip
def test_a_database_out_of_reach_is_one_line_and_status_1(tmp_path, words, broken):
    done = called(*words, **{"MEKHALA_HOME": str(tmp_path)} | broken)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert next(iter(broken)) in done.stderr
    assert "sesame" not in done.stderr


def test_the_doctor_finds_it_out_and_still_answers_in_one_document(tmp_path):
    url = "postgresql://me:sesame@127.0.0.1:1/m"
    done = called("doctor", "--json", DATABASE_URL=url, MEKHALA_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (1, "")
    assert "Database" in {f["what"] for f in json.loads(done.stdout) if not f["well"]}
