"""How far the evidence is to be trusted, from pairs that are known to be two people.

Pieces of evidence are not independent, so their sum says too much: a model is tempered by a factor
found on other registers. A list that is known to hold each person once tells whether these records
need it: whatever looks like one person within such a list is two. Without such a list their spread
tells it: where hardly a pair lies between sure and impossible, no family blurs the picture.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from mekhala.core.matching.linker.model import Model
from mekhala.core.matching.linker.weighing import prior_bits

if TYPE_CHECKING:
    import duckdb

SURE = 4.25  # bits: a probability of 0.95
FEWEST = 500  # sure pairs between such lists, for the share of false ones to be known
FEWEST_SURE = 200  # sure pairs, for their spread to tell anything
MOST_BETWEEN = 0.08  # of sure pairs, that tempering makes unsure, up to which it is left out
MOST_FALSE = 0.002  # of sure pairs, up to which evidence is taken as it stands


def set_apart(con: "duckdb.DuckDBPyConnection") -> None:
    """Move the pairs within one list of distinct people from ``scored`` to ``known_apart``."""
    for name, condition in (
        ("known_apart", "l.alone = r.alone"),
        ("kept", "l.alone is null or l.alone is distinct from r.alone"),
    ):
        con.execute(
            f"create or replace table {name} as select scored.* from scored "
            "join prepared as l on l.rec = left_rec join prepared as r on r.rec = right_rec "
            f"where {condition}"
        )
    con.execute("drop table scored")
    con.execute("alter table kept rename to scored")


def tempered(con: "duckdb.DuckDBPyConnection", model: Model) -> Model:
    """Return the model without tempering where the records show that its evidence is right.

    The table ``scored`` is brought to the model that is returned.
    """
    shown = _shown_by_lists(con, model)
    if shown is False or (shown is None and not _hardly_matters(con, model)):
        return model
    con.execute(
        "create or replace table scored as "
        f"select left_rec, right_rec, bits / {model.temper} as bits from scored"
    )
    return replace(model, temper=1.0, calibration=())


def _shown_by_lists(con: "duckdb.DuckDBPyConnection", model: Model) -> bool | None:
    """Whether lists of distinct people hold hardly a pair that looks like one person.

    None where there are no such lists, or too few sure pairs between them to tell.
    """
    bound = SURE - prior_bits(model)
    false = _sure(con, "known_apart", bound, model)
    between = _sure(con, "scored", bound, model)
    sizes = con.execute(
        "select count(*) from prepared where alone is not null and linkable group by alone"
    ).fetchall()
    within = sum(size * (size - 1) / 2 for (size,) in sizes)
    across = (sum(size for (size,) in sizes) ** 2 - sum(size**2 for (size,) in sizes)) / 2
    if between < FEWEST or not within:
        return None
    return bool(false * across / within <= MOST_FALSE * between)


def _hardly_matters(con: "duckdb.DuckDBPyConnection", model: Model) -> bool:
    """Whether hardly a pair is sure or unsure by tempering alone.

    Where families and namesakes are many, pairs lie close together around the threshold; where they
    are not, a pair is one person's beyond doubt or nobody's, and there is nothing to temper.
    """
    bound = SURE - prior_bits(model)
    sure, still = con.execute(
        f"select count(*), count(*) filter (bits > {bound}) from scored "
        f"where bits / {model.temper} > {bound}"
    ).fetchall()[0]
    return bool(sure >= FEWEST_SURE and sure - still <= MOST_BETWEEN * sure)


def _sure(con: "duckdb.DuckDBPyConnection", table: str, bound: float, model: Model) -> int:
    """How many pairs between or within lists of distinct people are sure, untempered."""
    return int(
        con.execute(
            f"select count(*) from {table} join prepared as l on l.rec = left_rec "
            "join prepared as r on r.rec = right_rec "
            f"where bits / {model.temper} > {bound} and l.alone is not null and r.alone is not null"
        ).fetchall()[0][0]
    )
