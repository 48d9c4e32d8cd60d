"""``mekhala estimate``, called as a user calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.effort import seconds_of_work

SOURCE = Path(__file__).resolve().parents[2] / "src"
LISTS = (
    "police,ngo,embassy,count\n1,0,0,60\n0,1,0,48\n0,0,1,35\n1,1,0,14\n1,0,1,9\n0,1,1,8\n1,1,1,3\n"
)
PROMISED = {"method", "observed", "estimate", "low", "high", "level", "interval", "model", "exists",
            "warnings", "seconds", "reference"}  # fmt: skip


def mekhala(*words, stdin=""):
    return subprocess.run(
        [sys.executable, "-m", "mekhala.cli", *words],
        input=stdin, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


@pytest.fixture
def lists(tmp_path):
    path = tmp_path / "lists.csv"
    path.write_text(LISTS, encoding="utf-8")
    return str(path)


def test_one_method_answers_with_one_object(lists):
    done = mekhala("estimate", "mse", lists, "--method", "independence", "--json")

    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert answer.keys() >= PROMISED
    assert answer["low"] < answer["estimate"] < answer["high"]
    assert answer["interval"] == "bca"


def test_by_default_every_method_answers_and_their_agreement_is_told(lists):
    answer = json.loads(mekhala("estimate", "mse", lists, "--json", "--bootstrap", "0").stdout)

    assert [one["method"] for one in answer["estimates"]] == ["independence", "stepwise"]
    assert answer["agreement"].keys() >= {"low", "high", "differ_by"}


def test_standard_input_and_the_same_seed_give_the_same_answer(lists):
    words = ("--seed", "4", "--bootstrap", "100", "--json")
    one = json.loads(mekhala("estimate", "mse", lists, *words).stdout)
    two = json.loads(mekhala("estimate", "mse", "-", *words, stdin=LISTS).stdout)

    for answer in (*one["estimates"], *two["estimates"]):
        answer.pop("seconds")
    assert one == two


def test_people_get_words_with_the_assumption_and_the_warnings(lists):
    done = mekhala("estimate", "mse", lists, "--bootstrap", "0")

    assert "assumes: Being on one list" in done.stdout
    assert "not_identified_without_assumption" in done.stdout
    assert "agreement:" in done.stdout


def test_no_finite_estimate_is_null_and_not_a_failure():
    done = mekhala(
        "estimate", "mse", "-", "--json", stdin="a,b,c,count\n1,0,0,9\n0,1,0,8\n0,0,1,7\n"
    )

    answer = json.loads(done.stdout)["estimates"][0]
    assert done.returncode == 0
    assert (answer["estimate"], answer["exists"]) == (None, False)
    assert "no_finite_estimate" in {warned["code"] for warned in answer["warnings"]}


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (("mse", "/no/such/file.csv"), ""),
        (("mse", "-"), "a,b,count\n1,2,4\n"),
        (("mse", "-"), ""),
        (("mse", "-", "--level", "2"), LISTS),
        (("mse", "-", "--method", "bic"), LISTS),
        (("mse", "-", "--bootstrap", "many"), LISTS),
        (("proportion", "--positive", "5", "--screened", "4"), ""),
        (("proportion", "--positive", "5"), ""),
        (("proportion", "--positive", "1", "--screened", "4", "--clusters", "-"), "a\n"),
        ((), ""),
    ],
)
def test_wrong_input_is_one_line_and_status_2(words, stdin):
    done = mekhala("estimate", *words, stdin=stdin)

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_proportion_answers_what_the_contract_names():
    words = ("--positive", "92", "--screened", "400", "--refused", "10", "--population", "89096")
    answer = json.loads(mekhala("estimate", "proportion", *words, "--json").stdout)

    assert answer.keys() >= {"proportion", "low", "high", "method", "design_effect",
                             "implied_count", "warnings"}  # fmt: skip
    assert round(answer["implied_count"]["estimate"]) == 20_492


def test_proportion_tells_people_the_share_and_the_design_effect(tmp_path):
    path = tmp_path / "buses.csv"
    path.write_text("cluster,positive,screened\na,1,10\nb,9,10\n", encoding="utf-8")

    words = ("--positive", "10", "--screened", "20", "--population", "300", "--clusters", str(path))
    done = mekhala("estimate", "proportion", *words)

    assert "50.0%" in done.stdout
    assert "design effect" in done.stdout
    assert "150" in done.stdout


def test_it_starts_in_under_two_seconds():
    words = ("estimate", "proportion", "--positive", "1", "--screened", "40", "--json")
    assert seconds_of_work(lambda: mekhala(*words)) < 2
