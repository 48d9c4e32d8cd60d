"""What one list, one pair, one person and the fullness of the lists do to the number."""

from itertools import permutations

import numpy as np
import pytest

from mekhala.core.estimation import robustness
from mekhala.core.estimation.independence import independence
from mekhala.core.estimation.sensitivity import curve
from mekhala.core.estimation.stepwise import stepwise
from mekhala.core.estimation.tables import from_counts
from mekhala.core.estimation.thinning import thinning
from mekhala.core.wrong_input import WrongInput
from tests.core.estimation.test_gate import THREE
from tests.core.estimation.test_published_tables import published
from tests.core.estimation.test_recovery import PEOPLE, seen_by


def by_stepwise(table):
    return stepwise(table, bootstrap=0)


def table():
    return seen_by([0.2, 0.18, 0.15, 0.12], seed=4)


def test_many_tables_at_once_give_what_each_gives_alone():
    for ask in (
        robustness.without_each_list, robustness.joined_pairs, robustness.without_one_person
    ):  # fmt: skip
        together, alone = ask(table()), ask(table(), by_stepwise)
        assert [c.change for c in together] == [c.change for c in alone]
        assert [c.estimate for c in together] == pytest.approx([c.estimate for c in alone])


def test_independent_lists_stay_where_they_are_whatever_is_left_out_or_joined():
    changes = [*robustness.without_each_list(table()), *robustness.joined_pairs(table())]

    assert [c.estimate for c in changes] == pytest.approx([PEOPLE] * len(changes), rel=0.06)


def test_leaving_out_the_list_that_follows_another_gives_the_population_back():
    followed = seen_by([0.15, 0.1, 0.12, 0.08], seed=2, follows=0.5)

    found = {
        c.change: c.estimate
        for c in robustness.without_each_list(followed, lambda t: independence(t, bootstrap=0))
    }

    assert found["without b"] == pytest.approx(PEOPLE, rel=0.06)
    assert found["without d"] < 0.8 * PEOPLE


def test_one_person_of_new_orleans_moves_the_number_by_some_percent():
    whole = stepwise(published("NewOrl_5_185"), bootstrap=0).estimate

    changed = robustness.without_one_person(published("NewOrl_5_185"))

    assert max(abs(c.estimate / whole - 1) for c in changed if c.estimate) > 0.05


def test_each_list_of_a_known_size_is_found_from_the_others():
    truths = robustness.each_list_as_truth(table())

    assert [t.true for t in truths] == [table().on_all(i) for i in range(4)]
    assert all(t.estimate == pytest.approx(t.true, rel=0.15) for t in truths)
    assert sum(t.holds for t in truths) >= 3


def test_a_list_known_only_by_one_other_has_no_number_and_does_not_hold():
    two = from_counts(("A", "B"), {(1, 0): 40, (0, 1): 30, (1, 1): 12})

    assert [t.holds for t in robustness.each_list_as_truth(two)] == [None, None]
    assert [c.estimate for c in robustness.without_each_list(two)] == [None, None]
    assert robustness.joined_pairs(two) == []


def test_the_path_of_independent_lists_is_level_and_ends_at_the_estimate():
    path = thinning(table(), draws=30, seed=3)

    assert [step.median for step in path] == pytest.approx([PEOPLE] * len(path), rel=0.08)
    assert path[-1].median == pytest.approx(stepwise(table(), bootstrap=0).estimate)
    assert path[0].high - path[0].low > path[-2].high - path[-2].low


def test_the_path_of_people_who_differ_climbs_as_the_lists_empty_out():
    rng = np.random.default_rng(8)
    easy = np.where(rng.random((PEOPLE, 1)) < 0.2, 0.5, 0.05)
    met = rng.random((PEOPLE, 3)) < easy
    rows, many = np.unique(met[met.any(axis=1)].astype(int), axis=0, return_counts=True)
    differ = from_counts(
        tuple("ABC"), dict(zip(map(tuple, rows.tolist()), many.tolist(), strict=True))
    )

    path = thinning(differ, lambda t: independence(t, bootstrap=0), shares=(0.2, 1.0), draws=10)

    assert path[0].median < path[1].median < 0.7 * PEOPLE


def test_thinned_to_nothing_there_is_no_number():
    few = from_counts(tuple("ABC"), {(1, 1, 0): 2, (0, 0, 1): 1})

    (step,) = thinning(few, shares=(0.01,), draws=20)

    assert (step.median, step.none) == (None, 1.0)
    with pytest.raises(WrongInput, match="above 0 and at most 1"):
        thinning(few, shares=(0.0,))


def test_the_order_of_the_lists_changes_nothing_and_a_seed_repeats_to_the_digit():
    answers = set()
    for order in permutations(range(3)):
        turned = {tuple(h[i] for i in order): n for h, n in THREE.items()}
        found = robustness.robustness(from_counts(tuple("ABC"[i] for i in order), turned), draws=5)
        answers.add(repr(found))

    assert len(answers) == 1


def test_everything_is_plain_values_for_a_report():
    told = robustness.robustness(from_counts(tuple("ABC"), THREE), draws=5).to_dict()

    assert [row["change"] for row in told["without_a_list"]] == [f"without {x}" for x in "ABC"]
    assert told["thinning"][0]["share"] == 0.5
    assert {row["holds"] for row in told["list_as_truth"]} == {True}


def test_the_curve_runs_from_a_third_to_three_times_the_people_missed():
    found = stepwise(from_counts(tuple("ABC"), THREE), bootstrap=0)
    missed = found.estimate - found.observed

    drawn = curve(found, [found])

    assert drawn.totals[0] == pytest.approx(found.observed + missed / 3)
    assert drawn.totals[-1] == pytest.approx(found.observed + 3 * missed)
    assert drawn.others == ()
    assert curve(stepwise(from_counts(("A", "B"), {(1, 0): 2}), bootstrap=0), []) is None
