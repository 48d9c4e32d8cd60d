"""What a comparison is made of: levels, each defined once, in SQL and in Python side by side."""

from collections.abc import Callable
from dataclasses import dataclass

from mekhala.core.matching.linker.rows import Row

FUNCTIONS = {
    "meet": "list_has_any({0}, {1})",
    "shared": "len(list_intersect({0}, {1}))",
    "alike": "((jaro_winkler_similarity({0}, {2}) >= {4} and "
    "jaro_winkler_similarity({1}, {3}) >= {4}) or (jaro_winkler_similarity({0}, {3}) >= {4} "
    "and jaro_winkler_similarity({1}, {2}) >= {4}))",
    "slips": "damerau_levenshtein({0}, {1})",
}


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level of agreement: a stable code, a sentence without values, and when it holds.

    ``sql`` reads ``column_l`` and ``column_r``; ``[meet a b]``, ``[shared a b]``, ``[slips a b]``
    and ``[alike one turned one turned bound]`` stand for what ``FUNCTIONS`` says in longer words.
    ``holds`` says the same of two rows; a test proves that it does. Empty ``sql``: whatever reached
    no level before.
    ``by_frequency``: the weight depends on how common the name is.
    """

    code: str
    because: str
    sql: str
    holds: Callable[[Row, Row], bool]
    by_frequency: bool = False

    def condition(self) -> str:
        """Return the condition in DuckDB's SQL."""
        return in_duckdb(self.sql) if self.sql else "ELSE"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One piece of evidence: the levels in order, the first that holds counts.

    ``unknown_sql`` and ``unknown``: when there is nothing to compare, which weighs nothing.
    """

    field: str
    unknown_sql: str
    unknown: Callable[[Row, Row], bool]
    levels: tuple[Level, ...]
    unknown_because: str = ""

    def level_of(self, left: Row, right: Row) -> Level | None:
        """Return the level of a pair, None where one side is unknown."""
        if self.unknown(left, right):
            return None
        return next(level for level in self.levels if level.holds(left, right))


def in_duckdb(sql: str) -> str:
    """Return SQL with the functions in square brackets written out."""
    parts = sql.replace("]", "[").split("[")
    for place in range(1, len(parts), 2):
        function, *arguments = parts[place].split()
        parts[place] = FUNCTIONS[function].format(*arguments)
    return "".join(parts)


def same(column: str, left: Row, right: Row) -> bool:
    """Whether both are known and equal."""
    return left[column] is not None and left[column] == right[column]


def meet(column: str, left: Row, right: Row) -> bool:
    """Whether both are known and share an entry."""
    return shared(column, left, right) > 0


def shared(column: str, left: Row, right: Row) -> int:
    """How many entries both have; 0 where one is unknown."""
    return len(set(left[column] or ()) & set(right[column] or ()))


def both(column: str, left: Row, right: Row) -> bool:
    """Whether both are known."""
    return left[column] is not None and right[column] is not None


def rest(_: Row, __: Row) -> bool:
    """Whatever reached no level before."""
    return True
