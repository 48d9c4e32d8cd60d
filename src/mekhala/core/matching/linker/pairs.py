"""The pairs to compare: records that share a key of ``blocking.RULES``, made in SQL."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mekhala.core.matching.linker.blocking import BETWEEN, LISTS, RULES, Rule

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """How many pairs are to be compared, and per rule how many blocks were too large."""

    pairs: int
    too_large: dict[str, int]


def block(con: "duckdb.DuckDBPyConnection") -> Blocked:
    """Make the table ``candidates`` (``left_rec, right_rec``, the smaller first) from ``prepared``.

    Pairs within one list that is known to hold each person once are among them: they are not one
    person, and show how far the evidence is to be trusted (``tempering``). Two records that are
    both vague (``Prepared.vague``) are not: whatever was said of them would be guessed.
    """
    con.execute("create table met (left_rec integer, right_rec integer)")
    too_large = {}
    for rule in RULES:
        if crowded := _meet(con, rule):
            too_large[rule.kind] = crowded
    con.execute(
        "create table candidates as with guesses as (select rec from prepared where vague) "
        "select distinct left_rec, right_rec from met "
        "where left_rec not in (from guesses) or right_rec not in (from guesses)"
    )
    con.execute("drop table met")
    for rule in RULES:
        con.execute(f"drop table if exists {_crowd(rule.columns)}")
    return Blocked(pairs=_count(con, "candidates"), too_large=too_large)


def _meet(con: "duckdb.DuckDBPyConnection", rule: Rule) -> int:
    """Add the pairs of a rule; return how many of its blocks were too large."""
    con.execute(f"create temp table keys as {keys_sql(rule)}")
    con.execute(
        "create temp table sizes as select key, count(*) as size from keys group by key "
        "having count(*) > 1"
    )
    crowd = _crowd(rule.columns)
    con.execute(f"create table {crowd} as select key from sizes where size > {rule.most}")
    con.execute(
        "create temp table few as select key, rec from keys "
        f"where key in (select key from sizes where size <= {rule.most})"
    )
    con.execute(
        "insert into met select distinct a.rec, b.rec from few as a join few as b "
        "on a.key = b.key and a.rec < b.rec"
    )
    for name in ("keys", "sizes", "few"):
        con.execute(f"drop table {name}")
    return _count(con, crowd)


def keys_sql(rule: Rule, *, written: bool = False) -> str:
    """Return SQL that selects ``rec, key`` for each key of a rule, from ``prepared``.

    Keys are numbers that stand for the key; ``written``: the very strings of ``blocking_keys``.
    """
    lists = [column for column in rule.columns if column in LISTS]
    scalars = [column for column in rule.columns if column not in LISTS]
    known = " and ".join(f"{column} is not null" for column in rule.columns)
    source = f"(select rec, {', '.join(rule.columns)} from prepared where linkable and {known})"
    for column in lists:
        kept = ", ".join(["rec", *[other for other in rule.columns if other != column]])
        source = f"(select {kept}, unnest({column}) as {column} from {source})"
        if rule.unless == (column,) and not written:
            crowd = f"select key from {_crowd(rule.unless)}"
            source = f"(select * from {source} where hash({column}) in ({crowd}))"
    for column in scalars:
        if rule.unless == (column,) and not written:
            crowd = f"select key from {_crowd(rule.unless)}"
            source = f"(select * from {source} where hash({column}) in ({crowd}))"
    key = f"hash({', '.join(rule.columns)})"
    if written:
        between = f" || '{BETWEEN}' || "
        key = between.join([f"'{rule.kind}'", *rule.columns])
    return f"select distinct rec, {key} as key from {source}"


def _crowd(columns: tuple[str, ...]) -> str:
    return "crowd_" + "_".join(columns)


def _count(con: "duckdb.DuckDBPyConnection", table: str) -> int:
    return int(con.execute(f"select count(*) from {table}").fetchall()[0][0])
