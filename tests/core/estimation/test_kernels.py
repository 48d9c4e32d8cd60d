"""The compiled fits and choices against the plain ones."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mekhala.core.estimation.choice import choose
from mekhala.core.estimation.design import design_for
from mekhala.core.estimation.existence import by_programme, exists, inside
from mekhala.core.estimation.intervals import one_fewer
from mekhala.core.estimation.poisson import Model, fit
from mekhala.core.estimation.search import all_models, search
from mekhala.core.estimation.tables import from_counts
from tests.core.estimation import plain_loglinear as plain


@st.composite
def tables(draw, lists=(3, 5), most=60):
    """Tables of overlaps, many of them sparse: a count is as often 0 or 1 as anything else."""
    t = draw(st.integers(*lists))
    cells = [w for w in product((0, 1), repeat=t) if any(w)]
    count = st.one_of(st.just(0), st.integers(0, 2), st.integers(0, most))
    counts = draw(st.lists(count, min_size=len(cells), max_size=len(cells)))
    assume(all(any(w[i] and n for w, n in zip(cells, counts, strict=True)) for i in range(t)))
    names = tuple("abcdef"[:t])
    return design_for(from_counts(names, dict(zip(cells, counts, strict=True))))


@st.composite
def models(draw, **of):
    design, counts = draw(tables(**of))
    pairs = draw(st.lists(st.booleans(), min_size=len(design.pairs), max_size=len(design.pairs)))
    return design, counts, np.array(pairs)


@settings(max_examples=150, deadline=None)
@given(models())
def test_a_model_exists_where_the_linear_programme_says_so(model):
    design, counts, pairs = model

    assert exists(design, counts[None], Model(pairs=pairs[None]))[0] == plain.exists(*model)


@settings(max_examples=150, deadline=None)
@given(models(lists=(3, 4)))
def test_looking_along_one_free_direction_answers_as_the_linear_programme_does(model):
    design, counts, pairs = model
    rows, columns = plain.finite_part(design, counts, pairs)
    x, held = design.x[rows][:, columns], counts[rows] > 0
    assume(len(x) >= x.shape[1] == np.linalg.matrix_rank(x))

    assert inside(x, held) == by_programme(x, held)


@settings(max_examples=150, deadline=None)
@given(models())
def test_a_fit_is_the_one_found_by_plain_newton_steps(model):
    design, counts, pairs = model
    assume(plain.exists(*model))

    found, (means, unseen) = fit(design, counts[None], Model(pairs=pairs[None])), plain.fit(*model)

    assert found.settled[0]
    assert found.unseen[0] == pytest.approx(unseen, rel=1e-6)
    assert found.mu[0] == pytest.approx(means, rel=1e-6, abs=1e-7)


@settings(max_examples=60, deadline=None)
@given(models())
def test_where_a_fit_begins_does_not_move_it(model):
    design, counts, pairs = model
    assume(plain.exists(*model))
    cold = fit(design, counts[None], Model(pairs=pairs[None]))

    warm = fit(design, counts[None], Model(pairs=pairs[None]), cold.beta + 0.3)

    assert warm.unseen == pytest.approx(cold.unseen, rel=1e-7)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_choice_of_pairs_is_the_plain_one(table):
    design, counts = table

    found, (pairs, unseen) = choose(design, counts[None], pairs=True), plain.choose(design, counts)

    assert (found.pairs[0] == pairs).all()
    assert found.unseen[0] == pytest.approx(unseen, rel=1e-6)


@settings(max_examples=12, deadline=None)
@given(tables(lists=(3, 4), most=8))
def test_without_any_one_person_everything_is_chosen_anew(table):
    design, counts = table

    found = choose(design, one_fewer(counts), pairs=True)

    wanted = [plain.choose(design, row) for row in one_fewer(counts)]
    assert (found.pairs == [pairs for pairs, _ in wanted]).all()
    assert found.unseen == pytest.approx([unseen for _, unseen in wanted], rel=1e-6)


@settings(max_examples=12, deadline=None)
@given(tables(lists=(3, 4)))
def test_the_lowest_bic_is_the_lowest_of_every_model_fitted_plainly(table):
    design, counts = table
    models = product((False, True), repeat=len(design.pairs))
    every = [plain.bic(design, counts, np.array(pairs)) for pairs in models]

    found = search(design, counts)

    assert len(found.bic) == sum(np.isfinite(b) for b, _ in every)
    if len(found.bic):
        assert found.bic[0] == pytest.approx(min(b for b, _ in every), rel=1e-9, abs=1e-6)
        weights = np.exp(-np.array([b - found.bic[0] for b, _ in every]) / 2)
        people = np.array([u if w else 0.0 for (_, u), w in zip(every, weights, strict=True)])
        assert found.averaged == pytest.approx(weights @ people / weights.sum(), rel=1e-5)


@pytest.mark.parametrize(("lists", "order", "many"), [(3, 2, 8), (4, 3, 113), (5, 2, 1024),
                                                      (5, 4, 6893)])  # fmt: skip
def test_there_are_as_many_hierarchical_models_as_counted_by_others(lists, order, many):
    cells = {w: 5 for w in product((0, 1), repeat=lists) if any(w)}
    design, _ = design_for(from_counts(tuple("abcde"[:lists]), cells), order)

    assert len(all_models(design.pairs)) == many


def test_with_six_lists_a_downhill_search_finds_the_pairs_that_were_put_in():
    rng = np.random.default_rng(3)
    people = rng.random((30_000, 6)) < 0.25
    people[:, 1] |= people[:, 0] & (rng.random(30_000) < 0.5)
    people[:, 5] &= ~(people[:, 4] & (rng.random(30_000) < 0.6))
    rows, many = np.unique(people[people.any(axis=1)].astype(int), axis=0, return_counts=True)
    table = from_counts(tuple("abcdef"), dict(zip(map(tuple, rows.tolist()), many.tolist(),
                                                  strict=True)))  # fmt: skip
    design, counts = design_for(table)

    found = search(design, counts)

    named = {design.pair_name(k) for k in np.flatnonzero(found.pairs[0])}
    assert named == {("a", "b"), ("e", "f")}
    assert counts.sum() + found.unseen[0] == pytest.approx(30_000, rel=0.03)


def test_rows_fitted_on_several_threads_are_the_same_to_the_last_digit():
    cells = [w for w in product((0, 1), repeat=4) if any(w)]
    counts = {w: 3 + 7 * sum(w) % 11 for w in cells}
    design, y = design_for(from_counts(tuple("abcd"), counts))
    rows = np.random.default_rng(1).multinomial(int(y.sum()), y / y.sum(), 200).astype(float)

    alone = choose(design, rows, pairs=True)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: choose(design, rows, pairs=True), range(4)))

    assert all((found.unseen == alone.unseen).all() for found in together)
