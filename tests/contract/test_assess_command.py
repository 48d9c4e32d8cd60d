"""``mekhala assess`` and ``mekhala screen``: what they answer, and once as a user calls them."""

import json
import os
import subprocess
import sys

import pytest

from tests import commands

CASE = {
    "case": "V-001",
    "conduct": {"from": "2009-03-01", "to": "2009-05-31"},
    "person": {"age": 16, "age_certainty": "known", "sex": "female"},
    "facts": {
        "act.recruitment": "yes",
        "purpose.prostitution_of_others": "yes",
        "compelled.soliciting": "yes",
        "volition.forced_or_kidnapped": "yes",
    },
    "charges": [{"statute": "KH-KTE-1996", "article": "3"}],
    "none_of": ["means"],
}
SEEN = {"case": "S-1", "profile": "adult_labour", "indicators": ["exploitation.excessive_hours"]}


def mekhala(*words, given="", call=commands.mekhala):
    """Run the command; return its status, standard output and standard error."""
    done = call(*words, stdin=given)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def case_file(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE), encoding="utf-8")
    return str(path)


def test_prints_one_json_document_and_nothing_else(case_file):
    status, out, err = mekhala("assess", case_file, "--json", call=commands.in_a_process)
    assert (status, err) == (0, "")
    answer = json.loads(out)
    assert (answer["case"], answer["palermo"]["finding"]) == ("V-001", "met")


def test_reads_standard_input_and_an_array():
    status, out, _ = mekhala(
        "assess", "-", "--json", given=json.dumps([CASE, {**CASE, "case": "B"}])
    )
    assert status == 0
    assert [answer["case"] for answer in json.loads(out)] == ["V-001", "B"]


def test_explains_each_offence_as_a_tree_when_asked(case_file):
    _, out, _ = mekhala("assess", case_file, "--json")
    answer = json.loads(out)
    assert not any("tree" in offence for offence in answer["offences"])
    assert answer["palermo"]["tree"]["value"] == "yes"
    _, out, _ = mekhala("assess", case_file, "--json", "--explain")
    assert all(offence["tree"]["parts"] for offence in json.loads(out)["offences"])


def test_shows_the_tree_and_the_sources_in_words():
    given = json.dumps({**CASE, "sources": {"act.recruitment": ["statement of 3 March"]}})
    status, out, err = mekhala("assess", "-", "--explain", given=given)
    assert (status, err) == (0, "")
    assert "Recruited the person: yes (statement of 3 March)" in out


def test_says_in_words_what_to_ask_next():
    _, out, _ = mekhala(
        "assess", "-", given='{"none_of": ["purpose"], "facts": {"purpose.adoption": "unknown"}}'
    )
    assert "Ask about: adoption" in out
    assert "settle as not met if no" in out


def test_speaks_words_without_json(case_file):
    status, out, err = mekhala("assess", case_file)
    assert (status, err) == (0, "")
    assert "International definition (Palermo): made out." in out
    assert "trafficking in persons" in out
    assert "act.recruitment" not in out
    assert "text not verified" in out
    assert "Take care:" in out


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            '{"case": "V-9", "facts": {"act.recruitmnt": "yes"}}',
            ["-: case 'V-9'", "act.recruitment"],
        ),
        ('{"facts": {"act.receipt": "ja"}}', ["act.receipt", "'ja'"]),
        ("[1]", ["object 1"]),
        ("{", ["line 1"]),
        ("", ["expected one JSON document"]),
        ("[" * 200_000, ["nested too deeply"]),
        (r'{"case": "\ud800"}', ["half a character"]),
        ('{"case": ' + "9" * 5000 + "}", ["too many digits"]),
        (r'{"facts": {"a\nb": "yes"}}', ["is no fact code"]),
        ('"word"', ["one object or an array"]),
    ],
)
def test_a_wrong_input_gives_one_line_and_status_two(given, words):
    status, out, err = mekhala("assess", "-", "--json", given=given)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert all(word in err for word in words)


def test_a_missing_file_or_word_is_wrong_usage(tmp_path):
    for words in (["assess", str(tmp_path / "none.json")], ["assess"], ["screen"]):
        status, out, err = mekhala(*words)
        assert (status, out, len(err.splitlines())) == (2, "", 1)


def test_one_wrong_case_in_an_array_gives_no_answer_at_all():
    wrong = {"case": "B", "facts": {"x": "yes"}}
    status, out, err = mekhala("assess", "-", "--json", given=json.dumps([CASE, wrong]))
    assert (status, out) == (2, "")
    assert "case 'B'" in err


def test_screen_answers_in_json_and_in_words():
    status, out, _ = mekhala("screen", "-", "--json", given=json.dumps(SEEN))
    assert status == 0
    assert json.loads(out)["dimensions"]["exploitation"]["strong"] == 1
    status, out, _ = mekhala("screen", "-", given=json.dumps([SEEN, SEEN]))
    assert status == 0
    assert out.count("it sets no status") == 2


def test_screen_names_the_nearest_indicator():
    wrong = {**SEEN, "indicators": ["exploitation.excesive_hours"]}
    status, out, err = mekhala("screen", "-", "--json", given=json.dumps(wrong))
    assert (status, out) == (2, "")
    assert "exploitation.excessive_hours" in err
    assert len(err.splitlines()) == 1


def test_neither_command_waits_for_django():
    code = (
        "import sys, mekhala.cli.assess_command, mekhala.cli.screen_command;"
        "sys.exit('django' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(commands.SOURCE)}
    assert (
        subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
    )
