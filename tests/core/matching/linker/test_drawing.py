"""The pairs a model learns from by chance, and what lists of numbers share."""

import random
from collections import Counter

import duckdb
import pyarrow as pa
import pytest

from mekhala.core.matching.linker import sharing, training


@pytest.fixture
def con():
    with duckdb.connect() as made:
        yield made


def drawn(con, size, seed=0):
    con.execute(f"create or replace table linkable as select range::int as rec from range({size})")
    return con.execute(training.drawn_sql(size, seed)).fetchall()


@pytest.mark.parametrize("size", [3, 7, 200])
def test_each_record_meets_as_many_others_and_never_itself(con, size):
    pairs = drawn(con, size)

    assert all(one != other for one, other in pairs)
    assert len(set(map(frozenset, pairs))) == len(pairs)  # no pair is drawn from both its ends
    assert set(Counter(one for one, _ in pairs).values()) == {max(1, (size - 1) // 2)}


def test_no_more_pairs_are_drawn_than_asked_for_and_another_seed_draws_others(con, monkeypatch):
    monkeypatch.setattr(training, "RANDOM_PAIRS", 300)

    assert len(drawn(con, 900)) == 300
    assert set(drawn(con, 900)) != set(drawn(con, 900, seed=1))


def test_the_drawing_does_not_compare_every_record_with_every_other(con):
    drawn(con, 5000)
    plan = con.execute(f"explain {training.drawn_sql(5000, 0)}").fetchall()[0][1].lower()

    assert "hash join" in plan
    assert "nl join" not in plan
    assert "nested loop" not in plan


def test_what_two_records_share_of_their_lists_is_counted_as_sets_count_it(con):
    chance = random.Random(4)
    sides = {name: [_list(chance) for _ in range(60)] for name in sharing.LISTS}
    _linkable(con, sides)
    con.execute("create table met as select a.rec as left_rec, b.rec as right_rec from linkable "
                "as a join linkable as b on a.rec < b.rec")  # fmt: skip
    con.execute(f"from {sharing.share(con, 'met')}")

    found = con.fetchall()
    assert len(found) == 60 * 59 / 2
    for a, b, *answers in found:
        assert answers == [
            _shared(kind, sides[one][a], sides[other][b]) for kind, one, other in sharing.QUESTIONS
        ]


def _list(chance):
    """Unknown, or some of so many entries that some have one sign and are not the same."""
    if chance.random() < 0.2:
        return None
    return [str(n) for n in chance.sample(range(150), chance.randint(1, 12))]


def _linkable(con, sides):
    lists = {name: pa.array(column, pa.list_(pa.string())) for name, column in sides.items()}
    numbers = pa.array(range(len(next(iter(sides.values())))), pa.int32())
    con.register("said", pa.table({"rec": numbers, **lists}))
    con.execute("create table linkable as from said")


def _shared(kind, one, other):
    if one is None or other is None:
        return None
    both = len(set(one) & set(other))
    return both if kind == "shared" else both > 0
