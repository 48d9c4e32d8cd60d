"""Candidates that exclude each other: a record is one person, a list seldom holds one twice.

A record may have several likely counterparts in one list. If those are two people, one of them at
most can be its person, so each is less probable than it looks by itself: o / (1 + o + the odds of
its rivals), after Sadinle 2017, taken for either record of the pair, the smaller kept. Rivals count
as far as they are two people: fully in a list that is known to hold each person once, else by the
probability that they are not the same.
"""

from typing import TYPE_CHECKING

from mekhala.core.matching.linker.model import Model
from mekhala.core.matching.linker.twins import weigh_twins
from mekhala.core.matching.linker.weighing import prior_bits

if TYPE_CHECKING:
    import duckdb

LEAST = -13.0  # bits: a pair less probable rivals nobody
MOST = 40.0  # bits: what is surer is as sure, and sums of odds stay exact to a thousandth
ROUNDS = 12
LEAST_WITHOUT = 0.001  # the share without a counterpart is never taken to be less
# What is summed is summed in whole numbers, so of odds or probabilities as many parts as fit: the
# order in which a database adds them would else show in the last digit, and decide between equals.
ODDS, PARTS = 2**22, 2**40

type Pair = tuple[int, int, float]  # two records by number, and the probability


def probable_pairs(con: "duckdb.DuckDBPyConnection", model: Model, *, least: float) -> list[Pair]:
    """Return pairs of the table ``scored`` of at least so much calibrated probability."""
    start = prior_bits(model)
    con.execute(
        "create or replace table likely as select left_rec, right_rec, "
        f"pow(2, least(bits + ({start}), {MOST})) as odds "
        f"from scored where bits + ({start}) > {LEAST}"
    )
    weigh_twins(con, model)
    lists = con.execute("select count(distinct source) from prepared").fetchall()[0][0]
    alone = con.execute("select count(*) from prepared where alone is not null").fetchall()[0][0]
    if lists > 1 or alone:
        _rivalled(con)
    else:
        con.execute(
            "create or replace table rivalled as select 0 as one, 0 as other, 0.0 as odds limit 0"
        )
    _chances(con)
    found = con.execute(
        "select left_rec, right_rec, probability from chances where probability >= ? "
        "order by left_rec, right_rec",
        [model.uncalibrated(least)],
    ).fetchall()
    return [(left, right, model.calibrated(probability)) for left, right, probability in found]


def _rivalled(con: "duckdb.DuckDBPyConnection") -> None:
    """Make the table ``rivalled``: for each side of a pair the odds of its rivals in that list."""
    for name, sql in RIVALS.items():
        con.execute(f"create or replace table {name} as {sql}")
        for read in DROPPED_AFTER.get(name, ()):
            con.execute(f"drop table {read}")


def _chances(con: "duckdb.DuckDBPyConnection") -> None:
    """Make the table ``chances``: each pair's probability, found in rounds.

    Between two lists that hold each person once, "none of them" is as probable as the share of
    records that have no counterpart. Where nearly all have one, the best candidate is likely to be
    it; the share follows from the probabilities, and they from it.
    """
    con.execute(
        "create or replace table sized as select alone, count(*) as size from prepared "
        "where alone is not null group by alone"
    )
    con.execute(
        "create or replace table without as select a.alone as one, b.alone as other, "
        "1.0::double as share from sized as a, sized as b where a.alone <> b.alone"
    )
    con.execute(CANDIDATES)
    for _ in range(ROUNDS):
        con.execute(CHANCES)
        con.execute(WITHOUT)
    con.execute(CHANCES)


# All the odds on the same side but the pair's own; those of rivals that may be the same person only
# by the probability that they are not. Rivals are never joined to one another, which would square
# the records of a large block, but where the linker compared them. One table after another, each
# dropped when it has been read: five million records have a hundred million sides.
RIVALS = {
    "placed": "select rec, dense_rank() over (order by source) as list, alone from prepared",
    "sides": f"""
        select one, other, list, round(odds * {ODDS})::bigint as parts from (
            select left_rec as one, right_rec as other, odds from likely
            union all select right_rec, left_rec, odds from likely
        ) join placed on rec = other""",
    "crowds": "select one, list, sum(parts) as parts from sides group by one, list "
    "having count(*) > 1",
    "many": "select one, other, sides.parts, crowds.parts - sides.parts as beside "
    "from sides join crowds using (one, list)",
    "within": """
        with twice as (
            select left_rec, right_rec, odds / (1 + odds) as chance from likely
            join placed as l on l.rec = left_rec join placed as r on r.rec = right_rec
            where l.list = r.list and l.alone is null
        )
        select left_rec as one, right_rec as other, chance from twice
        union all select right_rec, left_rec, chance from twice""",
    "same": """
        select a.one, a.other, sum(round(b.parts * chance)::bigint) as parts
        from many as a join within on within.one = a.other
        join many as b on b.one = a.one and b.other = within.other
        group by a.one, a.other""",
    "rivalled": f"""
        select one, other,
            greatest(beside - coalesce(same.parts, 0), 0)::double / {ODDS} as odds
        from many left join same using (one, other)""",
}
DROPPED_AFTER = {
    "many": ("sides", "crowds"),
    "within": ("placed",),
    "same": ("within",),
    "rivalled": ("many", "same"),
}
CANDIDATES = """
create or replace table rivals_told as
select left_rec, right_rec, likely.odds as odds,
    greatest(coalesce(a.odds, 0), coalesce(b.odds, 0)) as rivals,
    l.alone as alone_l, r.alone as alone_r
from likely
join prepared as l on l.rec = left_rec join prepared as r on r.rec = right_rec
left join rivalled as a on a.one = left_rec and a.other = right_rec
left join rivalled as b on b.one = right_rec and b.other = left_rec
"""
CHANCES = """
create or replace table chances as
select left_rec, right_rec, alone_l, alone_r,
    odds / (coalesce(share, 1) + odds + rivals) as probability
from rivals_told left join without on one = alone_l and other = alone_r
"""
WITHOUT = f"""
create or replace table without as
select a.alone as one, b.alone as other,
    greatest({LEAST_WITHOUT}, 1 - coalesce(expected, 0) / {PARTS} / least(a.size, b.size)) as share
from sized as a join sized as b on a.alone <> b.alone
left join (
    select least(alone_l, alone_r) as x, greatest(alone_l, alone_r) as y,
        sum(round(probability * {PARTS})::bigint)::double as expected
    from chances where alone_l is not null and alone_r is not null group by all
) on x = least(a.alone, b.alone) and y = greatest(a.alone, b.alone)
"""
