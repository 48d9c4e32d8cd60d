"""The bootstrap and the jackknife behind it."""

import numpy as np
import pytest

from mekhala.core.estimation.choice import choose
from mekhala.core.estimation.design import design_for
from mekhala.core.estimation.existence import exists
from mekhala.core.estimation.independence import independence
from mekhala.core.estimation.intervals import acceleration, one_fewer, resampled, without_one
from mekhala.core.estimation.kernels import unique_rows
from mekhala.core.estimation.poisson import Model
from mekhala.core.estimation.stepwise import stepwise
from mekhala.core.estimation.tables import from_counts

# Lists a and b avoid each other: one person is on both, many more would be by chance.
AVOIDING = {
    (1, 0, 0): 120, (0, 1, 0): 150, (0, 0, 1): 80, (1, 0, 1): 30, (0, 1, 1): 36, (1, 1, 0): 1,
}  # fmt: skip
# Whoever is on a is mostly on b. Without the one person on a alone, four cells hold anybody and the
# model has five parameters: rank alone does not say that its estimate exists, yet it does.
FOLLOWING = {(1, 0, 0): 1, (0, 1, 0): 36, (0, 0, 1): 55, (1, 0, 1): 6, (1, 1, 1): 30}


def total(counts):
    """The people in all where c is independent of (a, b) together: a closed form.

    People seen by c stand to those not seen by it as among those a or b have seen. Where nobody is
    on both, the pair is at minus infinity, its cells leave, and the same holds for the rest.
    """
    with_others = {c: sum(n for w, n in counts.items() if any(w[:2]) and w[2] == c) for c in (0, 1)}
    return sum(counts.values()) + counts[0, 0, 1] * with_others[0] / with_others[1]


def without(cell, counts):
    return {w: n - (w == cell) for w, n in counts.items()}


@pytest.mark.parametrize("table", [AVOIDING, FOLLOWING])
def test_without_one_person_the_whole_choice_is_made_anew_and_existence_asked_anew(table):
    design, counts = design_for(from_counts(tuple("abc"), table))
    chosen = choose(design, np.vstack([counts, one_fewer(counts)]), pairs=True).pairs
    assert (chosen == [pair == (0, 1) for pair in design.pairs]).all()

    found = without_one(design, counts, True)

    cells = [tuple(int(on) for on in design.on_list[w]) for w in np.flatnonzero(counts)]
    assert found == pytest.approx([total(without(cell, table)) for cell in cells], rel=1e-9)


@pytest.mark.parametrize("table", [AVOIDING, FOLLOWING])
def test_the_acceleration_is_the_skewness_of_those_totals_also_where_an_overlap_is_one(table):
    design, counts = design_for(from_counts(tuple("abc"), table))

    totals = np.repeat([total(without(cell, table)) for cell in table], list(table.values()))
    away = totals.mean() - totals

    wanted = (away**3).sum() / (6 * (away**2).sum() ** 1.5)
    assert acceleration(design, counts, True) == pytest.approx(wanted, rel=1e-9)


def test_rank_alone_leaves_open_whether_the_second_table_has_an_estimate_without_its_one_person():
    design, counts = design_for(from_counts(tuple("abc"), FOLLOWING))
    smaller, model = np.where(counts == 1, 0, counts)[None], Model(pairs=np.array([[1, 0, 0]]) == 1)

    assert not unique_rows(design.cube(smaller), design.cells, design.masks, model.chosen(design))[
        0
    ]
    assert exists(design, smaller, model)[0]


def test_replicates_hold_as_many_people_as_were_seen_and_none_where_nobody_was():
    counts = np.array([5.0, 0, 40, 0, 3])

    drawn = resampled(counts, 200, seed=6)

    assert (drawn.sum(axis=1) == 48).all()
    assert not drawn[:, counts == 0].any()
    assert drawn.mean(axis=0) == pytest.approx(counts, abs=1.5)


def test_the_error_of_the_limits_is_what_other_seeds_show():
    table = from_counts(tuple("abc"), AVOIDING)

    runs = [independence(table, bootstrap=400, seed=seed) for seed in range(40)]

    for end in ("low", "high"):
        between = np.std([getattr(run, end) for run in runs], ddof=1)
        said = np.mean([run.diagnostics["monte_carlo_error"][end] for run in runs])
        assert 0.6 < said / between < 1.6


def test_more_replicates_make_the_error_of_the_limits_smaller():
    table = from_counts(tuple("abc"), AVOIDING)

    few, many = (stepwise(table, bootstrap=b).to_dict()["monte_carlo_error"] for b in (200, 5000))

    assert many["low"] < few["low"] / 2
    assert many["high"] < few["high"] / 2


def test_an_end_that_may_be_infinite_has_no_error():
    found = independence(from_counts(("a", "b"), {(1, 0): 30, (0, 1): 20, (1, 1): 1}))

    assert found.diagnostics["monte_carlo_error"]["high"] is None
    assert found.diagnostics["acceleration"] is None


def test_without_a_bootstrap_there_is_nothing_to_say_about_it():
    found = independence(from_counts(tuple("abc"), AVOIDING), bootstrap=0)

    assert "monte_carlo_error" not in found.to_dict()
