"""The model learnt from the records at hand, held by the one it started from.

u comes from pairs at random, m by expectation maximisation from pairs of one rare name and from
pairs of one date (``learning``). What relatives and namesakes take back is not learnt: their pairs
look true to any such algorithm. Where they are so many that one in several of the pairs it takes
for true has another given name, twins are meant, and such names speak against a pair.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from mekhala.core.matching.linker.comparisons import COMPARISONS, FIXED
from mekhala.core.matching.linker.learning import Block, Learnt, Shares, learnt
from mekhala.core.matching.linker.model import LevelWeight, Model
from mekhala.core.matching.linker.patterns import patterns
from mekhala.core.matching.linker.scoring import frequencies

if TYPE_CHECKING:
    import duckdb

FEWEST = 200  # linkable records from which on a model is trained
RANDOM_PAIRS, TRAINING_PAIRS = 500_000, 200_000
GIVEN = 100.0  # true pairs the given model counts as
LEAST_U = 1e-6
LARGEST = 8  # records that agree and are looked at: what is rare teaches best
# Levels that relatives share: of true pairs, at most so many times what the given model says.
OTHER_NAMES, MOST_TIMES = ("one_word", "different"), 3.0
# Pairs that agree on this column, and the piece of evidence it has a part in.
BLOCKS = {"named": "name", "born": "birth"}
FIELDS = tuple(comparison.field for comparison in COMPARISONS)


def train(con: "duckdb.DuckDBPyConnection", given: Model, *, seed: int, on: str) -> Model:
    """Return the model trained on the table ``linkable``, as of the day ``on``; or what was given.

    Fewer than ``FEWEST`` records teach nothing.
    """
    size = int(con.execute("select count(*) from linkable").fetchall()[0][0])
    data = data_hash(con)
    if size < FEWEST:
        how = f"{size} records are too few to train on; weights as given: {given.how}"
        return replace(given, how=how, date=on, data_hash=data)
    blocks = [_at_random(con, size, seed)]
    for column, field in BLOCKS.items():
        blocks.append(_agreeing(con, column, frozenset(FIELDS) - {field}, seed))
    m, u = (_shares(given, which) for which in ("m", "u"))
    found = learnt(FIELDS, blocks, m, u, known=FIXED, pairs=GIVEN, share=min(0.1, 0.5 / size))
    known, least = frequencies(con)
    return replace(
        given,
        comparisons={field: _weights(field, given, found) for field in FIELDS},
        frequencies=known, least_frequency=least, trained_on=size,
        how="m and u by expectation maximisation, the given model counting as "
        f"{GIVEN:.0f} pairs",
        date=on, data_hash=data,
    )  # fmt: skip


def _at_random(con: "duckdb.DuckDBPyConnection", size: int, seed: int) -> Block:
    """Pairs of a record and those after it, in an order that means nothing."""
    con.execute(f"create or replace table drawn as {drawn_sql(size, seed)}")
    levels, counts = _counted(con, "drawn")
    return Block(levels=levels, counts=counts, at_random=True, speaks=frozenset(FIELDS))


def drawn_sql(size: int, seed: int) -> str:
    """Return SQL of some ``RANDOM_PAIRS`` pairs of ``linkable``, which has ``size`` records.

    Where the other record stands is worked out before the join: the database would else compare
    every place with every other, which at 100,000 records was half of the whole linkage.
    """
    steps = max(1, min(RANDOM_PAIRS // size, (size - 1) // 2))
    return (
        "with turned as materialized "
        f"(select rec, row_number() over (order by hash(rec + {seed}), rec) - 1 as place "
        "from linkable), ahead as materialized (select rec, "
        f"(place + unnest(range(1, {steps + 1}))) % {size} as place "
        f"from turned where place < {RANDOM_PAIRS}) select ahead.rec as left_rec, "
        "turned.rec as right_rec from ahead join turned using (place)"
    )


def _agreeing(
    con: "duckdb.DuckDBPyConnection", column: str, speaks: frozenset[str], seed: int
) -> Block:
    """Pairs that agree on a column, of values that few share."""
    con.execute(
        f"create or replace table few as select {column}, count(*) as n from linkable "
        f"where {column} is not null group by all having n between 2 and {LARGEST}"
    )
    pairs = con.execute("select coalesce(sum(n * (n - 1) / 2), 0) from few").fetchall()[0][0]
    each = max(1, round(float(pairs) / TRAINING_PAIRS))
    con.execute(
        "create or replace table drawn as select a.rec as left_rec, b.rec as right_rec "
        f"from few join linkable as a using ({column}) join linkable as b using ({column}) "
        f"where a.rec < b.rec and hash(a.rec, b.rec, {seed}) % {each} = 0"
    )
    con.execute("drop table few")
    levels, counts = _counted(con, "drawn")
    return Block(levels=levels, counts=counts, speaks=speaks)


def _counted(con: "duckdb.DuckDBPyConnection", table: str) -> tuple[np.ndarray, np.ndarray]:
    found = patterns(con, table)
    con.execute(f"drop table {table}")
    return found


def _shares(given: Model, which: str) -> Shares:
    """The m or the u of a model; those of what is learnt add up to 1."""
    return {
        field: _summed((getattr(w, which) for w in given.comparisons[field]), field not in FIXED)
        for field in FIELDS
    }


def _summed(shares: Iterable[float], to_one: bool) -> np.ndarray:
    found = np.array(list(shares), dtype=np.float64)
    return found / found.sum() if to_one else found


def _weights(field: str, given: Model, found: Learnt) -> tuple[LevelWeight, ...]:
    if field in FIXED:
        return given.comparisons[field]
    return tuple(
        LevelWeight(
            code=level.code, u=_short(max(u, LEAST_U)),
            m=_short(without_relatives(m, level.m) if level.code in OTHER_NAMES else m),
        )
        for level, m, u in zip(
            given.comparisons[field], found.m[field], found.u[field], strict=True
        )
    )  # fmt: skip


def without_relatives(learnt: float, given: float) -> float:
    """Return the m of another name, where what was learnt of it can only come from relatives.

    On registers and on FEBRL up to 2.8 times the given share of true pairs was learnt for such a
    level; in a file full of twins ten times. Then of the pairs that look true only the given share
    is, ``given / learnt`` of them, and each is so much less likely to be one person.

    >>> without_relatives(0.1, 0.05), round(without_relatives(0.5, 0.05), 4)
    (0.1, 0.005)
    """
    return learnt if learnt <= MOST_TIMES * given else given * given / learnt


def data_hash(con: "duckdb.DuckDBPyConnection") -> str:
    """Return a hash of the records, whatever their order."""
    row = con.execute(
        "select count(*), bit_xor(hash(raw)) from (select * exclude (rec) from raw) raw"
    )
    return hashlib.sha256(repr(row.fetchall()[0]).encode()).hexdigest()


def _short(share: float) -> float:
    """Five digits: more would be the noise of the last processor that added."""
    return float(f"{share:.5g}")
