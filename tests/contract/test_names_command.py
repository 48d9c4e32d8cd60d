"""``mekhala names``, called as a user calls it."""

import json

import pytest

from mekhala.cli import main


def _said(capsys, *words):
    status = main(["names", *words])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_two_names_are_compared_with_a_reason(capsys):
    status, out, _ = _said(capsys, "ស្រីមុំ", "Srey Mom")

    assert status == 0
    assert out.startswith("can be one name (same_key): spelled otherwise, sounds the same")
    assert "two people" in out


def test_the_answer_about_two_names_is_one_document(capsys):
    status, out, _ = _said(capsys, "Sok Dara", "Chan Dara", "--json")
    answer = json.loads(out)

    assert status == 0
    assert (answer["level"], answer["same"]) == ("different", False)
    assert set(answer) == {"left", "right", "keys", "level", "same", "because", "parts"}


def test_one_name_is_taken_apart(capsys):
    answer = json.loads(_said(capsys, "Mr. Heng Vuthy (Map)", "--json")[1])
    words = _said(capsys, "Mr. Heng Vuthy (Map)")[1]

    assert answer["parts"] == {
        "titles": ["mr"], "kin": [], "words": ["heng", "vuthy"], "also": [["map"]],
    }  # fmt: skip
    assert "other name    map" in words


def test_a_file_of_pairs_is_answered_row_by_row(capsys, tmp_path):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("left,right\nSokha,Sokkha\nDara,Dary\n,Dara\n", encoding="utf-8")
    status, out, _ = _said(capsys, str(pairs), "--json")

    assert status == 0
    assert [(a["level"], a["same"]) for a in json.loads(out)] == [
        ("same_key", True), ("different", False), ("different", None),
    ]  # fmt: skip
    assert "can be one name" in _said(capsys, str(pairs))[1]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("a,b\n1,2\n", "has no column left"), ("left,right\n", "holds no pairs"),
     ("left,right\na,b,c\n", "more cells than the header")],
)  # fmt: skip
def test_a_file_that_is_no_list_of_pairs_is_refused_in_one_line(capsys, tmp_path, text, complaint):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(text, encoding="utf-8")
    status, out, err = _said(capsys, str(pairs))

    assert (status, out, err.count("\n")) == (2, "", 1)
    assert complaint in err


def test_three_names_are_too_many(capsys):
    status, _, err = _said(capsys, "a", "b", "c")

    assert (status, err.count("\n")) == (2, 1)
    assert "expected one or two" in err


def test_a_long_name_does_not_widen_the_table(capsys, tmp_path):
    (tmp_path / "long.csv").write_text("left,right\nSok," + "a" * 10_000 + "\n")
    assert max(map(len, _said(capsys, str(tmp_path / "long.csv"))[1].splitlines())) < 250
