"""Strata that lean on each other, add up to the whole, and hide those too small to show."""

import numpy as np
import pytest

from mekhala.core.estimation.bounds import Bounds
from mekhala.core.estimation.decomposable import decomposable
from mekhala.core.estimation.independence import independence
from mekhala.core.estimation.pooling import pool
from mekhala.core.estimation.strata import by_stratum
from mekhala.core.estimation.stratum_rows import read_strata
from mekhala.core.estimation.tables import from_counts
from mekhala.core.wrong_input import WrongInput

RATES = np.array([0.15, 0.12, 0.1])


def seen(people, rng, ease=1.0):
    met = rng.random((people, len(RATES))) < RATES * ease
    rows, many = np.unique(met[met.any(axis=1)].astype(int), axis=0, return_counts=True)
    return from_counts(
        ("a", "b", "c"), dict(zip(map(tuple, rows.tolist()), many.tolist(), strict=True))
    )


def provinces(seed=1, sizes=(4000, 3000, 2000, 300)):
    rng = np.random.default_rng(seed)
    return {f"p{i}": seen(people, rng) for i, people in enumerate(sizes)}


@pytest.mark.parametrize("to_whole", [False, True])
def test_strata_add_up_to_the_person(to_whole):
    for method in (independence, decomposable):
        found = by_stratum(provinces(), method, bootstrap=100, to_whole=to_whole)

        assert sum(s.estimate.estimate for s in found.strata) == pytest.approx(found.total.estimate)
        assert sum(s.estimate.observed for s in found.strata) == found.total.observed
        assert {s.estimate.method for s in found.strata} == {method.__name__}
        assert (found.total == found.whole) is to_whole


def test_every_stratum_is_found_again_more_closely_than_alone():
    sizes = (4000, 3000, 2000, 300)
    alone, together = [], []
    for seed in range(20):
        tables = provinces(seed, sizes)
        found = by_stratum(tables, independence, bootstrap=0)
        alone.append([independence(t, bootstrap=0).estimate or 1e6 for t in tables.values()])
        together.append([s.estimate.estimate for s in found.strata])

    def error(numbers):
        return np.median(np.abs(np.log(np.array(numbers) / sizes)), axis=0)

    assert (error(together) <= error(alone)).all()
    assert error(together)[3] < 0.6 * error(alone)[3]


def test_intervals_hold_the_truth_about_as_often_as_they_say_where_people_of_strata_differ():
    strata, totals, wholes = [], [], []
    sizes = (2500, 2000, 1500, 1000, 600)
    for seed in range(60):
        rng = np.random.default_rng([7, seed])
        eases = np.exp(rng.normal(0, 0.4, 5))
        people = zip(sizes, eases, strict=True)
        tables = {f"s{i}": seen(size, rng, ease) for i, (size, ease) in enumerate(people)}
        found = by_stratum(tables, independence, bootstrap=0)
        strata += [holds(s.estimate, n) for s, n in zip(found.strata, sizes, strict=True)]
        totals.append(holds(found.total, sum(sizes)))
        wholes.append(holds(found.whole, sum(sizes)))

    assert 0.88 <= np.mean(strata) <= 0.99  # 95 % nominal, 300 intervals
    assert np.mean(totals) >= 0.87  # 60 intervals
    assert np.mean(wholes) < 0.6  # why the sum is the total, and not the whole


def holds(found, truth):
    return found.low <= truth <= found.high


def test_a_stratum_without_overlap_borrows_everything():
    tables = provinces() | {"tiny": from_counts(("a", "b", "c"), {(1, 0, 0): 9, (0, 1, 0): 6})}

    found = by_stratum(tables, independence, bootstrap=0)

    (tiny,) = [s for s in found.strata if s.name == "tiny"]
    assert tiny.kept == 0
    assert tiny.estimate.estimate > 15
    assert "borrowed_from_other_strata" in {w.code for w in tiny.estimate.warnings}


def test_a_small_stratum_is_hidden_with_one_more_so_that_nobody_can_subtract():
    tables = provinces() | {"tiny": from_counts(("a", "b", "c"), {(1, 0, 0): 3, (0, 1, 0): 2})}

    found = by_stratum(tables, independence, bootstrap=0)

    assert found.suppressed == ("p3", "tiny")
    assert {s.name for s in found.strata} == {"p0", "p1", "p2"}
    assert "small_strata_suppressed" in {w.code for w in found.warnings}
    all_shown = by_stratum(tables, independence, bootstrap=0, bounds=Bounds(smallest_stratum=0))
    assert all_shown.suppressed == ()


def test_strata_found_unlike_ease_sum_to_more_than_the_whole_and_it_is_said():
    rng = np.random.default_rng(3)
    tables = {"seldom": seen(9000, rng, 0.35), "often": seen(3000, rng, 4.0)}

    found = by_stratum(tables, independence, bootstrap=0)

    assert found.total.estimate > 1.5 * found.whole.estimate
    assert "strata_disagree_with_whole" in {w.code for w in found.warnings}


def test_a_whole_without_a_number_has_no_strata():
    apart = from_counts(("a", "b", "c"), {(1, 0, 0): 30, (0, 1, 0): 30})

    found = by_stratum({"x": apart, "y": apart}, bootstrap=0)

    assert (found.total.estimate, found.strata) == (None, ())
    assert found.to_dict()["warnings"][0]["code"] == "no_strata"


def test_the_order_of_strata_and_lists_changes_nothing():
    tables = provinces()
    turned = {
        name: from_counts(
            ("c", "a", "b"),
            {(h[2], h[0], h[1]): n for h, n in zip(t.histories, t.counts, strict=True)},
        )
        for name, t in reversed(tables.items())
    }

    def numbers(found):
        return [(s.name, s.estimate.estimate, s.estimate.low) for s in found.strata]

    assert numbers(by_stratum(tables, bootstrap=0)) == numbers(by_stratum(turned, bootstrap=0))


def test_strata_of_different_lists_are_refused():
    with pytest.raises(WrongInput, match="different lists"):
        by_stratum({"x": from_counts(("a", "b"), {(1, 1): 3}),
                    "y": from_counts(("a", "c"), {(1, 1): 3})})  # fmt: skip


def test_pooling_agrees_with_the_eight_schools():
    # Rubin 1981: eight effects and their errors; scaled to the log scale by 1/10.
    effects = np.array([28, 8, -3, 7, -1, 1, 18, 12]) / 10
    errors = np.array([15, 10, 16, 11, 9, 11, 10, 18]) / 10

    found = pool(effects, errors**2, draws=4000, seed=1)

    assert found.mu == pytest.approx(0.79, abs=0.05)
    assert found.mean[0] == pytest.approx(1.1, abs=0.15)
    assert found.draws.mean(axis=0) == pytest.approx(found.mean, abs=0.06)


def test_precise_strata_keep_their_own_numbers():
    found = pool(np.array([-1.0, 0.0, 1.0]), np.full(3, 1e-6), draws=100, seed=1)

    assert found.mean == pytest.approx([-1, 0, 1], abs=1e-3)
    assert (found.kept > 0.999).all()


def test_rows_are_read_into_the_table_of_their_stratum_and_an_empty_cell_is_unknown():
    text = "ngo,sex,police,age,count\n1,F,0,17,4\n1,M,1,30,2\n0,,1,,1\n1,F,0,9,3\n"

    found = read_strata(text, "l.csv", "sex", ignored=("age",))

    assert list(found) == ["F", "M", "unknown"]
    assert found["F"] == from_counts(("ngo", "police"), {(1, 0): 7})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a,b\n1,0\n", "l.csv: row 1: has 0 columns named 'sex'; expected one"),
        ("sex,a,b\nF,1,2\n", "l.csv: row 2, column b: '2' is neither 0 nor 1"),
        ("sex,a,b\nF,1\n", "l.csv: row 2: has 2 columns; expected 3"),
        ("sex,a,b\n", "l.csv: holds no people"),
        ("", "l.csv: row 1: has 0 columns named 'sex'"),
    ],
)
def test_refuses_rows_that_cannot_be_strata(text, complaint):
    with pytest.raises(WrongInput) as refusal:
        read_strata(text, "l.csv", "sex")

    assert complaint in str(refusal.value)
