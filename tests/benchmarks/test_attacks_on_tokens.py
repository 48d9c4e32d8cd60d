"""The quick form of the attacks on tokens, and that each succeeds where its guard is out."""

from dataclasses import replace

import pytest

from benchmarks import rows
from benchmarks.linkage import attacks, quality
from benchmarks.linkage.targets import BARE, Told
from mekhala.core.matching.encoding.comparison import ALIKE
from mekhala.core.matching.encoding.parameters import HARDENED

FEW = 150


def test_without_the_key_no_name_is_found_by_trying_all():
    failed, said = attacks.by_dictionary(FEW, 5)
    assert failed, said
    assert said.startswith(f"0 of {FEW} right")


def test_with_the_key_nearly_all_are():
    failed, said = attacks.by_dictionary(FEW, 1, known_key=True)
    assert not failed
    assert int(said.split()[0]) > 0.9 * FEW


def test_no_vector_repeats_and_the_commonest_name_is_the_best_guess():
    failed, said = attacks.by_frequency(FEW, 1)
    assert failed, said
    assert "0 in vectors that repeat" in said


def test_a_bare_vector_for_one_field_tells_family_names_by_their_frequency():
    assert not attacks.by_frequency(300, 1, one_field=True)[0]


def test_patterns_tell_no_more_than_the_blocks():
    failed, said = attacks.by_patterns(FEW, 1)
    assert failed, said


@pytest.mark.parametrize("parameters", [BARE, replace(BARE, flipped=HARDENED.flipped)])
def test_without_salt_and_diffusion_patterns_name_most_people(parameters):
    failed, said = attacks.by_patterns(300, 1, parameters)
    assert not failed
    assert int(said.split()[0]) > 150, said


def test_diffusion_alone_leaves_no_pattern_to_mine():
    failed, said = attacks.by_patterns(300, 1, replace(HARDENED, salted=False))
    assert failed, said
    assert int(said.split()[0]) <= 3, said


def test_graphs_tell_little_and_without_hardening_nearly_all():
    failed, said = attacks.by_graph(300, 1)
    assert failed, said
    assert not attacks.by_graph(FEW, 1, BARE)[0]


def test_tokens_link_nearly_as_well_as_the_names_they_hide():
    failed, said = attacks.by_linking(1500, 1)
    assert failed, said


def test_too_many_flips_are_noticed():
    assert not attacks.by_linking(800, 1, replace(HARDENED, flipped=90))[0]


def test_the_default_bound_is_nearly_always_right():
    problem = quality.sample(2000, 3)
    found = quality.quality(problem, quality.over_tokens(problem, 3), ALIKE)
    assert found.precision >= 0.99
    assert found.recall >= 0.85


def test_pairs_are_compared_faster_than_in_a_plain_loop():
    speed = quality.pairs_a_second(0.3, 1)
    assert speed.fast > speed.numpy > 2 * speed.plain


def test_an_interval_is_told_with_every_success():
    assert str(Told(named=3, right=0, of=1000)) == (
        "0 of 1000 right (95 % interval 0.0 to 0.4 %), 3 named"
    )


def test_a_proof_tells_every_row_it_owes(capsys, monkeypatch):
    for name in ("by_dictionary", "by_frequency", "by_patterns", "by_graph", "by_linking"):
        monkeypatch.setattr(attacks, name, lambda n, seed: (seed == 1, "as measured"))
    monkeypatch.setattr(attacks, "by_the_clock", lambda n, seed: (True, "as measured"))
    assert attacks.main(["--seed", "1"]) == 0
    assert attacks.main(["--seed", "2"]) == 1
    said = [rows.read(line) for line in capsys.readouterr().out.splitlines()]
    assert len(said) == 12
    assert sum(not row.passed for row in said) == 5
