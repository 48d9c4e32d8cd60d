"""Whether pairs weigh the same in ``mekhala link``'s own statement and in Splink's.

Ours counts what lists share before it weighs, Splink asks in every condition; the evidence has to
be the same, pair by pair, but for the last digits, which ours rounds off (``model.UNITS``).
Records: the invented registers.

    python -m benchmarks.linkage.same_pairs            10,000 records, seed 101; ends with 1 if not
"""

import argparse
import math
import sys
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import duckdb

from benchmarks.linkage.problems import RECORDS_PER_PERSON
from benchmarks.linkage.splink_settings import dropped, quiet, settings_of
from mekhala.core.matching.linker import linking, pairs, scoring, tables
from mekhala.core.matching.linker.model import COUNTED_BY, Model, default_model
from mekhala.core.matching.linker.weighing import prior_bits
from mekhala.sample.registers import registers

MOST = 1e-8  # bits


class Same(NamedTuple):
    """Pairs that both weigh, pairs that one leaves out, and the largest difference in bits."""

    both: int
    one_alone: int
    difference: float

    @property
    def holds(self) -> bool:
        """Whether the two are one."""
        return self.both > 0 and not self.one_alone and self.difference <= MOST


def compared(records: Iterable[Mapping[str, str]], model: Model) -> Same:
    """Weigh the candidates of records in both ways."""
    with duckdb.connect() as con:
        tables.raw_of_records(con, records)
        tables.prepare(con)
        linking.set_apart_linkable(con, ())
        pairs.block(con)
        scoring.score(con, model)
        con.execute("create table ours as from scored")
        by_splink(con, model)
        told = con.execute(
            "select count(ours.bits + splink.bits), "
            "count(*) filter (ours.bits is null or splink.bits is null), "
            "coalesce(max(abs(ours.bits - splink.bits)), 0) "
            "from ours full join splink using (left_rec, right_rec)"
        ).fetchall()[0]
    return Same(*told)


def by_splink(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make the table ``splink`` (``left_rec, right_rec, bits``) from ``candidates``."""
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    quiet()
    api = DuckDBAPI(connection=con)
    linker = Linker(api.register("linkable"), settings_of(model), log_level=None)
    linker.table_management.register_term_frequency_lookup(
        api.register(scoring.frequency_table(con, model)), COUNTED_BY
    )
    con.execute(
        "create table to_score as select left_rec as join_key_l, right_rec as join_key_r, "
        "'0' as match_key from candidates"
    )
    linker.table_management.register_blocked_pairs_for_predict(api.register("to_score"))
    start = prior_bits(model)
    found = linker.inference.predict(
        threshold_match_weight=start + scoring.least_bits(scoring.count_linkable(con)),
        warning_mode="never",
    )
    con.execute(
        "create table splink as select least(rec_l, rec_r) as left_rec, greatest(rec_l, rec_r) as "
        f"right_rec, (match_weight - ({start})) * {model.temper} as bits from {found.physical_name}"
    )
    dropped(linker)


def main(argv: list[str] | None = None) -> int:
    """Print how far the two are apart."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=101)
    given = parser.parse_args(argv)
    made = registers(math.ceil(given.size / RECORDS_PER_PERSON), given.seed)
    found = compared((record for record, _ in made), default_model())
    print(f"{found.both:,} pairs weighed by both, {found.one_alone} by one alone, at most "
          f"{found.difference:.1e} bits apart (of {MOST:.0e})")  # fmt: skip
    return int(not found.holds)


if __name__ == "__main__":
    sys.exit(main())
