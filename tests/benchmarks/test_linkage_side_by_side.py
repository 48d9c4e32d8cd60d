"""The harness that runs linkers side by side counts right, and its peers run."""

import csv
from math import isnan

import pytest

from benchmarks.linkage import causes, planted, problems, proof, scale, scores, systems

TRUE = {("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")}
FOUND = {("a", "b"): 0.99, ("d", "e"): 0.97, ("a", "x"): 0.96, ("b", "c"): 0.6}


def test_precision_and_recall_are_those_of_the_pairs_at_the_threshold():
    found = scores.at(FOUND, TRUE, 0.95)

    assert (found.told, found.precision, found.recall) == (3, 2 / 3, 2 / 4)
    assert found.f1 == pytest.approx(4 / 7)


def test_telling_no_pair_is_precise_and_finds_nothing():
    assert scores.of(set(), TRUE) == (1.0, 0.0, 0)
    assert scores.of(set(), TRUE).f1 == 0


def test_recall_at_a_precision_stops_before_the_first_wrong_pair_too_many():
    assert scores.recall_at_precision(FOUND, TRUE, 0.995) == (0.5, 0.97)
    assert scores.recall_at_precision(FOUND, TRUE, 0.75) == (0.75, 0.6)


def test_pairs_of_one_chance_are_taken_all_or_none():
    tied = {("a", "b"): 0.9, ("x", "y"): 0.9}
    assert scores.recall_at_precision(tied, TRUE, 0.995) == (0.0, 1.0)


def test_an_exponent_is_found_again():
    assert scale.exponent([10, 100, 1000], [3 * n**1.3 for n in (10, 100, 1000)]) == pytest.approx(
        1.3
    )
    assert isnan(scale.exponent([10], [1]))


def test_the_people_of_an_answer_are_read_as_pairs(tmp_path):
    with (tmp_path / "people.csv").open("w", encoding="utf-8") as lines:
        csv.writer(lines).writerows(
            [("record_id", "source", "person_id"), *(("b", "s", 1), ("a", "s", 1), ("d", "s", 2))]
        )
    assert scores.read_people(tmp_path) == {("a", "b")}


def test_every_true_pair_is_counted_under_all_and_the_told_ones_are_not_missed(tmp_path):
    problem = problems.country(600, 3, tmp_path / "country")
    true = problems.true_pairs(problem)
    gone = causes.missed(problem, set(list(true)[:10]))

    assert gone["all"] == (len(true) - 10, len(true))
    assert {"no script in common", "one says little"} <= set(gone)


def test_wrong_pairs_are_told_by_how_the_people_stand_to_each_other(tmp_path):
    problem = problems.country(600, 3, tmp_path / "country")
    with problem.truth.open(encoding="utf-8") as lines:
        first, *rest = [(r["record_id"], r["true_person"]) for r in csv.DictReader(lines)]
    stranger = next(record for record, person in rest if person != first[1])

    assert causes.joined_wrongly(problem, {(first[0], stranger)}, 364, 3).total() == 1


def test_khmer_records_and_nearly_empty_ones_are_parts_of_the_country(tmp_path):
    whole, khmer, empty = (
        {record["record_id"] for record in problems.read(make(600, 3, tmp_path / make.__name__))}
        for make in (problems.country, problems.khmer, problems.nearly_empty)
    )

    assert empty < whole
    assert khmer < whole


def test_plain_splink_runs_in_a_process_of_its_own_and_is_measured(tmp_path):
    problem = problems.country(1200, 3, tmp_path / "country")
    run = systems.run("plain", problem, tmp_path / "plain")
    found = scores.at(scores.read_pairs(run.folder), problems.true_pairs(problem), 0.95)

    assert run.failed == ""
    assert run.peak_mb > 50
    assert run.steps["seconds"] <= run.seconds
    assert found.precision > 0.8
    assert found.recall > 0.05


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    """What ``mekhala link`` made of some Khmer records, whole and with the sounds taken out."""
    folder = tmp_path_factory.mktemp("khmer")
    problem = problems.khmer(1500, 7, folder / "khmer")
    true = problems.true_pairs(problem)
    runs = {name: systems.run(name, problem, folder / name.replace(" ", "-"))
            for name in ("ours", "ours without keys")}  # fmt: skip
    assert not any(run.failed for run in runs.values()), runs
    return {
        name: scores.at(scores.read_pairs(run.folder), true, 0.95) for name, run in runs.items()
    }


def test_ours_finds_khmer_records_across_scripts_and_seldom_wrongly(linked):
    assert linked["ours"].precision > 0.97
    assert linked["ours"].recall > 0.25


def test_without_the_sounds_of_names_fewer_are_found(linked):
    assert linked["ours without keys"].recall < linked["ours"].recall


def test_records_that_say_next_to_nothing_are_joined_with_nobody(tmp_path, capsys):
    problem = problems.nearly_empty(3000, 7, tmp_path / "empty")

    assert problem.size > 100
    assert proof._empty(tmp_path, 1, problem) == 0
    assert capsys.readouterr().out.split("\t")[3] == "PASS"


def test_a_linker_that_refuses_says_why(tmp_path):
    problem = problems.Problem("none", tmp_path / "none.csv", tmp_path, "persons", ())
    assert systems.run("ours", problem, tmp_path / "out").failed.startswith("mekhala link:")


def test_each_trap_is_planted_among_the_registers_and_is_counted_when_it_catches(tmp_path):
    problem = planted.problem(3, tmp_path / "planted")
    ids = {record["record_id"] for record in problems.read(problem)}
    caught = {("twins-0-0", "twins-0-1"): 0.99, ("twins-1-0", "twins-1-1"): 0.94,
              ("twins-0-0", "twins-1-1"): 0.99}  # fmt: skip

    assert {f"{kind}-{planted.EACH - 1}-1" for kind in planted.PLANTS} < ids
    assert planted.joined_of("twins", caught) == 1
    assert planted.joined_of("namesakes", caught) == 0


def test_a_person_twice_on_a_list_that_holds_each_once_is_counted(tmp_path):
    with (tmp_path / "people.csv").open("w", encoding="utf-8") as lines:
        lines.write("record_id,source,person_id\na,x,1\nb,x,1\nc,y,2\nd,y,2\n")

    assert planted.twice(tmp_path, ("x",)) == 1
    assert planted.twice(tmp_path, ()) == 0
