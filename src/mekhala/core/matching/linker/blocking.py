"""Under which keys a record is looked up: only records that share one are compared.

One definition for one record in Python (``blocking_keys``) and for all of them in SQL (``linking``
builds it from ``RULES``); a test proves that both give the same keys. A key is made of a name, in
whole or one word of it, as it sounds, with a place or a year; or of a number. A block with more
records than its rule bears is passed over and counted: a common name in a large town is found by
the finer rules below it, and one that is found by none is not found (``docs/methods/linkage.md``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from mekhala.core.matching.linker.prepared import prepared
from mekhala.core.matching.linker.rows import Row, row_of

BETWEEN = "\x1f"  # the unit separator stands in no prepared value
LISTS = frozenset({"whole", "sounds", "bones", "bands", "tokens"})  # columns with several values


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Records that agree on all ``columns`` meet; no block of more than ``most`` is compared.

    ``unless``: a coarser rule; where its block is small enough, this one finds nothing more.
    """

    columns: tuple[str, ...]
    most: int
    unless: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """A stable name."""
        return "+".join(self.columns)


# The bounds of the coarse rules are where nearly every pair that is told is found already: of three
# invented registers (10,000, 100,000 and 300,000 records) 0, 0.05 and 0.11 in 100 of the true pairs
# of odds of one to two or more are found by none, and two fifths fewer pairs are compared than with
# twice as many.
RULES = (
    Rule(columns=("number",), most=50),
    Rule(columns=("phone",), most=50),
    Rule(columns=("whole",), most=50),
    Rule(columns=("whole", "bands"), most=150, unless=("whole",)),
    Rule(columns=("whole", "district"), most=150, unless=("whole",)),
    Rule(columns=("whole", "tokens"), most=80, unless=("whole",)),
    Rule(columns=("born",), most=20),
    Rule(columns=("born", "province"), most=60, unless=("born",)),
    Rule(columns=("born", "district"), most=60, unless=("born",)),
    Rule(columns=("sounds", "born"), most=80),
    Rule(columns=("sounds", "commune"), most=30),
    Rule(columns=("sounds", "district", "bands"), most=60),
    Rule(columns=("sounds", "province", "bands"), most=20),
    Rule(columns=("sounds", "bands"), most=15),
    Rule(columns=("bones", "bands"), most=30),
    Rule(columns=("bones", "district"), most=60),
    Rule(columns=("bones", "province"), most=30),
    Rule(columns=("sounds", "tokens"), most=20),
    Rule(columns=("tokens", "district"), most=30),
)


def blocking_keys(record: Mapping[str, str]) -> frozenset[str]:
    """Return the keys of a record with the columns of ``records.COLUMNS``, each "kind␟value".

    Two records that may be one person share a key, if any rule finds them. A record that says too
    little to be looked for (``Prepared.linkable``) has none.
    """
    found = prepared(record)
    return keys_of_row(row_of(found)) if found.linkable else frozenset()


def keys_of_row(row: Row) -> frozenset[str]:
    """Return the keys of a row, of all rules."""
    return frozenset(key for rule in RULES for key in _keys(rule, row))


def _keys(rule: Rule, row: Row) -> list[str]:
    values = [_values(row[column]) for column in rule.columns]
    return [BETWEEN.join((rule.kind, *chosen)) for chosen in product(*values)]


def _values(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
