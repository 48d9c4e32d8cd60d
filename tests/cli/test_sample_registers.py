"""``mekhala sample --registers``: files of an invented country, without a database."""

import csv
import json

import pytest

from mekhala.cli import main


def called(capsys, *words):
    status = main(["sample", *map(str, words)])
    return status, *capsys.readouterr()


def test_registers_are_written_without_a_database(tmp_path, capsys):
    made = tmp_path / "made"
    status, said, _ = called(capsys, "--registers", made, "--people", 300, "--seed", 3, "--json")
    with (made / "records.csv").open(encoding="utf-8") as lines:
        records = list(csv.DictReader(lines))

    answer = json.loads(said)
    assert status == 0
    assert answer["records"] == len(records) > 300
    assert {path.name for path in made.iterdir()} == {"records.csv", "truth.csv"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--registers", "{there}"], "is there already"),
        (["--registers", "{there}/none/made"], "expected a place to write to"),
        (["--names", "{there}"], "--registers DIR"),
        (["--registers", "{there}/made", "--names", "{there}/none.csv"], "cannot be read"),
        (["--registers", "{there}/made", "--people", "99999999999"], "out of reach"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(tmp_path, capsys, words, why):
    status, said, complaint = called(capsys, *(word.format(there=tmp_path) for word in words))

    assert (status, said) == (2, "")
    assert why in complaint
    assert complaint.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
