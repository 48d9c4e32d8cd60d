"""What ``estimate`` and ``claims`` print for people."""

import json

import pytest

from mekhala.cli import main

LISTS = "a,b,c,count\n1,0,0,60\n0,1,0,48\n0,0,1,35\n1,1,0,14\n1,0,1,9\n0,1,1,8\n1,1,1,3\n"
CLAIMS = (
    "claim_id,quantity,population_definition,place,period,value,unit,method,source_cited,"
    "sources_that_repeat_it,chain\n"
    'A-1,Workers,all,Here,2002,20829,persons,survey,Counter 2002,"B says 20,000",W\n'
    "B-1,Workers,all,Here,2002,20000,persons,unsourced,none given,A,W\n"
    "C-1,Workers,all,Here,2002,many,persons,unsourced,Reader 2003,,W\n"
)


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "input.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_an_estimate_is_printed_with_all_it_rests_on(written, capsys):
    assert main(["estimate", "mse", written(LISTS), "--bootstrap", "60"]) == 0

    shown = capsys.readouterr().out
    assert "interval covers: sampling and the choice of model" in shown
    assert "agreement: " in shown


def test_one_method_prints_no_agreement(written, capsys):
    main(["estimate", "mse", written(LISTS), "--method", "stepwise", "--bootstrap", "0"])

    assert "agreement" not in capsys.readouterr().out


def test_a_share_is_printed_with_what_it_implies(written, capsys):
    clusters = written("cluster,positive,screened\na,2,20\nb,9,20\n")
    words = ["--positive", "11", "--screened", "40", "--population", "400", "--clusters", clusters]

    assert main(["estimate", "proportion", *words]) == 0

    shown = capsys.readouterr().out
    assert "27.5%" in shown
    assert "design effect" in shown
    assert "of the population: 110 (" in shown


def test_the_same_share_as_json(capsys):
    main(["estimate", "proportion", "--positive", "11", "--screened", "40", "--json"])

    assert json.loads(capsys.readouterr().out)["proportion"] == 0.275


def test_the_ledger_names_what_nobody_measured(written, capsys):
    assert main(["claims", written(CLAIMS)]) == 0

    shown = capsys.readouterr().out
    assert "20,000 to 20,829" in shown
    assert "B-1: Workers, 20000 persons, repeats A-1" in shown
    assert "A-1 and B-1 (contradiction)" in shown


def test_a_chain_ends_with_its_root(written, capsys):
    assert main(["claims", written(CLAIMS), "--claim", "C-1"]) == 0

    assert "root C-1: reader 2003; nobody is said to have measured it" in capsys.readouterr().out
    main(["claims", written(CLAIMS), "--claim", "B-1", "--json"])
    assert json.loads(capsys.readouterr().out)["root"] == "A-1"


def test_wrong_input_is_one_line(written, capsys):
    assert main(["claims", written("a,b\n1,2\n")]) == 2

    assert len(capsys.readouterr().err.splitlines()) == 1
