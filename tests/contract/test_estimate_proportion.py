"""``mekhala estimate proportion`` by each design, called as a user calls it."""

import json

import pytest

from mekhala.cli import main

FILES = {
    "buses.csv": "cluster,positive,screened\na,40,200\nb,52,200\n",
    "posts.csv": "stratum,positive,screened,refused,population\nday,10,100,5,9000\n"
    "night,30,60,0,1000\n",
    "bars.csv": "event,positive,visits\na,1,1\na,0,2\nb,0,1\nb,1,4\n",
    "grades.csv": "grade,screened,confirmed,positive\nnone,300,60,3\nstrong,100,100,80\n",
    "trees.csv": "id,recruiter,degree,positive\na,,3,1\nb,a,2,0\nc,b,5,1\nd,c,4,0\n",
    "asked.csv": "hidden,teachers,twins\n1,8,9\n0,8,9\n0,7,12\n3,2,1\n",
    "known.csv": "group,size\nteachers,4000\ntwins,6000\n",
    "theirs.csv": "teachers,twins\n4,6\n3,5\n5,6\n",
}
ONE = ["--positive", "92", "--screened", "400"]
PROMISED = {"proportion", "low", "high", "method", "design_effect", "implied_count", "warnings"}
DESIGNS = {
    "wilson": ONE,
    "korn_graubard": [*ONE, "--clusters", "buses.csv"],
    "logit": [*ONE, "--interval", "logit"],
    "rogan-gladen": [*ONE, "--sensitivity", "45/50", "--specificity", "190/200"],
    "stratified": ["--strata", "posts.csv"],
    "time-location": ["--time-location", "bars.csv"],
    "two-phase": ["--two-phase", "grades.csv", "--refused", "20"],
    "rds-ii": ["--rds", "trees.csv", "--bootstrap", "50"],
    "rds-ss": ["--rds", "trees.csv", "--population", "40", "--bootstrap", "50"],
    "network-scale-up": ["--scale-up", "asked.csv", "--known", "known.csv", "--population",
                         "90000"],
    "generalised-scale-up": ["--scale-up", "asked.csv", "--known", "known.csv", "--population",
                             "90000", "--hidden", "theirs.csv"],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("method", DESIGNS)
def test_every_design_answers_what_the_contract_names(method, folder, capsys):
    assert main(["estimate", "proportion", *DESIGNS[method], "--json"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer.keys() >= PROMISED
    assert answer["method"] == method
    assert 0 <= answer["low"] <= answer["proportion"] <= answer["high"] <= 1


@pytest.mark.parametrize("method", DESIGNS)
def test_every_design_tells_people_what_it_assumes(method, folder, capsys):
    words = [*DESIGNS[method], "--frame", "people met", "--not-covered", "people kept inside"]

    main(["estimate", "proportion", *words])

    shown = capsys.readouterr().out
    assert "stand for: people met. The share says nothing about: people kept inside." in shown
    assert "interval covers: sampling" in shown


def test_poipet_is_told_with_its_interval_and_what_the_frame_leaves_out(capsys):
    words = [*ONE, "--not-covered", "people returned at other crossings"]

    main(["estimate", "proportion", *words])

    shown = capsys.readouterr().out
    assert "23.0% (19.1% to 27.4%), wilson" in shown
    assert "people returned at other crossings" in shown
    assert "refusals_unknown" in shown


def test_the_same_seed_gives_the_same_answer(folder, capsys):
    answers = []
    for _ in range(2):
        main(["estimate", "proportion", *DESIGNS["rds-ii"], "--seed", "7", "--json"])
        answers.append(json.loads(capsys.readouterr().out) | {"seconds": 0})

    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([], "nothing given"),
        (["--positive", "4"], "--positive: is given without --screened"),
        ([*ONE, "--strata", "posts.csv"], "--screened and --strata given"),
        (["--rds", "trees.csv", "--refused", "4"], "--refused: has no meaning"),
        (["--rds", "trees.csv", "--interval", "logit"], "--interval: has no meaning"),
        ([*ONE, "--sensitivity", "0.9"], "--sensitivity: is given without --specificity"),
        (["--strata", "posts.csv", "--sensitivity", "1", "--specificity", "1"], "--sensitivity"),
        ([*DESIGNS["korn_graubard"], "--sensitivity", "1", "--specificity", "1"], "--clusters"),
        ([*DESIGNS["rogan-gladen"], "--interval", "exact"], "--interval"),
        (["--scale-up", "asked.csv", "--known", "known.csv"], "--population: is missing"),
        (["--scale-up", "asked.csv", "--population", "9000"], "--known: is missing"),
        (["--strata", "posts.csv", "--known", "known.csv"], "--known: is given without"),
        (["--strata", "posts.csv", "--population", "7"], "--population: is 7, but the strata"),
        (["--strata", "nowhere.csv"], "nowhere.csv"),
        (["--two-phase", "posts.csv"], "posts.csv: row 1: has no column grade"),
        (["--rds", "trees.csv", "--bootstrap", "0"], "--bootstrap"),
        (["--rds", "trees.csv", "--seed", "-1"], "--seed"),
        (["--rds", "trees.csv", "--population", "3"], "--population"),
        ([*ONE, "--sensitivity", "9/0", "--specificity", "1"], "--sensitivity"),
    ],
)
def test_wrong_input_is_one_line_that_names_the_option(words, named, folder, capsys):
    assert main(["estimate", "proportion", *words]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert named in said.err
