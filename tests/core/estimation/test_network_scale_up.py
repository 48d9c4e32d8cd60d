"""Network scale-up, basic and generalised."""

import numpy as np
import pytest

from mekhala.core.estimation.acquaintances import answers, read_answers, read_groups
from mekhala.core.estimation.network_scale_up import Corrections, generalised_scale_up, scale_up
from mekhala.core.wrong_input import WrongInput

SIZES = {"teachers": 4_000, "twins": 6_000}
NOT_TOLD = {"seconds": 0}


def told(people=200, hidden=0.8, seed=1, **settings):
    rng = np.random.default_rng(seed)
    rows = [
        ("", 1.0, (int(rng.poisson(hidden)), int(rng.poisson(8)), int(rng.poisson(12))))
        for _ in range(people)
    ]
    return answers(("teachers", "twins"), rows, **settings)


def codes(found):
    return {warned.code for warned in found.warnings}


def test_the_share_is_the_hidden_reported_over_all_whom_respondents_know():
    rows = [("", 1.0, (1, 8, 12)), ("", 1.0, (2, 12, 28))]

    found = scale_up(answers(("teachers", "twins"), rows), SIZES, population=1_000_000)

    assert found.diagnostics["mean_degree"] == pytest.approx(3_000)
    assert found.estimate == pytest.approx(3 / 6_000)
    assert found.diagnostics["implied_count"]["estimate"] == pytest.approx(500)


def test_what_is_known_of_ties_and_reports_corrects_the_share():
    plain = scale_up(told(), SIZES, population=10**6)

    by = Corrections(degree_ratio=0.5, true_positive_rate=0.8, precision=0.9)
    found = scale_up(told(), SIZES, population=10**6, corrections=by)

    assert found.estimate == pytest.approx(plain.estimate * 0.9 / 0.4)
    assert found.high == pytest.approx(plain.high * 0.9 / 0.4)


def test_each_known_group_is_estimated_from_the_others():
    sizes = SIZES | {"twins": 60_000}

    found = scale_up(told(), sizes, population=10**6)

    held = found.diagnostics["held_out"]["teachers"]
    assert held["size"] == 4_000
    assert held["estimate"] == pytest.approx(60_000 * 8 / 12, rel=0.1)
    assert "known_groups_missed" in codes(found)
    assert "known_groups_missed" not in codes(scale_up(told(), SIZES, population=10**6))


def test_reports_over_visibility_make_good_what_nobody_knows_of():
    rows = [
        ("", 1.0, (int(a), int(b))) for a, b in np.random.default_rng(2).poisson((4, 6), (80, 2))
    ]
    aware = answers(("teachers", "twins"), rows, about_hidden=False)

    found = generalised_scale_up(told(), aware, SIZES, population=10**6)

    basic = scale_up(told(), SIZES, population=10**6)
    mean = np.mean([sum(r[2]) for r in rows])
    assert found.estimate == pytest.approx(told().hidden.mean() * 10_000 / mean / 10**6)
    assert 1.8 < found.estimate / basic.estimate < 2.2  # visible to half as many as others are
    assert found.high - found.low > basic.high - basic.low


def test_nobody_reported_is_a_share_of_0_with_an_upper_limit():
    found = scale_up(told(hidden=0), SIZES, population=10**6)

    assert (found.estimate, found.low, found.interval) == (0, 0, "exact_poisson")
    total = 200 * found.diagnostics["mean_degree"]
    assert found.high == pytest.approx(-np.log(0.025) / total)
    assert "nobody_reported" in codes(found)


def test_people_asked_together_widen_the_interval():
    rows = [(f"c{i % 10}", 1.0, (i % 10, 8, 12)) for i in range(200)]
    alone = [("", weight, numbers) for _, weight, numbers in rows]

    together, apart = (
        scale_up(answers(("teachers", "twins"), r), SIZES, population=10**6) for r in (rows, alone)
    )

    assert together.estimate == apart.estimate
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_an_open_question_is_left_out_and_told():
    text = "hidden,teachers,twins\n1,8,9\n,8,9\n0,7,12\n"

    read = read_answers(text, SIZES, "a.csv")
    found = scale_up(read, SIZES, population=10**6)

    assert (len(read.weight), found.diagnostics["refused"]) == (2, 1)


def test_the_order_of_rows_and_groups_changes_nothing():
    text = "hidden,teachers,twins\n1,8,9\n0,8,9\n0,7,12\n3,2,1\n"
    turned = "twins,hidden,teachers\n1,3,2\n12,0,7\n9,0,8\n9,1,8\n"

    one, other = (scale_up(read_answers(t, SIZES), SIZES, population=10**6) for t in (text, turned))

    assert one.to_dict() | NOT_TOLD == other.to_dict() | NOT_TOLD


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("hidden,teachers\n1,2\n", "has no column twins"),
        ("hidden,teachers,twins\n1,2,x\n", "row 2, column twins: 'x'"),
        ("hidden,teachers,twins\n1,2,9999999\n", "more people than anybody knows"),
        ("hidden,teachers,twins,weight\n1,2,3,0\n", "row 2, column weight: '0'"),
        ("hidden,teachers,twins,cluster\n1,2,3,a\n1,2,3,a\n", "everybody is in one cluster"),
        ("hidden,teachers,twins\n1,2,3\n,2,3\n", "fewer than two people answered everything"),
    ],
)
def test_refuses_answers_it_cannot_read(text, complaint):
    with pytest.raises(WrongInput, match=r"a\.csv") as refusal:
        read_answers(text, SIZES, "a.csv")

    assert complaint in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("group,size\n", "holds no known groups"),
        ("group,size\na,0\n", "row 2, column size: '0'"),
        ("group,size\na,1\na,2\n", "is there twice"),
        ("group,size\nhidden,2\n", "is no name for a known group"),
    ],
)
def test_refuses_known_groups_it_cannot_read(text, complaint):
    with pytest.raises(WrongInput, match=r"k\.csv") as refusal:
        read_groups(text, "k.csv")

    assert complaint in str(refusal.value)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"population": 5_000}, "--known"),
        ({"population": 10**6, "bootstrap": 0}, "--bootstrap"),
        ({"population": 10**6, "seed": -1}, "--seed"),
        ({"population": 10**6, "level": 1}, "--level"),
        ({"population": 10**6, "corrections": Corrections(precision=2)}, "--precision"),
    ],
)
def test_refuses_settings_that_cannot_be(settings, named):
    with pytest.raises(WrongInput, match=named):
        scale_up(told(), SIZES, **settings)


def test_refuses_visibility_where_nobody_is_aware():
    blind = answers(("teachers", "twins"), [("", 1.0, (0, 0))] * 3, about_hidden=False)

    with pytest.raises(WrongInput, match="--hidden"):
        generalised_scale_up(told(), blind, SIZES, population=10**6)
