import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.estimation.clusters import Cluster, read_clusters
from mekhala.core.estimation.proportion import clopper_pearson, proportion, wilson
from mekhala.core.wrong_input import WrongInput


def codes(found):
    return {warned.code for warned in found.warnings}


def told(found, name):
    return found.diagnostics[name]


def alike(shares, size=20):
    return [Cluster(cluster=str(i), positive=n, screened=size) for i, n in enumerate(shares)]


def test_the_poipet_round_has_wilsons_interval():
    found = proportion(positive=92, screened=400)

    assert found.estimate == 0.23
    assert (round(found.low, 3), round(found.high, 3)) == (0.191, 0.274)
    assert (found.method, told(found, "design_effect"), told(found, "implied_count")) == (
        "wilson",
        None,
        None,
    )


def test_the_exact_interval_is_that_of_the_tables():
    low, high = clopper_pearson(8, 10, 0.95)

    assert (low, high) == (pytest.approx(0.4439, abs=1e-4), pytest.approx(0.9748, abs=1e-4))
    assert clopper_pearson(0, 10, 0.95)[0] == 0
    assert clopper_pearson(10, 10, 0.95)[1] == 1


def test_those_who_refused_give_bounds_and_a_warning():
    found = proportion(positive=20, screened=80, refused=40)

    assert told(found, "refusal_bounds") == {"low": 20 / 120, "high": 60 / 120}
    assert "many_refused" in codes(found)
    assert "refusals_unknown" in codes(proportion(positive=20, screened=80))
    none = proportion(positive=20, screened=80, refused=0)
    assert told(none, "refusal_bounds") is None
    assert not {"some_refused", "refusals_unknown"} & codes(none)


def test_a_population_gives_a_count_with_its_interval():
    found = proportion(positive=92, screened=400, population=89_096)

    assert told(found, "implied_count")["estimate"] == pytest.approx(20_492, abs=1)
    assert told(found, "implied_count")["low"] == found.low * 89_096
    assert "extrapolated" in codes(found)


def test_clusters_that_are_alike_inside_widen_the_interval():
    clusters = alike([0, 20, 1, 19, 0, 20, 0, 20, 1, 19, 2, 18])

    found = proportion(positive=120, screened=240, clusters=clusters)
    simple = proportion(positive=120, screened=240)

    assert found.method == "korn_graubard"
    assert told(found, "design_effect") > 10
    assert found.low < simple.low < simple.high < found.high


def test_the_design_effect_is_the_ratio_of_two_variances():
    clusters = alike([2, 4, 6, 8])

    found = proportion(positive=20, screened=80, clusters=clusters)

    between = sum((n - 5) ** 2 for n in (2, 4, 6, 8))
    assert told(found, "design_effect") == pytest.approx(
        4 / 3 * between / 80**2 / (0.25 * 0.75 / 79)
    )
    assert "few_clusters" in codes(found)


def test_clusters_without_a_positive_show_no_design_effect():
    found = proportion(positive=0, screened=40, clusters=alike([0, 0]))

    assert (told(found, "design_effect"), found.method, found.low) == (None, "wilson", 0.0)
    assert {"design_effect_unknown", "all_alike"} <= codes(found)


def test_clusters_more_alike_than_chance_never_promise_more_than_the_people_screened():
    found = proportion(positive=60, screened=240, clusters=alike([5] * 12))

    assert told(found, "design_effect") == 0
    assert found.low <= clopper_pearson(60, 240, 0.95)[0] + 1e-12


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"positive": 5, "screened": 0}, "--screened"),
        ({"positive": 5, "screened": 4}, "--positive"),
        ({"positive": -1, "screened": 4}, "--positive"),
        ({"positive": 1, "screened": 4, "refused": -2}, "--refused"),
        ({"positive": 1, "screened": 4, "refused": 2, "population": 5}, "--population"),
        ({"positive": 1, "screened": 4, "level": 0}, "--level"),
        ({"positive": 1, "screened": 4, "clusters": alike([1])}, "--clusters"),
    ],
)
def test_refuses_counts_that_cannot_be(given, named):
    with pytest.raises(WrongInput, match=named):
        proportion(**given)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("cluster,positive\na,1\n", "c.csv: row 1: has no column screened"),
        ("cluster,positive,screened\na,1,x\n", "row 2, column screened: 'x'"),
        ("cluster,positive,screened\na,5,4\n", "row 2: 5 positive of 4 screened"),
        ("cluster,positive,screened\n,1,4\n", "row 2, column cluster: is empty"),
        ("cluster,positive,screened\na,1,4\na,1,4\n", "cluster 'a' is there twice"),
        ("cluster,positive,screened\n", "holds no clusters"),
    ],
)
def test_refuses_clusters_it_cannot_read(text, complaint):
    with pytest.raises(WrongInput, match=r"c\.csv") as refusal:
        read_clusters(text, "c.csv")

    assert complaint in str(refusal.value)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_always_lies_in_its_interval_and_the_interval_in_0_to_1(numbers):
    positive, screened = numbers
    low, high = wilson(positive, screened, 0.95)

    assert 0 <= low <= positive / screened + 1e-12
    assert positive / screened - 1e-12 <= high <= 1
