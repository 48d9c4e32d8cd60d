"""``mekhala fair-trial``, called as a user calls it, and the worked examples of the contract."""

import csv
import json

import pytest

from mekhala.cli import main
from mekhala.core.reasoning.fair_trial.flags import flags
from mekhala.core.reasoning.fair_trial.review import REVIEW_RULE, review_all
from tests.contract.test_assess_command import mekhala
from tests.contract.vignettes import SHARED, misses, read, vignettes

at_hand = pytest.mark.skipif(
    not SHARED.exists(), reason="the contract does not lie beside the repository"
)
TRIED = {
    "case": "P-7",
    "hearing": {"lawyer": "no", "minutes": 35, "clerk": "X"},
    "custody": {"hours": 40},
    "court": "Y",
}


@at_hand
@pytest.mark.parametrize("path", vignettes("fair_trial"), ids=lambda p: p.stem)
def test_answers_the_vignette_as_expected(path):
    vignette = read(path)
    assert misses(vignette["expect"], review_all(vignette["input"])) == []


@at_hand
def test_answers_the_worked_example_flag_by_flag_and_path_by_path():
    expected = read(SHARED / "proceeding.example.answer.json")
    answer = review_all(read(SHARED / "proceeding.example.json"))
    rests_on = [(flag["code"], flag["from"]) for flag in expected["flags"]]
    assert [(flag["code"], flag["from"]) for flag in answer["flags"]] == rests_on
    for key in ("case", "cannot_tell", "review", "review_because"):
        assert answer[key] == expected[key]


@at_hand
def test_keeps_every_flag_of_the_contract_with_its_level_in_its_order():
    with (SHARED / "fair_trial_flags.csv").open(encoding="utf-8") as lines:
        given = [(row["code"], row["level"]) for row in csv.DictReader(lines)]
    assert [(flag.code, flag.level.value) for flag in flags().values()] == given
    assert len(given) == 23


def call(tmp_path, capsys, document, *words):
    path = tmp_path / "proceeding.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    status = main(["fair-trial", str(path), *words])
    return status, *capsys.readouterr()


def test_prints_one_json_document_with_what_each_flag_rests_on(tmp_path, capsys):
    status, out, err = call(tmp_path, capsys, TRIED, "--json")
    answer = json.loads(out)
    assert (status, err) == (0, "")
    assert [(f["code"], f["level"], f["from"]) for f in answer["flags"]] == [
        ("no_lawyer", "grave", ["hearing.lawyer"]),
        ("hearing_too_short", "serious", ["hearing.minutes"]),
    ]
    assert (answer["review"], answer["review_because"]) == ("urgent", REVIEW_RULE)
    assert answer["not_raised"] == ["unlawful_custody"]
    assert answer["ignored"] == ["court", "hearing.clerk"]
    assert answer["to_ask"]["judge_doubted"] == ["hearing.judge_expressed_doubt"]


def test_an_array_gives_an_array_in_its_order_and_an_empty_one_an_empty_one(tmp_path, capsys):
    _, out, _ = call(tmp_path, capsys, [TRIED, {**TRIED, "case": "P-8"}], "--json")
    assert [answer["case"] for answer in json.loads(out)] == ["P-7", "P-8"]
    status, out, _ = call(tmp_path, capsys, [], "--json")
    assert (status, json.loads(out)) == (0, [])


def test_speaks_words_without_json_and_accuses_nobody(tmp_path, capsys):
    status, out, _ = call(tmp_path, capsys, {**TRIED, "case": None})
    assert status == 0
    assert "Case without a name" in out
    assert "Review by a lawyer: urgent." in out
    assert "Grave: The accused had no lawyer at the hearing." in out
    assert "The hearing lasted 35 minutes; under 60 is short. (hearing.minutes)" in out
    assert "Source (not verified): International Covenant" in out
    assert "- judge doubted: hearing.judge_expressed_doubt" in out
    assert "Asked, and not so: unlawful custody." in out
    assert "Left aside, not ours: court, hearing.clerk." in out
    assert "It accuses nobody" in out


def test_help_names_every_flag(capsys):
    with pytest.raises(SystemExit) as left:
        main(["fair-trial", "--help"])
    told = capsys.readouterr().out
    assert left.value.code == 0
    assert all(code in told for code in flags())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ('{"case": "P-9", "hearing": {"lawyer": "maybe"}}', ["'P-9'", "lawyer", "'maybe'", "yes"]),
        ('[{"custody": {"hours": NaN}}]', ["object 1", "custody: hours", "0 or more"]),
        ("[1]", ["object 1", "keys and values"]),
        ("3", ["one object or an array"]),
        ("{", ["line 1"]),
    ],
)
def test_a_wrong_input_gives_one_line_and_status_two(given, words):
    status, out, err = mekhala("fair-trial", "-", "--json", given=given)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert all(word in err for word in words)
