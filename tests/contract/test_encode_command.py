"""``mekhala encode`` as an agency calls it: a key, tokens without names, pairs without tokens."""

import csv
import io
import json
import re
import stat

import pytest

from mekhala.cli import main

HEAD = "record_id,source,full_name,name_km,sex,birth_date,national_id,commune_code\n"
POLICE = HEAD + (
    "p1,police,Sok Dara,សុខ ដារ៉ា,f,1991-03-05,,120403\n"
    "p2,police,Chan Vanna,,m,1988-01-20,,080101\n"
    "p3,police,Nobody Known,,,,,\n"
)
SHELTER = HEAD + (
    "s1,shelter,Dara Sok,,F,05/03/1991,,120403\ns2,shelter,Keo Sophea,,f,1999,010203405,010101\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "police.csv").write_text(POLICE, encoding="utf-8")
    (tmp_path / "shelter.csv").write_text(SHELTER, encoding="utf-8")
    assert main(["encode", "--new-key", "key"]) == 0
    capsys.readouterr()
    return tmp_path


def encoded(name, capsys, *more):
    status = main(["encode", f"{name}.csv", "--key-file", "key", "--out", f"{name}.tokens", *more])
    return status, capsys.readouterr()


def test_tokens_hold_every_record_and_no_name(folder, capsys):
    status, said = encoded("police", capsys, "--json")
    answer = json.loads(said.out)
    text = (folder / "police.tokens").read_text()

    assert (status, said.err) == (0, "")
    assert (answer["records"], answer["without_token"]) == (3, 1)
    rows = list(csv.DictReader(io.StringIO(text.partition("\n")[2])))
    assert {row["record_id"] for row in rows} == {"p1", "p2", "p3"}
    told = re.sub(r"\b[0-9a-f]{16,}\b", "", (text + said.out).lower())  # tokens hold any digits
    for secret in ("dara", "vanna", "nobody", "ដារ", "1991", "120403"):
        assert secret not in told


def test_tokens_and_key_are_for_their_owner_alone(folder, capsys):
    encoded("police", capsys)

    for name in ("key", "police.tokens"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_the_words_say_what_tokens_are(folder, capsys):
    assert "Pseudonymous, not anonymous" in encoded("police", capsys)[1].out


def test_the_same_file_has_the_same_tokens_again(folder, capsys):
    encoded("police", capsys)
    first = (folder / "police.tokens").read_bytes()
    encoded("police", capsys)

    assert (folder / "police.tokens").read_bytes() == first


def test_an_agency_may_compare_at_home_and_return_pairs_only(folder, capsys):
    encoded("police", capsys)
    status, _ = encoded("shelter", capsys, "--compare", "police.tokens")

    assert status == 0
    assert (folder / "shelter.tokens").read_text() == (
        "left_source,left,right_source,right\npolice,p1,shelter,s1\n"
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "RECORDS.csv: is missing"),
        (["police.csv"], "--key-file: is missing"),
        (["police.csv", "--key-file", "key"], "--out: is missing"),
        (["police.csv", "--key-file", "absent", "--out", "x"], "absent: No such file"),
        (["police.csv", "--key-file", "weak", "--out", "x"], "words, which can be guessed"),
        (["named.csv", "--key-file", "key", "--out", "x"], "row 2, column record_id"),
        (["police.csv", "--key-file", "key", "--out", "no/x"], "no/x: No such file"),
        (["police.csv", "--key-file", "key", "--out", "x", "--compare", "shelter.csv"],
         "shelter.csv: row 1: tells no parameters"),
        (["--new-key", "key"], "key: is there already"),
    ],
)  # fmt: skip
def test_wrong_input_is_one_line_and_nothing_is_written(folder, capsys, words, why):
    (folder / "weak").write_text("the secret of the agencies of this country")
    (folder / "named.csv").write_text(HEAD + "sok-dara,police,Sok Dara,,f,1991,,\n")
    before = sorted(folder.iterdir())

    assert main(["encode", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("mekhala encode: ")
    assert said.err.count("\n") == 1
    assert why in said.err
    assert sorted(folder.iterdir()) == before


def test_tokens_of_another_key_are_not_compared(folder, capsys):
    encoded("police", capsys)
    (folder / "key").unlink()
    main(["encode", "--new-key", "key"])
    capsys.readouterr()
    status, said = encoded("shelter", capsys, "--compare", "police.tokens")

    assert (status, said.out) == (2, "")
    assert "was made with another key than police.tokens" in said.err
