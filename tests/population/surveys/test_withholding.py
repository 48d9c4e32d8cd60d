"""What a reader who does not enter a survey may see, attacked with all that is shown."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mekhala.population.surveys import queries
from mekhala.population.surveys.day_figures import NAMES
from mekhala.population.surveys.withholding import SMALL, WIDTH, everything, shown
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_surveys import FIRST, entered, figures, statistician, survey

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
ON = [date(2026, 3, 2) + timedelta(days=n) for n in range(5)]
COUNT = st.sampled_from([0, 0, 1, 2, 3, 9, 10, 12, 40])


@st.composite
def a_day(draw):
    strong, some, none = draw(COUNT), draw(COUNT), draw(COUNT)
    refused = draw(st.none() | COUNT)
    return figures(strong + some + none, strong, some, refused=refused, missed=draw(COUNT))


ROUNDS = st.dictionaries(
    st.integers(1, 4), st.dictionaries(st.sampled_from(ON), a_day(), min_size=1), max_size=4
)


def _is_small(day):
    return any(0 < (getattr(day, name) or 0) < SMALL for name in NAMES)


def _width(rows, may, name, at):
    """How far apart the least and the most are that one hidden count can be, given all shown."""
    cells = [(p, on) for p, of in rows.items() for on in of]
    known = [c for c in cells if getattr(rows[c[0]][c[1]], name) is not None]
    value = {c: getattr(rows[c[0]][c[1]], name) for c in known}
    sums = [[c] for c in known if c in may.days]
    sums += [[c for c in known if c[0] == p] for p in may.posts]
    sums += [known] if may.whole else []
    ends = [
        linprog(
            [sign * (c == at) for c in known],
            A_eq=[[c in part for c in known] for part in sums] or None,
            b_eq=[sum(value[c] for c in part) for part in sums] or None,
            bounds=(0, 10_000), method="highs",
        ).fun
        for sign in (1, -1)
    ]  # fmt: skip
    return -ends[1] - ends[0]


@settings(CALM, max_examples=60)
@given(ROUNDS)
def test_no_hidden_count_can_be_told_from_all_that_is_shown(rows):
    may = shown(rows)
    for post, of_post in rows.items():
        for on, day in of_post.items():
            if (post, on) in may.days:
                assert not _is_small(day)
                continue
            for name in ("strong", "refused", "screened"):
                if getattr(day, name):
                    assert _width(rows, may, name, (post, on)) >= WIDTH - 1e-6, (post, on, name)


@CALM
@given(ROUNDS)
def test_where_no_count_is_small_nothing_is_withheld(rows):
    large = {p: {on: figures(60, 10, 20, refused=10, missed=0) for on in of}
             for p, of in rows.items()}  # fmt: skip
    assert shown(large) == everything(large)


def test_one_small_day_takes_another_with_it_so_that_the_total_does_not_tell():
    rows = {1: {ON[0]: figures(60, 3, 20, refused=10, missed=0),
                ON[1]: figures(60, 10, 20, refused=10, missed=0),
                ON[2]: figures(90, 20, 30, refused=10, missed=0)}}  # fmt: skip
    assert shown(rows).days == {(1, ON[2])}
    assert shown(rows).posts == {1}


def test_a_round_of_one_small_day_is_not_told_at_all():
    may = shown({1: {ON[0]: figures(5, 1, 1, refused=0, missed=0)}})
    assert (may.days, may.posts, may.whole) == (frozenset(), frozenset(), False)


@pytest.fixture
def small(db):
    by, made, at = survey()
    entered(made, at["North"], counted=figures(12, 1, 2, refused=1), by=by)
    return by, made


def test_who_enters_reads_the_day_and_another_statistician_does_not(small):
    by, made = small
    own, other = queries.board(made, by), queries.board(made, statistician())
    assert own.posts[0].days[FIRST].strong == 1
    assert other.posts[0].days == {FIRST: None}
    assert (other.totals, other.posts[0].totals, other.shares) == (None, None, ())
    assert other.is_withheld
    assert other.trend[0].is_withheld
    assert other.coverage.of_frame is None
    assert other.coverage.days_worked == 1


def test_a_registrar_of_the_agency_at_the_posts_reads_it_too(small):
    by, made = small
    assert not queries.board(made, officer(Role.REGISTRAR, at=by.agency)).is_withheld
