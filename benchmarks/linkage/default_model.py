"""The model that comes with the program, counted on invented registers whose truth is known.

``python -m benchmarks.linkage.default_model FOLDER --out FILE``, where FOLDER holds ``records.csv``
and ``truth.csv`` as ``mekhala sample --registers FOLDER`` writes them. m is counted on the true
pairs, u on pairs taken at random, and what relatives and namesakes take back is set so that among
the pairs of each such level as many are expected to be true as are.
"""

import argparse
import hashlib
import math
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from mekhala.core.matching.linker import pairs, tables
from mekhala.core.matching.linker.comparisons import COMPARISONS, FIXED
from mekhala.core.matching.linker.model import LevelWeight, Model
from mekhala.core.matching.linker.scoring import frequencies
from mekhala.core.matching.linker.weighing import probability_of
from mekhala.core.matching.records import COLUMNS

RANDOM = 2000  # records on either side of the pairs taken at random
PSEUDO = 0.5  # pairs added to each level, so that none is impossible
# Registers of living people are worse than invented ones: no level speaks against so strongly that
# an error of a clerk cannot be outweighed, and what a household or a shelter shares is kept small.
LEAST_M = {"far": 2.5e-3, "within_5y": 2.5e-3}
LEAST_M_OF = {"national_id": 0.02, "nationality": 0.01, "place": 0.05, "household": 0.01}
MOST_BITS = {"household": 9.0}
# Texts about places abroad, of which the invented registers hold few.
BY_HAND = {
    ("place", "address"): (0.15, 1e-6),
    ("place", "most_of_address"): (0.08, 5e-6),
    ("place", "same_text"): (0.05, 4e-5),
    ("place", "two_words"): (0.02, 1.6e-4),
}
# Evidence is not independent, and errors gather where it is strongest: with this factor 995 of
# 1,000 pairs at 0.95 are true on registers that were not counted.
TEMPER = 0.89
# What share of pairs was true, by the probability that the evidence gives them, on countries of the
# seeds 11, 12 and 13 (ten thousand records each); kept low where precision at 0.95 asks for it.
CALIBRATION = (
    (0.02, 0.15), (0.1, 0.4), (0.15, 0.5), (0.3, 0.7), (0.5, 0.85), (0.8, 0.93), (0.983, 0.95),
    (0.995, 0.985),
)  # fmt: skip
# Twins whose papers agree in all but the name are left to people, at the cost of misspelt names.
AT_MOST = {"twins_at_home": -16.0, "twins": -6.0}
LOOKED_AT = 2.0  # bits from which on a pair could be joined, were it not for relatives
COLUMNS_COMPARED = [c for c in tables.MADE if c != "bands"]


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    con = loaded(args.folder)
    pairs.block(con)
    model = counted(con, hashlib.sha256((args.folder / "records.csv").read_bytes()).hexdigest())
    args.out.write_text(model.dumps(), encoding="utf-8")
    for field, levels in model.comparisons.items():
        print(field, {level.code: round(level.bits, 1) for level in levels})


def loaded(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection with ``prepared``, ``linkable`` and ``truth`` (``rec, person``)."""
    con = duckdb.connect()
    columns = ", ".join(f"coalesce({c}, '') as {c}" for c in COLUMNS)
    con.execute(
        f"create table raw as select (row_number() over () - 1)::int as rec, {columns} "
        f"from read_csv('{folder}/records.csv', all_varchar=true, header=true)"
    )
    tables.prepare(con)
    con.execute("alter table prepared add column alone integer")
    con.execute("create table linkable as from prepared where linkable")
    con.execute(
        "create table truth as select rec, true_person as person from raw "
        f"join read_csv('{folder}/truth.csv', all_varchar=true) using (source, record_id)"
    )
    return con


def counted(con: duckdb.DuckDBPyConnection, data_hash: str) -> Model:
    """Return the model counted on the records of a connection."""
    con.execute(
        "create table true_pairs as select a.rec as left_rec, b.rec as right_rec from truth as a "
        "join truth as b on a.person = b.person and a.rec < b.rec "
        "where a.rec in (select rec from linkable) and b.rec in (select rec from linkable)"
    )
    some = f"(select rec from linkable using sample {RANDOM} rows (reservoir, "
    con.execute(
        f"create table random_pairs as select a.rec as left_rec, b.rec as right_rec from {some}1)) "
        f"as a, {some}2)) as b join truth as x on x.rec = a.rec join truth as y on y.rec = b.rec "
        "where x.person <> y.person"
    )
    levels("true_pairs", con, "true_levels")
    levels("random_pairs", con, "random_levels")
    size = con.execute("select count(*) from linkable").fetchall()[0][0]
    true = con.execute("select count(*) from true_pairs").fetchall()[0][0]
    known, least = frequencies(con)
    comparisons = {c.field: _weights(con, c.field) for c in COMPARISONS}
    model = Model(
        prior=true / (size * (size - 1) / 2),
        comparisons=comparisons,
        frequencies=known, least_frequency=least, trained_on=size, date=date.today().isoformat(),
        temper=TEMPER, calibration=CALIBRATION, data_hash=data_hash,
        how="counted on invented registers whose truth is known",
    )  # fmt: skip
    return _taken_back(con, model)


def levels(pairs_of: str, con: duckdb.DuckDBPyConnection, into: str) -> None:
    """Make a table of pairs with the level of each comparison, "-" where unknown."""
    told = [
        f"case when {c.unknown_sql} then '-' "
        + " ".join(
            f"when {level.condition()} then '{level.code}'" if level.sql
            else f"else '{level.code}'"
            for level in c.levels
        )
        + f" end as {c.field}"
        for c in COMPARISONS
    ]  # fmt: skip
    both = ", ".join(f"a.{c} as {c}_l, b.{c} as {c}_r" for c in COLUMNS_COMPARED)
    con.execute(
        f"create table {into} as select left_rec, right_rec, named_l, named_r, {', '.join(told)} "
        f"from (select left_rec, right_rec, {both} from {pairs_of} "
        "join prepared as a on a.rec = left_rec join prepared as b on b.rec = right_rec)"
    )


def _weights(con: duckdb.DuckDBPyConnection, field: str) -> tuple[LevelWeight, ...]:
    comparison = next(c for c in COMPARISONS if c.field == field)
    if field in FIXED:
        return tuple(LevelWeight(code=level.code, m=1.0, u=1.0) for level in comparison.levels)
    shares = [_shares(con, table, field) for table in ("true_levels", "random_levels")]
    return tuple(
        _bounded(field, level.code, m, u)
        for level, m, u in zip(comparison.levels, *shares, strict=True)
    )


def _bounded(field: str, code: str, m: float, u: float) -> LevelWeight:
    """The weight, within the bounds above."""
    if (field, code) in BY_HAND:
        m, u = BY_HAND[field, code]
    if u > m:
        m = min(u, max(m, LEAST_M.get(code, LEAST_M_OF.get(field, 0.0))))
    most = MOST_BITS.get(field, math.inf)
    return LevelWeight(code=code, m=_round(m), u=_round(max(u, m / 2**most)))


def _shares(con: duckdb.DuckDBPyConnection, table: str, field: str) -> list[float]:
    comparison = next(c for c in COMPARISONS if c.field == field)
    found = dict(
        con.execute(
            f"select {field}, count(*) from {table} where {field} <> '-' group by all"
        ).fetchall()
    )
    counts = [found.get(level.code, 0) + PSEUDO for level in comparison.levels]
    return [count / sum(counts) for count in counts]


def _taken_back(con: duckdb.DuckDBPyConnection, model: Model) -> Model:
    """Return the model with the weight of relatives and namesakes set to what is true."""
    levels("candidates", con, "candidate_levels")
    start = math.log2(model.prior / (1 - model.prior))
    rows = con.execute(
        f"select {', '.join(c.field for c in COMPARISONS)}, named_l, named_r, "
        "count(*), count(*) filter (a.person = b.person) from candidate_levels "
        "join truth as a on a.rec = left_rec join truth as b on b.rec = right_rec group by all"
    ).fetchall()
    weights = {c.field: {w.code: w for w in model.comparisons[c.field]} for c in COMPARISONS}
    by: dict[str, list[tuple[float, int, int]]] = {}
    for *found, left, right, count, true in rows:
        bits = start + sum(
            _bits(weights[c.field][code], c, model, (left, right))
            for c, code in zip(COMPARISONS, found, strict=True) if code != "-"
        )  # fmt: skip
        by.setdefault(found[-1], []).append((bits, count, true))
    taken = []
    for level in model.comparisons["relatives"]:
        off = min(AT_MOST.get(level.code, 0.0), _offset(by.get(level.code, [])))
        off = 0.0 if level.code == "none" else off
        taken.append(LevelWeight(code=level.code, m=_round(2.0**off), u=1.0))
    return Model(**{**vars(model), "comparisons": {**model.comparisons, "relatives": tuple(taken)}})


def _bits(weight: LevelWeight, comparison: Any, model: Model, names: tuple[str, str]) -> float:
    level = next(level for level in comparison.levels if level.code == weight.code)
    if level.by_frequency:
        return math.log2(weight.m / max(map(model.frequency, names)))
    return weight.bits


def _offset(found: list[tuple[float, int, int]]) -> float:
    """The bits to add so that as many pairs are expected to be true as are."""
    found = [pair for pair in found if pair[0] > LOOKED_AT]
    true = sum(t for _, _, t in found)
    low, high = -40.0, 40.0
    for _ in range(60):
        middle = (low + high) / 2
        expected = sum(n * probability_of(bits + middle) for bits, n, _ in found)
        low, high = (middle, high) if expected < true else (low, middle)
    return round((low + high) / 2, 1)


def _round(share: float) -> float:
    return float(f"{share:.3g}")


if __name__ == "__main__":
    main()
