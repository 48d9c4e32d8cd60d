"""``mekhala link`` over tokens: people and overlaps, and never a name."""

import csv
import json

import pytest

from mekhala.cli import main
from mekhala.core.estimation.tables import read_overlaps
from mekhala.core.table_cells import csv_text
from mekhala.sample.lists import COLUMNS, lists
from mekhala.sample.people import people

LISTED = lists(people(1200, 4), 4, coverage={"police": 0.5, "shelters": 0.6}, dependent=None,
               misspelt=0.2)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("link")
    assert main(["encode", "--new-key", str(place / "key")]) == 0
    for source in LISTED.sources:
        rows = [[r[c] for c in COLUMNS] for r in LISTED.records if r["source"] == source]
        (place / f"{source}.csv").write_text(csv_text([COLUMNS, *rows]), encoding="utf-8")
        words = ["encode", str(place / f"{source}.csv"), "--key-file", str(place / "key")]
        assert main([*words, "--out", str(place / f"{source}.tokens")]) == 0
    return place


@pytest.fixture
def there(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return folder


def rows_of(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def linked(capsys, out, *more):
    status = main(["link", "police.tokens", "shelters.tokens", "--out", str(out), *more])
    return status, capsys.readouterr()


def test_people_on_both_lists_are_found_from_tokens_alone(there, tmp_path, capsys):
    status, said = linked(capsys, tmp_path / "out", "--json", "--distinct", "police,shelters")
    summary = json.loads(said.out)
    found = rows_of(tmp_path / "out" / "pairs.csv")
    sure = [p for p in found if float(p["probability"]) >= 0.95]
    right = [p for p in sure if LISTED.true_person[p["left"]] == LISTED.true_person[p["right"]]]
    both = LISTED.overlaps()[1, 1]

    assert status == 0
    assert len(right) >= 0.99 * len(sure)
    assert len(right) >= 0.9 * both
    assert (
        summary["records"] == len(LISTED.records) == len(rows_of(tmp_path / "out" / "people.csv"))
    )
    assert abs(summary["people"] - LISTED.listed) <= 0.05 * LISTED.listed
    assert all(float(p["probability"]) >= 0.5 for p in found)


def test_the_overlaps_are_the_input_of_an_estimate(there, tmp_path, capsys):
    linked(capsys, tmp_path / "out")
    table = read_overlaps((tmp_path / "out" / "overlaps.csv").read_text(), "overlaps.csv")

    assert table.lists == ("police", "shelters")
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert table.observed == summary["people"]


@pytest.mark.parametrize("encoded", [False, True])
def test_lists_that_each_number_from_one_are_told_apart_in_the_pairs(there, capsys, encoded):
    at = there / f"alike{encoded}"
    at.mkdir()
    files = []
    for source in LISTED.sources:
        held = [r | {"record_id": ""} for r in LISTED.records if r["source"] == source][:60]
        rows = [[r[c] or (str(n) if c == "record_id" else "") for c in COLUMNS]
                for n, r in enumerate(held, start=1)]  # fmt: skip
        files.append(str(at / f"{source}.csv"))
        (at / f"{source}.csv").write_text(csv_text([COLUMNS, *rows]), encoding="utf-8")
        if encoded:
            words = ["encode", files[-1], "--key-file", "key", "--out", f"{files[-1]}.tokens"]
            assert main(words) == 0
            files[-1] += ".tokens"
    assert main(["link", *files, "--out", str(at / "out")]) == 0
    pairs = rows_of(at / "out" / "pairs.csv")
    assert pairs
    assert all(":" in pair["left"] and ":" in pair["right"] for pair in pairs)
    words = ["estimate", "mse", str(at / "out" / "overlaps.csv"), "--method", "independence"]
    links = ["--links", str(at / "out" / "people.csv"), "--bootstrap", "50"]
    assert main([*words, *links]) == 0, capsys.readouterr().err


def test_nothing_that_is_written_holds_a_name(there, tmp_path, capsys):
    _, said = linked(capsys, tmp_path / "out")
    text = said.out + "".join(p.read_text() for p in (tmp_path / "out").iterdir())
    names = {word for r in LISTED.records for word in r["full_name"].split() if len(word) > 4}

    assert names
    assert not {name for name in names if name.lower() in text.lower()}


def test_the_same_files_in_another_order_give_the_same_people(there, tmp_path, capsys):
    main(["link", "police.tokens", "shelters.tokens", "--out", str(tmp_path / "a")])
    main(["link", "shelters.tokens", "police.tokens", "--out", str(tmp_path / "b")])

    assert (tmp_path / "a" / "people.csv").read_text() == (
        tmp_path / "b" / "people.csv"
    ).read_text()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["police.csv", "police.tokens"], "police.csv: row 1: holds no tokens"),
        (["police.tokens", "police.tokens"], "is in police.tokens too"),
        (["absent"], "absent: No such file"),
        (["police.tokens", "--threshold", "0"], "--threshold"),
        (["police.tokens", "--review-from", "nan"], "--review-from"),
        (["police.tokens", "--distinct", "court"], "--distinct: 'court' is no list here"),
    ],
)
def test_wrong_input_is_one_line_and_no_folder(there, tmp_path, capsys, words, why):
    assert main(["link", *words, "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert why in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_not_touched(there, tmp_path, capsys):
    assert linked(capsys, tmp_path)[0] == 2
    assert list(tmp_path.iterdir()) == []
