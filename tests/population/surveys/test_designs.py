"""The design of a round is used where what it needs is known, and its lack is said elsewhere."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.estimation.two_phase import Grade, two_phase
from mekhala.population.surveys.day_figures import DayFigures
from mekhala.population.surveys.designs import combined, lacking, share, shares
from mekhala.population.surveys.grades import Missing, Way
from mekhala.population.surveys.models import Post, Round, RoundPost, SamplingFrame
from mekhala.population.surveys.samples import sample_of
from mekhala.population.surveys.withholding import everything, shown
from tests.builders_surveys import FIRST, at_post, figures, sample
from tests.population.surveys.test_withholding import CALM, ROUNDS

FEW, MANY = figures(40, 0, 4), figures(40, 0, 20)  # one in ten, one in two
ROUND_OF = Round(
    frame=SamplingFrame(population="People sent back", not_covered="Who came by night"),
    begins_on=FIRST, ends_on=FIRST + timedelta(days=27), design="cluster",
)  # fmt: skip


def _two(design, north=None, south=None):
    """A busy post where one in ten is found and a quiet one where one in two is."""
    return sample(
        at_post(FEW, FEW, FEW, name="North", **north or {}),
        at_post(MANY, MANY, MANY, name="South", **south or {}),
        design=design,
    )


def test_the_frame_and_whom_it_does_not_cover_travel_in_every_share():
    for design in ("cluster", "simple", "stratified", "time_location", "two_phase"):
        known = {"size": 50, "frequency": 2.0}
        for told in shares(_two(design, known, known)):
            for found in filter(None, (told.found, told.unweighted)):
                assert "Whoever crossed by night" in found.diagnostics["not_covered"]
                assert "The share says nothing about: Whoever crossed" in found.assumption
                assert found.diagnostics["implied_count"]["population"] == 5000


def test_a_count_is_implied_for_nobody_where_the_frame_is_not_counted_or_too_small():
    for size in (None, 30):
        for design in ("cluster", "stratified"):
            at = at_post(FEW, MANY, size=90)
            found = share(sample(at, size=size, design=design), "any").found
            assert found.diagnostics["implied_count"] is None
            assert "extrapolated" not in {w.code for w in found.warnings}


def test_a_stratified_round_weighs_its_posts_by_who_comes_there():
    found = share(_two("stratified", {"size": 90}, {"size": 10}), "any")
    assert (found.way, found.missing) == (Way.POST_SIZES, None)
    assert found.found.estimate == pytest.approx(0.9 * 0.1 + 0.1 * 0.5)
    assert found.unweighted.estimate == pytest.approx(0.3)
    assert found.bounds[0] < found.found.estimate < found.bounds[1]


@pytest.mark.parametrize(
    ("north", "south", "missing"),
    [
        ({"size": 90}, {}, Missing.SIZES),
        ({"size": 90}, {"size": 1}, Missing.MORE_ASKED),
    ],
)
def test_without_all_sizes_a_stratified_round_is_not_weighted_and_says_why(north, south, missing):
    found = share(_two("stratified", north, south), "any")
    assert (found.way, found.missing, found.unweighted) == (Way.DAYS, missing, None)
    assert found.found.estimate == pytest.approx(0.3)


def test_a_planned_post_where_nobody_was_graded_cannot_be_weighed():
    of = sample(at_post(FEW, size=90), at_post(name="South", size=10), design="stratified")
    assert lacking(of) is Missing.FEW_AT_A_POST


def test_who_comes_more_often_counts_less():
    found = share(_two("time_location", {"frequency": 1.0}, {"frequency": 4.0}), "any")
    assert found.way is Way.VISITS
    assert found.found.estimate == pytest.approx((0.1 + 0.5 / 4) / 1.25)
    assert found.bounds[0] < found.found.estimate < found.bounds[1]
    even = share(_two("time_location", {"frequency": 2.0}, {"frequency": 2.0}), "any")
    assert even.found.estimate == pytest.approx(even.unweighted.estimate)


def test_who_comes_where_fewer_days_were_worked_counts_more():
    rare = at_post(MANY, name="South", frequency=1.0)
    of = sample(at_post(FEW, FEW, frequency=1.0), rare, design="time_location")
    assert share(of, "any").found.estimate == pytest.approx(0.3)  # not 28 of 120


def test_the_numbers_of_visits_stand_for_as_many_people():
    found = share(_two("time_location", {"frequency": 1.0}, {"frequency": 4.0}), "strong").found
    assert found.diagnostics["screened"] == 240
    assert found.diagnostics["refused"] == 30
    assert found.diagnostics["meetings"] == 6


def test_without_visits_a_time_location_round_is_not_weighted_and_says_why():
    found = share(_two("time_location", {"frequency": 1.0}), "any")
    assert (found.way, found.missing) == (Way.DAYS, Missing.VISITS)
    one = sample(at_post(FEW, frequency=1.0), design="time_location")
    assert share(one, "any").missing is Missing.FEW_DAYS


TWICE = {
    "strong_examined": 4, "strong_confirmed": 3, "some_examined": 6, "some_confirmed": 2,
    "none_examined": 10, "none_confirmed": 1,
}  # fmt: skip


def test_both_phases_make_one_share_that_is_told_first():
    told = shares(sample(figures(**TWICE), figures(**TWICE), design="two_phase"))
    assert [s.kind for s in told] == ["confirmed", "strong", "any"]
    assert told[0].found.estimate == pytest.approx((4 * 3 / 4 + 6 * 2 / 6 + 30 / 10) / 40)
    by_hand = two_phase(
        [
            Grade(grade="strong", screened=8, confirmed=8, positive=6),
            Grade(grade="some", screened=12, confirmed=12, positive=4),
            Grade(grade="none", screened=60, confirmed=20, positive=2),
        ],
        refused=10,
    )
    assert told[0].found.high == pytest.approx(by_hand.high, abs=0.001)  # 80 of a frame of 5,000
    assert told[0].bounds[0] < told[0].found.estimate < told[0].bounds[1]


def test_a_grade_nobody_looked_at_again_leaves_no_share_over_both_phases():
    some = {name: n for name, n in TWICE.items() if not name.startswith("none")}
    of = sample(figures(**some), design="two_phase")
    assert combined(of) is None
    assert {s.missing for s in shares(of)} == {Missing.NOT_EXAMINED}
    assert combined(sample(figures(**TWICE), design="cluster")) is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5))
def test_whatever_the_days_a_share_lies_in_its_interval_and_in_its_bounds(days):
    at = at_post(*(figures(20, a, b) for a, b in days), size=900, frequency=2.0)
    for design in ("cluster", "stratified", "time_location"):
        for found in shares(sample(at, design=design)):
            assert found.found.low <= found.found.estimate <= found.found.high
            assert found.bounds[0] <= found.found.estimate <= found.bounds[1] + 1e-9


def _planned(rows, **more):
    return [
        RoundPost(pk=pk, post=Post(name=f"Post {pk}", size=90, frequency=2.5 + pk), **more)
        for pk in rows
    ]


def _heaped(rows, may):
    """The same round to a reader: each hidden number heaped on one day of those told together."""
    pools = [
        [(p, on) for p, of in rows.items() for on in of if p not in may.posts],
        *([(p, on) for on in rows[p] if (p, on) not in may.days] for p in may.posts),
    ]
    new = {p: {on: vars(day).copy() for on, day in of.items()} for p, of in rows.items()}
    for pool in pools:
        for name in DayFigures.__dataclass_fields__:
            counted = [(p, on) for p, on in pool if new[p][on][name] is not None]
            heap = sum(new[p][on][name] for p, on in counted)
            for n, (p, on) in enumerate(counted):
                new[p][on][name] = 0 if n else heap
    return {p: {on: DayFigures(**day) for on, day in of.items()} for p, of in new.items()}


@CALM
@given(ROUNDS)
def test_no_share_tells_more_of_a_hidden_day_than_what_is_shown(rows):
    may = shown(rows)
    if may.whole:
        one, other = (
            sample_of(ROUND_OF, _planned(rows), of, may) for of in (rows, _heaped(rows, may))
        )
        assert one == other


def test_of_two_hidden_posts_no_weighted_share_is_made():
    small = {FIRST: figures(60, 3, 20, refused=10, missed=0)}
    rows = {1: small, 2: small, 3: {date(2026, 3, 4): figures(90, 20, 30, refused=10, missed=0)}}
    ROUND_OF.design = "stratified"
    own, other = (
        sample_of(ROUND_OF, _planned(rows), rows, may) for may in (everything(rows), shown(rows))
    )
    ROUND_OF.design = "cluster"
    assert share(own, "any").way is Way.POST_SIZES
    assert share(other, "any").missing is Missing.WITHHELD
    assert share(other, "any").clusters == 2
    assert other.is_pooled
