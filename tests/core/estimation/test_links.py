"""Uncertain links: partitions drawn, estimates averaged over them, shares of the variance."""

import random

import numpy as np
import pytest

from mekhala.core.estimation import partitions
from mekhala.core.estimation.chao import chao
from mekhala.core.estimation.decomposable import decomposable
from mekhala.core.estimation.design import design_for
from mekhala.core.estimation.gibbs import BETWEEN, BURN, place_records
from mekhala.core.estimation.independence import independence
from mekhala.core.estimation.link_records import read_links
from mekhala.core.estimation.links import linked
from mekhala.core.estimation.partitions import draw_tables
from mekhala.core.estimation.review import Review, put_right
from mekhala.core.estimation.tables import from_counts
from mekhala.core.wrong_input import WrongInput
from tests.core.estimation.invented_links import linked_lists

PEOPLE = "record_id,source,person_id\n1,a,x\n2,b,x\n3,c,y\n4,a,z\n"
PAIRS = "left,right,probability\n1,2,0.8\n2,3,0.6\n"
RATES = (0.15, 0.15, 0.12)


def lists_of(links, draws=4000, **more):
    """How often each history comes up in a draw, by history."""
    design, _ = design_for(links.plug_in())
    mean = draw_tables(links, draws=draws, seed=1, **more).mean(axis=0)
    cells = [tuple(map(int, cell)) for cell in design.on_list]
    return dict(zip(cells, mean.tolist(), strict=True))


def test_a_lone_pair_is_one_person_exactly_as_often_as_its_probability_says():
    links = read_links(PEOPLE, "left,right,probability\n1,2,0.8\n")

    found = lists_of(links)

    assert found[1, 1, 0] == pytest.approx(0.8, abs=0.03)
    assert found[0, 1, 0] == pytest.approx(0.2, abs=0.03)
    assert found[0, 0, 1] == 1


def test_three_records_are_joined_by_the_odds_of_their_pairs():
    links = read_links(PEOPLE, PAIRS.replace("2,3", "3,2"))

    found = lists_of(links)

    # odds 4 for the first pair, 1.5 for the second, 1/3 for the pair not handed over
    weights = {"none": 1, "ab": 4, "bc": 1.5, "ac": 1 / 3, "abc": 4 * 1.5 / 3}
    assert found[1, 1, 1] == pytest.approx(weights["abc"] / sum(weights.values()), abs=0.03)
    assert found[1, 1, 0] == pytest.approx(weights["ab"] / sum(weights.values()), abs=0.03)


def test_two_records_of_a_list_that_holds_each_person_once_are_never_one():
    people = "record_id,source,person_id\n1,a,x\n2,a,x\n3,b,x\n"
    pairs = "left,right,probability\n1,2,0.99\n1,3,0.9\n2,3,0.9\n"

    apart = draw_tables(read_links(people, pairs, distinct=["a"]), draws=500, seed=1)
    free = draw_tables(read_links(people, pairs), draws=500, seed=1)

    assert apart.sum(axis=1).min() == 2
    assert free.sum(axis=1).min() == 1


def test_what_a_linker_joined_without_a_chain_of_pairs_is_sure():
    people = "record_id,source,person_id\n1,a,x\n2,b,x\n3,c,x\n"

    found = draw_tables(read_links(people, "left,right,probability\n1,2,0.9\n"), draws=300, seed=1)

    assert (found[:, 0] == 0).all()  # c alone: it is always with its first record
    assert found[:, -1].mean() > 0.7


def test_gibbs_steps_agree_with_all_partitions_listed():
    rng = np.random.default_rng(3)
    log_odds = rng.normal(0, 1.2, (6, 6))
    log_odds = np.triu(log_odds, 1) + np.triu(log_odds, 1).T
    every = partitions._partitions(6)
    joined = every[:, :, None] == every[:, None, :]
    chance = np.exp((joined * log_odds).sum(axis=(1, 2)) / 2)
    exact = (joined * (chance / chance.sum())[:, None, None]).sum(axis=0)

    draws = 8000
    chances = rng.random((BURN + draws * BETWEEN, 6))
    labels = place_records(log_odds, np.arange(6), chances, draws)

    assert len(every) == 203
    assert (labels[:, :, None] == labels[:, None, :]).mean(axis=0) == pytest.approx(exact, abs=0.03)


def test_a_block_too_large_to_list_is_drawn_and_keeps_every_record():
    names = range(20)
    people = "record_id,source,person_id\n" + "".join(
        f"{i},{'ab'[i % 2]},p{i // 2}\n" for i in names
    )
    pairs = "left,right,probability\n" + "".join(f"{i},{i + 1},0.7\n" for i in names[:-1])
    links = read_links(people, pairs, distinct=["a", "b"])

    found = draw_tables(links, draws=200, seed=1)

    assert (found @ [1, 1, 2] == 20).all()
    assert found[:, 2].std() > 0


def test_the_pooled_interval_holds_the_truth_and_taking_the_linker_at_its_word_does_not():
    pooled, plug_in, size = 0, 0, 3000
    for seed in range(12):
        links = linked_lists(size, RATES, unsure=0.4, seed=seed)
        found = linked(links, "independence", partitions=40, bootstrap=50, seed=1)
        alone = independence(links.plug_in(), bootstrap=100)
        pooled += found.low <= size <= found.high
        plug_in += alone.low <= size <= alone.high

    assert pooled >= 10
    assert plug_in == 0


@pytest.mark.parametrize("method", ["stepwise", "independence", decomposable])
def test_the_shares_of_the_variance_sum_to_one(method):
    links = linked_lists(1500, RATES, unsure=0.5, seed=2)

    found = linked(links, method, partitions=20, bootstrap=60, seed=1).to_dict()

    shares = found["linkage"]["variance_shares"]
    assert sum(shares.values()) == pytest.approx(1, abs=1e-3)
    assert 0.02 < shares["linkage"] < 0.9
    assert "linkage" in found["covers"]
    assert found["low"] < found["estimate"] < found["high"]
    low, middle, high = found["linkage"]["observed"]
    assert low < middle == found["observed"] < high


def test_a_lower_bound_stays_one_when_links_are_unsure():
    links = linked_lists(1500, RATES, unsure=0.5, seed=2)

    found = linked(links, chao, partitions=10, bootstrap=50)

    assert (found.interval, found.high) == ("lower_bound", None)
    assert found.low < found.estimate < 1500 * 1.1


def test_sure_links_leave_nothing_to_linkage_and_unsure_ones_widen_the_interval():
    sure = linked_lists(1500, RATES, unsure=0, seed=2)
    unsure = linked_lists(1500, RATES, unsure=0.9, seed=2)

    def ask(links):
        return linked(links, "independence", partitions=20, bootstrap=100, seed=1)

    first, second = ask(sure), ask(unsure)
    shares = [f.diagnostics["linkage"]["variance_shares"]["linkage"] for f in (first, second)]
    assert shares[0] < 0.1 < shares[1]
    assert np.log(second.high / second.low) > np.log(first.high / first.low)


def test_when_linkage_dominates_it_is_said():
    links = linked_lists(2000, (0.6, 0.6), unsure=1, seed=2, distinct=False)

    codes = {w.code for w in linked(links, "independence", partitions=60, bootstrap=60).warnings}

    assert {
        "linkage_dominates", "plug_in_outside_interval", "unlikely_links_not_handed_over"
    } <= codes  # fmt: skip


def test_the_order_of_rows_changes_nothing_and_a_seed_repeats_to_the_digit():
    people, pairs = PEOPLE.splitlines(), PAIRS.splitlines()
    shuffled = random.Random(1)
    turned = [lines[:1] + shuffled.sample(lines[1:], len(lines) - 1) for lines in (people, pairs)]
    answers = [
        read_links("\n".join(people), "\n".join(pairs)),
        read_links("\n".join(turned[0]), "\n".join(turned[1])),
    ]

    assert answers[0].data_hash() == answers[1].data_hash()
    tables = [draw_tables(links, draws=50, seed=4).tolist() for links in answers]
    assert tables[0] == tables[1]


def test_a_review_of_links_puts_tables_right_in_both_directions():
    design, counts = design_for(
        from_counts(tuple("ABC"), {(1, 0, 0): 500, (0, 1, 0): 400, (0, 0, 1): 300, (1, 1, 0): 90,
                                   (1, 0, 1): 60, (1, 1, 1): 30})
    )  # fmt: skip
    rows = np.repeat(counts[None], 200, axis=0)
    entries = counts @ design.on_list

    many_false = put_right(design, rows, Review(links=200, false_links=40, matches=200, missed=0),
                           seed=1)  # fmt: skip
    many_missed = put_right(design, rows, Review(links=200, false_links=0, matches=200, missed=40),
                            seed=1)  # fmt: skip

    assert (many_false @ design.on_list == entries).all()
    assert (many_missed @ design.on_list == entries).all()
    assert many_false.sum(axis=1).mean() == pytest.approx(1380 + 0.2 * 180, abs=3)
    assert many_missed.sum(axis=1).mean() == pytest.approx(1380 - 0.25 * 180, abs=3)
    with pytest.raises(WrongInput, match="5 missed of 4 matches"):
        Review(links=1, false_links=0, matches=4, missed=5)


def test_missed_links_found_by_review_lower_the_number():
    links = linked_lists(1500, RATES, unsure=0, seed=2)

    def ask(review):
        return linked(links, "independence", partitions=20, bootstrap=50, review=review).estimate

    assert ask(Review(links=200, false_links=0, matches=100, missed=30)) < 0.85 * ask(None)


def test_records_with_one_number_on_two_lists_are_named_with_their_list():
    people = "record_id,source,person_id\n1,a,x\n1,b,y\n"

    links = read_links(people, "left,right,probability\na:1,b:1,0.5\n")

    assert links.pairs.tolist() == [[0, 1]]
    assert links.plug_in() == from_counts(("a", "b"), {(1, 0): 1, (0, 1): 1})


@pytest.mark.parametrize(
    ("people", "pairs", "complaint"),
    [
        ("record_id,source\n", PAIRS, "people.csv: row 1: has no column person_id"),
        ("record_id,source,person_id\n", PAIRS, "people.csv: holds no records"),
        (PEOPLE + "5,,w\n", PAIRS, "people.csv: row 6, column source: is empty"),
        (PEOPLE + "1,a,w\n", PAIRS, "people.csv: row 6: record '1' of 'a' is there twice"),
        ("record_id,source,person_id\n1,a,x\n", PAIRS, "people.csv: names 1 sources; expected 2"),
        (PEOPLE, PAIRS + "1,9,0.5\n", "pairs.csv: row 4, column right: '9' is no record"),
        (PEOPLE, PAIRS + "2,1,0.5\n", "pairs.csv: row 4: is there twice"),
        (PEOPLE, PAIRS + "3,3,0.5\n", "pairs.csv: row 4: pairs a record with itself"),
        (PEOPLE, PAIRS + "1,3,1.5\n", "pairs.csv: row 4, column probability: '1.5' is no number"),
        (PEOPLE, PAIRS + "1,3,nan\n", "pairs.csv: row 4, column probability: 'nan' is no number"),
    ],
)
def test_refuses_what_no_linker_writes_naming_file_and_row(people, pairs, complaint):
    with pytest.raises(WrongInput) as refusal:
        read_links(people, pairs)

    assert complaint in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_unknown_lists_methods_and_settings_are_refused():
    with pytest.raises(WrongInput, match="--distinct: 'q' is no source"):
        read_links(PEOPLE, PAIRS, distinct=["q"])
    links = read_links(PEOPLE, PAIRS)
    with pytest.raises(WrongInput, match="--method chao: expected of stepwise"):
        linked(links, "chao")
    with pytest.raises(WrongInput, match="partitions: 3 are not"):
        linked(links, partitions=3)


def test_records_that_all_hang_together_are_refused():
    many = partitions.LARGEST + 1
    people = "record_id,source,person_id\n" + "".join(
        f"{i},{'ab'[i % 2]},{i}\n" for i in range(many)
    )
    pairs = "left,right,probability\n" + "".join(f"{i},{i + 1},0.7\n" for i in range(many - 1))

    with pytest.raises(WrongInput, match="1501 records hang together"):
        draw_tables(read_links(people, pairs), draws=10, seed=1)


def test_where_hardly_anybody_is_linked_there_is_no_number():
    people = "record_id,source,person_id\n" + "".join(
        f"{i},{'abc'[i % 3]},{i}\n" for i in range(30)
    )

    found = linked(read_links(people, "left,right,probability\n0,1,0.5\n"), partitions=20,
                   bootstrap=50)  # fmt: skip

    assert (found.estimate, found.interval) == (None, "none")
    assert "no_finite_estimate" in {w.code for w in found.warnings}
