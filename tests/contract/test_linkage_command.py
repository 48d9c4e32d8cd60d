"""``mekhala linkage``: from the pairs of ``link`` to figures by group, to ``estimate mse``."""

import contextlib
import csv
import json
import random

import pytest

from mekhala.cli import main
from mekhala.core.table_cells import csv_text
from mekhala.sample.lists import COLUMNS, lists
from mekhala.sample.people import people

LISTED = lists(people(1800, 4), 4, coverage={"police": 0.4, "shelters": 0.4, "hotline": 0.4},
               dependent=None, misspelt=0.6)  # fmt: skip
TRUE = LISTED.true_person


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("linkage")
    key = str(place / "key")
    (place / "key").write_text(random.Random(1).randbytes(32).hex(), encoding="utf-8")
    rows = [[r[c] if c != "national_id" else "" for c in COLUMNS] for r in LISTED.records]
    (place / "records.csv").write_text(csv_text([COLUMNS, *rows]), encoding="utf-8")
    words = [str(place / "records.csv"), "--key-file", key, "--out", str(place / "t")]
    assert main(["encode", *words]) == 0
    assert main(["link", str(place / "t"), "--out", str(place / "out")]) == 0
    strict = ["--out", str(place / "strict"), "--review-from", "0.95"]
    assert main(["link", str(place / "t"), *strict]) == 0
    (place / "few.csv").write_text(csv_text([COLUMNS, *rows[:9]]), encoding="utf-8")
    truth = [(r["source"], r["record_id"], TRUE[r["record_id"]]) for r in LISTED.records]
    (place / "truth.csv").write_text(
        csv_text([("source", "record_id", "true_person"), *truth]), encoding="utf-8"
    )
    return place


@pytest.fixture
def there(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return folder


def asked(capsys, *words):
    status = main([*words, "--json"])
    said = capsys.readouterr()
    assert status == 0, said.err
    return json.loads(said.out)


def answer(path):
    """Fill in what people who know the truth would."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["same"] = "yes" if TRUE[row["left"]] == TRUE[row["right"]] else "no"
    cells = [list(rows[0]), *[list(row.values()) for row in rows]]
    path.write_text(csv_text(cells), encoding="utf-8")


@pytest.fixture
def checked(there, capsys):
    return drawn_and_answered(there, capsys, 0)


def drawn_and_answered(there, capsys, seed, folder="out"):
    path = there / f"{folder}{seed}.csv"
    if not path.exists():
        words = ("linkage", folder, "records.csv", "--draw", path.name, "--size", "900")
        assert asked(capsys, *words, "--seed", str(seed))["pairs"] > 850
        answer(path)
    return path


def test_a_truth_gives_the_figures_of_every_group(there, capsys):
    told = asked(capsys, "linkage", "out", "records.csv", "--truth", "truth.csv")

    assert told["everybody"]["precision"]["share"] > 0.97
    assert {part["of"] for part in told["groups"]} >= {"sex", "age", "nationality", "script"}
    pairs = sum(p["recall"]["pairs"] for p in told["groups"] if p["of"] == "sex")
    assert pairs == pytest.approx(told["everybody"]["recall"]["pairs"])
    assert told["calibration"]
    small = [part for part in told["groups"] if part["is_small"]]
    assert small
    assert all(part["recall"]["pairs"] < 20 > part["precision"]["pairs"] for part in small)


def test_a_checked_sample_tells_what_the_truth_does(there, checked, capsys):
    true = asked(capsys, "linkage", "out", "--truth", "truth.csv")["everybody"]
    told = asked(capsys, "linkage", "out", "records.csv", "--checked", "out0.csv")["checked"]

    for name in ("precision", "recall"):
        assert told[name]["low"] <= true[name]["share"] <= told[name]["high"]
    assert told["recall"]["high"] - told["recall"]["low"] < 0.2


def test_a_sample_holds_ids_and_no_word_about_anybody(there, checked):
    text = checked.read_text(encoding="utf-8").casefold()

    words = {w for r in LISTED.records for w in r["full_name"].casefold().split() if len(w) > 4}
    assert not [word for word in words - {"police", "hotline"} if word in text]


def test_what_people_found_puts_the_estimate_right(there, capsys):
    def estimate(*more):
        words = ("estimate", "mse", "strict/overlaps.csv", "--method", "independence",
                 "--bootstrap", "50", "--links", "strict/people.csv")  # fmt: skip
        return asked(capsys, *words, *more)["estimate"]

    plain = estimate()  # of pairs likelier than 0.95 alone: many are missed
    right = [
        estimate("--checked", drawn_and_answered(there, capsys, seed, "strict").name)
        for seed in range(3)
    ]

    assert plain > 1.04 * LISTED.victims  # missed links make the hidden population too large
    assert abs(sum(right) / 3 - LISTED.victims) < 0.6 * (plain - LISTED.victims)


def test_in_words_it_prints_a_table_and_what_stands_out(there, checked, capsys):
    assert main(["linkage", "out", "records.csv", "--checked", "out0.csv"]) == 0

    said = capsys.readouterr().out
    assert "everybody" in said
    assert "not shown" in said  # some groups are small, and none is left out unsaid
    assert "should be" in said  # calibration, band by band
    assert "false of" in said
    assert "more could be missed" in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["nowhere", "--truth", "truth.csv"], "nowhere/people.csv"),
        (["out"], "one of the arguments --truth --draw --checked --pair is required"),
        (["out", "--truth", "records.csv"], "records.csv: row 1: has no column true_person"),
        (["out", "--draw", "new.csv", "--size", "9"], "size: 9 pairs are too few"),
        (["out", "--draw", "new.csv", "--threshold", "2"], "--threshold: 2.0"),
        (["out", "few.csv", "--draw", "new.csv"], "few.csv: hold no record"),
        (["out", "--pair", "1", "2"], "RECORDS.csv: are missing"),
        (["out", "--checked", "truth.csv"], "truth.csv: row 1: has no column left"),
    ],
)
def test_wrong_input_is_refused_in_one_sentence(there, capsys, words, why):
    with pytest.raises(SystemExit) if words == ["out"] else contextlib.nullcontext():
        assert main(["linkage", *words]) == 2
    said = capsys.readouterr().err
    assert why in said
    assert said.count("\n") == 1
    assert not (there / "new.csv").exists()


def test_a_pair_is_explained_in_words_and_as_a_waterfall_without_a_value(tmp_path, capsys):
    rows = [["1", "police", "Sok Qwerdara", "1991-03-05", "01"],
            ["1", "shelters", "Sokh Qwerdara", "about 1991", "01"],
            ["2", "shelters", "Chan Zxthy", "2001-06-01", "12"]]  # fmt: skip
    heads = ("id", "source", "full_name", "birth_date", "province_code")
    (tmp_path / "r.csv").write_text(csv_text([heads, *rows]), encoding="utf-8")
    (tmp_path / "map.toml").write_text(
        '[columns]\nrecord_id = ["id"]\n'
        + "".join(f'{name} = ["{name}"]\n' for name in heads[1:]), encoding="utf-8"
    )  # fmt: skip
    given = [str(tmp_path / "r.csv"), "--columns", str(tmp_path / "map.toml")]
    assert main(["link", *given, "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    words = ["linkage", str(tmp_path / "out"), *given, "--pair", "police:1", "shelters:1"]
    told = asked(capsys, *words)
    steps = told["waterfall"]
    assert [a["to"] for a in steps[:-1]] == [b["from"] for b in steps[1:]]
    assert steps[-1]["to"] == pytest.approx(told["bits"], abs=0.001)
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "written differently and sound the same" in said
    assert "█" in said
    assert "░" in said
    assert "qwer" not in said.casefold()
    assert main([*words[:-1], "shelters:9"]) == 2
    assert "'shelters:9' is no record" in capsys.readouterr().err


def test_checked_pairs_need_the_links_they_are_of(there, capsys):
    assert main(["estimate", "mse", "out/overlaps.csv", "--checked", "out0.csv"]) == 2
    assert "--checked: is given without --links" in capsys.readouterr().err
