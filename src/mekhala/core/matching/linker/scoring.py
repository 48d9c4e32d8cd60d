"""Candidates weighed by the model, and the share of true pairs found from the weights."""

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mekhala.core.matching.linker.comparisons import COMPARISONS
from mekhala.core.matching.linker.levels import Comparison, in_duckdb
from mekhala.core.matching.linker.model import COUNTED_BY, UNITS, LevelWeight, Model, units
from mekhala.core.matching.linker.sharing import LISTS, answered, share
from mekhala.core.matching.linker.weighing import prior_bits, probability_of

if TYPE_CHECKING:
    import duckdb

BELOW = (
    12.0  # bits under what even odds take: such pairs, of which one in 4,000 is true, are forgotten
)
ADDED = 200.0  # pairs that hold the share of true ones where there are few records
STEP = 0.5  # bits; weights are counted in steps so wide when the prior is sought
ROUNDS = 60
MOST_FREQUENCIES = 5_000
COLUMN = re.compile(r"\b([a-z_]+)_[lr]\b")
BEARERS = "count(distinct coalesce(born, rec::text))"
LEAST_OTHERS = 0.2  # who bear a rare name too, at the least
FEWEST_BEARERS = 5  # a name that fewer bear is not kept in the model


def frequencies(con: "duckdb.DuckDBPyConnection") -> tuple[dict[str, float], float]:
    """Return sound of a name → share of people, of common names, and the share for any other.

    People are told apart by their date of birth, where it is known: so that a name is not frequent
    because one person has many records. A name that may be a part of another is as frequent as that
    part is in all names. A rare name is as frequent as others bear it, on average.
    """
    con.execute(
        f"create or replace temp table names_borne as select {COUNTED_BY} as name, {BEARERS} "
        f"as times from linkable where {COUNTED_BY} is not null group by all"
    )
    counted = con.execute(
        f"with words as (select word, {BEARERS} as times from "
        "(select rec, born, unnest(sounds) as word from linkable) group by word) "
        "select name, greatest(names.times, coalesce(words.times, 0)) as borne "
        "from names_borne as names left join words on name = word "
        f"where borne >= {FEWEST_BEARERS} order by borne desc, name limit {MOST_FREQUENCIES}"
    ).fetchall()
    people, rare, others = con.execute(
        "select sum(times), sum(times) filter (times < ?), "
        "sum(times * (times - 1)) filter (times < ?) from names_borne",
        [FEWEST_BEARERS, FEWEST_BEARERS],
    ).fetchall()[0]
    con.execute("drop table names_borne")
    total = max(1, people or 0)
    least = max((others or 0) / max(1, rare or 0), LEAST_OTHERS) / total
    return {name: times / total for name, times in counted}, float(f"{least:.6g}")


def count_linkable(con: "duckdb.DuckDBPyConnection") -> int:
    """Return how many records there are to be linked."""
    return int(con.execute("select count(*) from linkable").fetchall()[0][0])


def score(con: "duckdb.DuckDBPyConnection", model: Model, candidates: str = "candidates") -> None:
    """Make the table ``scored`` (``left_rec, right_rec, bits``) from candidates and ``linkable``.

    ``bits`` is the weight of the evidence alone; the prior is not in it. Pairs that no prior makes
    likely are left out.
    """
    tell(con, model, candidates)
    keep_scored(con, model, "told")
    con.execute("drop table told")


def tell(con: "duckdb.DuckDBPyConnection", model: Model, candidates: str = "candidates") -> None:
    """Make the table ``told`` (``left_rec, right_rec, units``): what the evidence weighs.

    Weights are those Splink gives, added in whole ``UNITS``; what lists share is counted before
    (``sharing``), since in Splink's statement that takes most of the time.
    """
    con.execute(
        f"create or replace temp view weighed as select * exclude ({', '.join(LISTS)}), "
        f"{', '.join(f'case when {name} is not null then true end as {name}' for name in LISTS)}, "
        f"rare from linkable left join (select {COUNTED_BY} as named_so, rare from "
        f"{frequency_table(con, model)}) on named_so = {COUNTED_BY}"
    )
    evidence = evidence_sql(model)
    both = ", ".join(f"l.{c} as {c}_l, r.{c} as {c}_r" for c in columns_of(evidence))
    con.execute(
        f"create or replace table told as select left_rec, right_rec, {evidence} as units "
        f"from (select pairs.*, {both} from {share(con, candidates)} as pairs "
        "join weighed as l on l.rec = left_rec join weighed as r on r.rec = right_rec)"
    )
    con.execute("drop table shared_lists")
    con.execute("drop view weighed")


def keep_scored(con: "duckdb.DuckDBPyConnection", model: Model, told: str) -> None:
    """Make the table ``scored`` of what an engine told: ``left_rec, right_rec, units``."""
    con.execute(
        "create or replace table scored as select left_rec, right_rec, "
        f"units / {UNITS}::double * {model.temper}::double as bits from {told} "
        f"where units >= {least_units(count_linkable(con))}"
    )


def columns_of(sql: str) -> list[str]:
    """Return the columns of a record that SQL over two of them reads.

    >>> columns_of("born_l = born_r or age_l is null")
    ['age', 'born']
    """
    return sorted(set(COLUMN.findall(sql)))


def evidence_sql(model: Model) -> str:
    """Return SQL of the units of all evidence, over columns of both records and ``sharing``'s."""
    return " + ".join(
        units_sql(
            c, model.comparisons[c.field], c.unknown_sql,
            [in_duckdb(answered(level.sql)) for level in c.levels],
        ) for c in COMPARISONS
    )  # fmt: skip


def units_sql(
    comparison: Comparison, weights: Sequence[LevelWeight], unknown: str, conditions: Sequence[str]
) -> str:
    """Return SQL of the weight of the first level whose condition holds, the last one's if none.

    By name, u is how common the name is.
    """
    found = [
        f"coalesce({units(math.log2(weight.m))} + least(rare_l, rare_r), {units(weight.bits)})"
        if level.by_frequency
        else str(units(weight.bits))
        for level, weight in zip(comparison.levels, weights, strict=True)
    ]
    told = zip(conditions[:-1], found[:-1], strict=True)
    cases = " ".join(f"when {condition} then {weight}" for condition, weight in told)
    return f"(case when {unknown} then 0 {cases} else {found[-1]} end)"


def least_bits(records: int) -> float:
    """Return the evidence below which no pair of so many records is worth keeping."""
    return max(-1.0, math.log2(max(records, 2)) - BELOW)


def least_units(records: int) -> int:
    """Return the same in whole units."""
    return units(least_bits(records))


def prior_of(con: "duckdb.DuckDBPyConnection") -> float:
    """Return the share of true pairs among all, from the table ``scored``.

    The share at which as many pairs are expected to be true as it says: the step of expectation
    maximisation for it, with m and u fixed. A few pairs are added that hold it to what is usual,
    one true pair for every two records, where there are hardly any records.
    """
    size = count_linkable(con)
    pairs = max(1.0, size * (size - 1) / 2)
    usual = min(0.2, 0.5 / max(size, 1))
    counted = con.execute(
        f"select floor(bits / {STEP}) * {STEP} + {STEP} / 2, count(*) from scored "
        "group by 1 order by 1"
    ).fetchall()
    share = usual
    for _ in range(ROUNDS):
        start = math.log2(share / (1 - share))
        expected = math.fsum(count * probability_of(bits + start) for bits, count in counted)
        found = (expected + ADDED * usual) / (pairs + ADDED)
        if abs(found / share - 1) < 1e-6:
            break
        share = min(0.5, found)
    return float(f"{share:.6g}")


def frequency_table(con: "duckdb.DuckDBPyConnection", model: Model) -> str:
    """The table of every name's frequency as the model has it, rare ones as the least.

    ``rare`` is what it weighs that two share the name by chance, in units.
    """
    import pyarrow as pa

    kept = pa.table({"name": list(model.frequencies), "share": list(model.frequencies.values())})
    con.register("kept_frequencies", kept)
    con.execute(
        "create or replace table name_frequencies as "
        f"select *, round(-log2(tf_{COUNTED_BY}) * {UNITS})::bigint as rare from "
        f"(select distinct {COUNTED_BY}, "
        f"coalesce(share, {model.least_frequency})::double as tf_{COUNTED_BY} from linkable "
        f"left join kept_frequencies on name = {COUNTED_BY} where {COUNTED_BY} is not null)"
    )
    con.unregister("kept_frequencies")
    return "name_frequencies"


def histogram(con: "duckdb.DuckDBPyConnection", model: Model) -> tuple[tuple[float, int], ...]:
    """Return (bits over even odds, pairs) in steps of two bits, of the pairs in ``scored``."""
    start = prior_bits(model)
    counted = con.execute(
        f"select floor((bits + {start}) / 2) * 2, count(*) from scored group by 1 order by 1"
    ).fetchall()
    return tuple((float(bits), int(count)) for bits, count in counted)
