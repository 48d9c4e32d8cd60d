"""``mekhala link`` over records in clear: the files it writes, and what it refuses."""

import csv
import json

import pytest

from mekhala.cli import main
from mekhala.core.estimation.tables import read_overlaps
from mekhala.core.matching.records import COLUMNS
from mekhala.core.table_cells import csv_text
from mekhala.sample.registers import registers

FILES = {"pairs.csv", "people.csv", "overlaps.csv", "model.json", "summary.json", "report.html"}


@pytest.fixture(scope="module")
def records_csv(tmp_path_factory):
    path = tmp_path_factory.mktemp("clear") / "records.csv"
    rows = [[found.record[c] for c in COLUMNS] for found in registers(250, 5)]
    path.write_text(csv_text([COLUMNS, *rows]), encoding="utf-8")
    return path


def rows_of(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_folder_with_the_six_files_is_written(records_csv, tmp_path, capsys):
    out = tmp_path / "out"
    status = main(["link", str(records_csv), "--out", str(out), "--json"])
    summary = json.loads(capsys.readouterr().out)
    people = rows_of(out / "people.csv")

    assert status == 0
    assert {path.name for path in out.iterdir()} == FILES
    assert {"records", "people", "pairs", "seconds", "peak_mb", "engine", "version"} <= set(summary)
    assert len(people) == summary["records"]
    assert set(people[0]) == {"record_id", "source", "person_id"}
    assert len({row["person_id"] for row in people}) == summary["people"]
    assert read_overlaps((out / "overlaps.csv").read_text(), "o").observed == summary["people"]
    assert all(float(row["probability"]) >= 0.5 for row in rows_of(out / "pairs.csv"))


def test_a_model_is_kept_and_used_again(records_csv, tmp_path, capsys):
    kept = tmp_path / "kept.json"
    for name in ("first", "second"):
        words = ["link", str(records_csv), "--out", str(tmp_path / name), "--model", str(kept)]
        assert main(words) == 0
    pairs = [(tmp_path / name / "pairs.csv").read_text() for name in ("first", "second")]

    assert kept.exists()
    assert pairs[0] == pairs[1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("record_id,full_name\n1,Sok Dara\n", "has no column source"),
        ("record_id,source\n1,a\n1,a\n", "is there twice"),
        ("record_id,source\n,a\n", "column record_id"),
        ("record_id,source\n1,a,more\n", "more cells than the header"),
        ("record_id,source\n", "holds no records"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(text, says, tmp_path, capsys):
    path = tmp_path / "wrong.csv"
    path.write_text(text, encoding="utf-8")

    assert main(["link", str(path), "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert "wrong.csv" in told
    assert told.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [(["--distinct", "nobody"], "--distinct"), (["--threshold", "nan"], "--threshold"),
     (["--seed", "-1"], "--seed"), (["--model", "RECORDS"], "holds no model")],
)  # fmt: skip
def test_a_wrong_option_is_refused_in_one_sentence(more, says, records_csv, tmp_path, capsys):
    words = [str(records_csv) if word == "RECORDS" else word for word in more]

    assert main(["link", str(records_csv), "--out", str(tmp_path / "out"), *words]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
