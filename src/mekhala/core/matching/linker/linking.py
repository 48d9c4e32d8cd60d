"""Records in clear linked into people: prepared, blocked, weighed by the model, joined best first.

The same records, seed and version give the same answer. Nothing here decides about anybody: pairs
from ``review_from`` on are for people to look at.
"""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mekhala.core.matching.exact_keys import Cluster
from mekhala.core.matching.linker.clusters import Pair, joined, numbers_of, one_to_one, people
from mekhala.core.matching.linker.model import Model, default_model
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    import duckdb

ENGINES = ("duckdb", "spark")
LARGEST = 60  # records of a group within which every pair is looked at again
NOT_COMPARED = ("source", "unread_birth", "single", "bones", "bands", "linkable", "vague", "alone")
STEPS = ("prepare", "block", "train", "predict", "cluster")

type Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Linked:
    """``pairs``: (left, right, probability) by place in the records; ``people``: records joined.

    ``unlinkable``: records that say too little to be looked for. ``refused``: pairs over the
    threshold that were not joined, for another record of theirs forbids it. ``unread``: column →
    how many of its values could not be read and count as unknown. ``crowded``: rule of blocking →
    blocks too large to be compared.
    """

    pairs: tuple[Pair, ...]
    people: tuple[Cluster, ...]
    model: Model
    unlinkable: int
    compared: int
    refused: int = 0
    unread: Mapping[str, int] = field(default_factory=dict)
    crowded: Mapping[str, int] = field(default_factory=dict)
    histogram: tuple[tuple[float, int], ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


def link_records(
    records: Iterable[Mapping[str, str]],
    *,
    threshold: float = 0.95,
    review_from: float = 0.5,
    distinct: Collection[str] = (),
    model: Model | None = None,
    engine: str = "duckdb",
    seed: int = 0,
    on: str = "",
    progress: Progress | None = None,
) -> Linked:
    """Link records with the columns of ``records.COLUMNS``.

    Pairs at or above ``review_from`` are told, those at or above ``threshold`` joined into people;
    both are probabilities. A list named in ``distinct`` holds each person once: its records pair
    with the best of each other such list and never with each other. Without a ``model`` one is
    trained on the records, if they are enough, by ``seed``; ``on`` is the day it bears.
    Raises ``WrongInput`` for an engine that is not there.
    """
    from mekhala.core.matching.linker.in_memory import in_memory
    from mekhala.core.matching.linker.tables import raw_of_records

    with in_memory() as con:
        raw_of_records(con, records)
        return link_raw(
            con, threshold=threshold, review_from=review_from, distinct=distinct, model=model,
            engine=engine, seed=seed, on=on, progress=progress,
        )  # fmt: skip


def link_raw(
    con: "duckdb.DuckDBPyConnection",
    *,
    threshold: float,
    review_from: float,
    distinct: Collection[str] = (),
    model: Model | None = None,
    engine: str = "duckdb",
    seed: int = 0,
    on: str = "",
    progress: Progress | None = None,
) -> Linked:
    """Link the records of the table ``raw`` of a connection (``tables``), as ``link_records``."""
    from mekhala.core.matching.linker import pairs, scoring, tables, tempering, training
    from mekhala.core.matching.linker.rivals import probable_pairs

    if engine not in ENGINES:
        raise WrongInput(f"--engine: {engine!r} is none; expected {' or '.join(ENGINES)}")
    told = _Steps(progress)
    records = _records(con)
    alone = numbers_of([source for source, _ in records], distinct)
    told("prepare")
    tables.prepare(con)
    set_apart_linkable(con, distinct)
    told("block")
    blocked = pairs.block(con)
    told("train")
    used = model or training.train(con, default_model(), seed=seed, on=on)
    told("predict")
    _score(con, used, engine)
    con.execute("drop table candidates")
    tempering.set_apart(con)
    used = replace(used, prior=scoring.prior_of(con))
    if model is None:
        used = tempering.tempered(con, used)
        used = replace(used, prior=scoring.prior_of(con))
    histogram = scoring.histogram(con, used)
    told("cluster")
    kept = one_to_one(probable_pairs(con, used, least=min(threshold, review_from)), alone)
    sure = [pair for pair in kept if pair[2] >= threshold]
    groups, refused = joined(sure, alone=alone, apart=_apart(con, sure, used))
    return Linked(
        pairs=tuple(sorted((a, b, round(p, 4)) for a, b, p in kept if p >= review_from)),
        people=people(groups, records),
        model=used,
        unlinkable=len(records) - _count(con, "linkable"),
        compared=blocked.pairs,
        refused=len(refused),
        unread=tables.unread_counts(con),
        crowded=blocked.too_large,
        histogram=histogram,
        seconds=told.seconds(),
    )


class _Steps:
    """Tells how many of the steps are done, and keeps how long each took."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress = progress
        self.began: dict[str, float] = {}

    def __call__(self, step: str) -> None:
        self.began[step] = time.perf_counter()
        if self.progress:
            self.progress(STEPS.index(step), len(STEPS))

    def seconds(self) -> dict[str, float]:
        """Return step → seconds, the last one until now."""
        ends = [*list(self.began.values())[1:], time.perf_counter()]
        pairs = zip(self.began.items(), ends, strict=True)
        return {step: round(end - start, 2) for (step, start), end in pairs}


def _records(con: "duckdb.DuckDBPyConnection") -> list[tuple[str, str]]:
    return con.execute("select source, record_id from raw order by rec").fetchall()


def set_apart_linkable(con: "duckdb.DuckDBPyConnection", distinct: Collection[str]) -> None:
    """Number the lists that hold each person once, and set the linkable records apart."""
    con.execute("alter table prepared add column alone integer")
    for number, name in enumerate(sorted(distinct)):
        con.execute("update prepared set alone = ? where source = ?", [number, name])
    con.execute(
        f"create table linkable as select * exclude ({', '.join(NOT_COMPARED)}) from prepared "
        "where linkable"
    )


def _score(con: "duckdb.DuckDBPyConnection", model: Model, engine: str) -> None:
    """Weigh the candidates with the engine asked for."""
    if engine == "spark":
        from mekhala.core.matching.linker.on_spark import score
    else:
        from mekhala.core.matching.linker.scoring import score
    score(con, model)


def _apart(
    con: "duckdb.DuckDBPyConnection", sure: Sequence[Pair], model: Model
) -> list[tuple[int, int]]:
    """The pairs within groups of three and more whose evidence speaks against one person.

    Two records that say little of each other do not: nothing known is no evidence. They are few,
    and every engine says the same of them: DuckDB weighs them.
    """
    import pyarrow as pa

    from mekhala.core.matching.linker.scoring import tell

    groups, _ = joined(sure, alone={})
    known = {(a, b) for a, b, _ in sure}
    within = [
        (a, b)
        for group in groups
        if 2 < len(group) <= LARGEST
        for place, a in enumerate(group)
        for b in group[place + 1 :]
        if (a, b) not in known
    ]
    if not within:
        return []
    table = pa.table({"left_rec": [a for a, _ in within], "right_rec": [b for _, b in within]})
    con.register("within_groups", table)
    tell(con, model, "within_groups")
    con.unregister("within_groups")
    found = con.execute("select left_rec, right_rec from told where units < 0").fetchall()
    con.execute("drop table told")
    return found


def _count(con: "duckdb.DuckDBPyConnection", table: str) -> int:
    return int(con.execute(f"select count(*) from {table}").fetchall()[0][0])
