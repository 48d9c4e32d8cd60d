"""``mekhala claims``: what it answers, and once as a user calls it."""

import json

import pytest

from tests.commands import in_a_process, mekhala
from tests.effort import seconds_of_work

CLAIMS = """\
claim_id,seed_file,section,quantity,population_definition,place,period,value,unit,lo,hi,method,source_cited,sources_that_repeat_it,quote_location,note,chain
A-1,a.txt,One,Sex workers,in establishments,Cambodia,2002,20829,persons,,,survey,Counter 2002,"B rounds to 20,000",,,WORK
B-1,b.txt,Two,Sex workers,in establishments,Cambodia,2002,20000,persons,,,unsourced,none given,A,,,WORK
"""  # noqa: E501


def test_the_ledger_is_one_json_document():
    done = in_a_process("claims", "-", "--json", stdin=CLAIMS)

    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert answer["quantities"][0]["definitions"][0]["independent_origins"] == 1
    assert [one["claim_id"] for one in answer["no_empirical_origin"]] == ["B-1"]


def test_one_chain_is_printed_on_asking():
    answer = json.loads(mekhala("claims", "-", "--claim", "B-1", "--json", stdin=CLAIMS).stdout)

    assert (answer["claim_id"], answer["root"]) == ("B-1", "A-1")


def test_people_get_words():
    table = mekhala("claims", "-", stdin=CLAIMS).stdout
    chain = mekhala("claims", "-", "--claim", "B-1", stdin=CLAIMS).stdout

    assert "20,000 to 20,829" in table
    assert "B-1: Sex workers, 20000 persons, repeats A-1" in table
    assert "changed value: '20829' became '20000'" in chain
    assert "root A-1: counter 2002; measured" in chain


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (("/no/such/file.csv",), ""),
        (("-",), "a,b\n1,2\n"),
        (("-",), ""),
        (("-", "--claim", "Z-9"), CLAIMS),
        (("-", "--claim", ""), CLAIMS),
        ((), ""),
    ],
)
def test_wrong_input_is_one_line_and_status_2(words, stdin):
    done = mekhala("claims", *words, stdin=stdin)

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_it_starts_in_under_two_seconds():
    assert seconds_of_work(lambda: in_a_process("claims", "-", "--json", stdin=CLAIMS)) < 2
