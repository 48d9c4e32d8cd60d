"""Intervals for a share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.estimation.binomial import Kind, limits, logit, wilson

COUNTS = st.integers(2, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
INSIDE = st.integers(4, 500).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n)))


def of_simple(positive, screened, kind, level=0.95):
    share = positive / screened
    return limits(
        share, variance=share * (1 - share) / (screened - 1), people=screened,
        degrees=screened - 1, level=level, kind=kind,
    )  # fmt: skip


@given(COUNTS, st.sampled_from(Kind))
def test_counting_the_negative_instead_turns_the_interval_round(counts, kind):
    positive, screened = counts

    one, other = of_simple(positive, screened, kind), of_simple(screened - positive, screened, kind)

    assert one.low == pytest.approx(1 - other.high, abs=1e-9)
    assert one.high == pytest.approx(1 - other.low, abs=1e-9)


@given(INSIDE)
def test_twice_the_people_halve_the_square_of_the_width(counts):
    positive, screened = (100 * n for n in counts)

    (low, high), (low2, high2) = (
        wilson(positive, screened, 0.95),
        wilson(2 * positive, 2 * screened, 0.95),
    )

    assert ((high2 - low2) / (high - low)) ** 2 == pytest.approx(0.5, rel=0.06)


@given(COUNTS, st.sampled_from(Kind), st.floats(0.5, 0.98))
def test_a_higher_level_is_never_narrower_and_holds_the_share(counts, kind, level):
    narrow, wide = (of_simple(*counts, kind, at) for at in (level, level + 0.01))

    assert wide.low <= narrow.low <= counts[0] / counts[1] + 1e-9
    assert wide.high >= narrow.high >= counts[0] / counts[1] - 1e-9
    assert 0 <= wide.low <= wide.high <= 1


@given(INSIDE)
def test_a_simple_sample_has_a_design_effect_of_one_and_wilsons_interval(counts):
    found = of_simple(*counts, Kind.WILSON)

    assert found.design_effect == pytest.approx(1)
    assert (found.low, found.high) == pytest.approx(wilson(*counts, 0.95))


def test_the_logit_interval_is_symmetric_on_the_log_odds():
    low, high = logit(0.2, 100, 0.95)

    assert (low / (1 - low)) * (high / (1 - high)) == pytest.approx((0.2 / 0.8) ** 2)
    assert (low, high) == pytest.approx((0.13282, 0.28986), abs=1e-4)


def test_where_everybody_is_alike_the_log_odds_give_way_to_the_exact_interval():
    found = of_simple(0, 20, Kind.LOGIT)

    assert (found.kind, found.low) == (Kind.EXACT, 0)
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 20))
