"""Shares of a round, what they rest on, and which rounds a line may join."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from mekhala.population.surveys import queries, services
from mekhala.population.surveys.designs import confirmed, share
from mekhala.population.surveys.shares import coverage, totals
from mekhala.population.surveys.trend import Difference, runs
from tests.builders_surveys import (
    AT,
    FIRST,
    entered,
    figures,
    frame,
    planned_round,
    posts,
    sample,
    survey,
)


def _of(found):
    return found.diagnostics["positive"], found.diagnostics["screened"]


def test_poipet_is_92_of_400_and_says_how_far_it_may_be_off():
    days = [figures(40, strong=3, some=6) for _ in range(8)] + [
        figures(40, strong=4, some=6) for _ in range(2)
    ]
    found = share(sample(*days), "any")
    assert _of(found.found) == (92, 400)
    assert found.found.estimate == pytest.approx(0.23)
    assert 0.18 < found.found.low < 0.23 < found.found.high < 0.28
    assert share(sample(*days), "strong").found.estimate == pytest.approx(32 / 400)


def test_the_published_figure_of_poipet_is_the_share_of_one_day_of_400(shared):
    facts = (shared / "seeds" / "002_ffb2d5de9b2f417c.txt").read_text(encoding="utf-8")
    assert "400 individuals interviewed" in facts
    day = figures(400, strong=32, some=60, refused=None, missed=None)
    found = share(sample(day), "any").found
    assert (found.estimate, found.diagnostics["refused"]) == (0.23, None)
    assert {w.code for w in found.warnings} >= {"refusals_unknown", "design_effect_unknown"}


def test_days_that_are_unlike_make_the_interval_wider():
    alike = [figures(40, strong=0, some=10) for _ in range(10)]
    unlike = [figures(40, strong=0, some=n) for n in (0, 20) * 5]
    even, uneven = share(sample(*alike), "any").found, share(sample(*unlike), "any").found
    assert even.estimate == uneven.estimate == 0.25
    assert uneven.high - uneven.low > 1.5 * (even.high - even.low)
    assert uneven.diagnostics["design_effect"] > 5


def test_not_possible_to_say_is_never_a_no():
    found = share(sample(figures(50, strong=10, some=0, unclear=10, refused=0, missed=0)), "strong")
    assert found.found.estimate == 0.25
    assert found.bounds == (0.2, 0.4)  # none, or all, of the ten: 10 and 20 of 50


def test_where_those_approached_are_not_counted_no_bounds_are_told():
    days = [figures(), figures(refused=None)]
    assert share(sample(*days), "any").bounds is None
    assert totals(days).people["refused"] == 5
    assert totals(days).counted_on["refused"] == 1
    assert totals(days).refusal is None
    assert totals([figures(refused=12)]).refusal == pytest.approx(12 / 55)


def test_where_nobody_was_graded_there_is_no_share():
    assert share(sample(figures(5, strong=0, some=0, unclear=5)), "any") is None
    assert share(sample(), "any") is None


def test_the_second_phase_is_told_by_grade():
    days = [figures(strong_examined=4, strong_confirmed=3, none_examined=10, none_confirmed=1)]
    found = confirmed(sample(*days))
    assert _of(found["strong"]) == (3, 4)
    assert "those graded 'strong'" in found["strong"].assumption
    assert found["none"].estimate == 0.1
    assert found["some"] is None


def test_coverage_says_what_was_reached_of_frame_and_plan():
    reached = coverage({1: [figures()] * 3, 2: []}, {1: 4, 2: 4}, 1200)
    assert (reached.posts_worked, reached.posts_planned) == (1, 2)
    assert (reached.days_worked, reached.days_planned) == (3, 8)
    assert reached.of_frame == pytest.approx(0.1)
    assert reached.found_a_day == 10
    assert coverage({1: []}, {1: 4}, None).of_frame is None


@pytest.fixture
def three(db):
    """A statistician, three rounds of one frame, the last with another version of the tool."""
    by, first, _at = survey()
    at = [p.post for p in first.posts.all()]
    later = FIRST + timedelta(days=7)
    second = planned_round(first.frame, at, by=by, begins_on=later)
    third = planned_round(
        first.frame, at, by=by, begins_on=later + timedelta(days=7), tool_version="2"
    )
    for made in (first, second, third):
        for at_post in made.posts.all():
            entered(made, at_post, made.begins_on, by=by)
    return by, (first, second, third)


def test_a_line_joins_only_rounds_that_count_the_same(three):
    by, made = three
    points = queries.board(made[0], by).trend
    assert [p.unlike for p in points] == [(), (), (Difference.VERSION,)]
    assert [len(run) for run in runs(points)] == [2, 1]


@pytest.mark.parametrize(
    ("other", "what"),
    [
        ({"tool": "Another"}, Difference.TOOL),
        ({"definition": "Strong: one sign"}, Difference.DEFINITION),
        ({"design": "time_location"}, Difference.DESIGN),
    ],
)
def test_whatever_rounds_do_not_have_in_common_is_said(db, other, what):
    by, first, at = survey()
    second = planned_round(first.frame, [at["North"].post, at["South"].post], by=by, **other)
    assert queries.board(second, by).trend[1].unlike == (what,)


def test_another_frame_or_other_posts_are_never_joined(db):
    by, first, at = survey()
    planned_round(first.frame, [at["North"].post], by=by, begins_on=FIRST + timedelta(days=1))
    of = frame(by)
    planned_round(of, posts(of, by=by), by=by, begins_on=FIRST + timedelta(days=2))
    told = [p.unlike for p in queries.board(first, by).trend]
    assert told == [(), (Difference.POSTS,), (Difference.FRAME,)]


def test_a_board_takes_few_queries_whatever_the_number_of_rounds(three, django_assert_num_queries):
    by, made = three
    with django_assert_num_queries(3):
        queries.board(made[0], by)


def test_the_claims_of_the_study_and_our_share_agree(shared):
    text = (shared / "data" / "seeds" / "seed_claims.csv").read_text(encoding="utf-8")
    rows = [r for r in csv.DictReader(io.StringIO(text)) if "Poipet" in str(r)]
    assert any(r["value"] in ("23", "0.23", "23%") for r in rows), [r["value"] for r in rows]


def test_a_corrected_day_changes_the_share(three):
    by, made = three
    seen = queries.days_of(made[0])[0]
    more = replace(figures(), strong=10, none=24)
    services.correct_day(of=made[0], seen=seen, figures=more, reason="graded_again", by=by, at=AT)
    assert queries.board(made[0], by).totals.people["strong"] == 14
