"""Twins: how sure a pair may be of which all that agrees is what brothers and sisters share.

Evidence tells one person from two. Between records with another given name, and births that do not
differ, the two are not strangers but twins, or siblings where a birth is not told; for these a
birthday, parents, a house and its telephone agree as a matter of course: however much of it the
papers hold, it says nothing. So there are three kinds of pairs, one person, twins, strangers, and
beside the odds against strangers stand those against twins, which no more of the same can raise:

    1 / odds = 1 / odds against strangers + twins for each such pair that is one person

Only an identity number tells twins apart. Where lists show that their evidence is right as it
stands (``tempering``), there are no twins in them to speak of.
"""

from typing import TYPE_CHECKING

from mekhala.core.matching.linker.comparing_names import NAME
from mekhala.core.matching.linker.model import Model
from mekhala.core.matching.linker.relatives import APART
from mekhala.core.matching.linker.scoring import columns_of

if TYPE_CHECKING:
    import duckdb

# Twins for each pair that is one person, among such pairs. Invented registers hold one for eight; a
# file of twins, many. Which file this is nobody has said: even.
TWINS = 1.0
LEAST_ODDS = 0.05  # of what is less likely nobody asks whether it is twins
# Names that twins have as a rule. Names of twins rhyme: of pairs alike in name and of one date that
# looked sure, one in twelve was twins; of those that differ by one slip, one in sixty.
OTHER_GIVEN_NAME = ("alike", "one_word", "different")
SAME_NUMBER = "number_l = number_r"


def weigh_twins(con: "duckdb.DuckDBPyConnection", model: Model) -> None:
    """Bring the odds of the table ``likely`` down to what they can be beside those of twins."""
    if model.temper == 1:
        return
    con.execute(
        f"update likely set odds = likely.odds / (1 + {TWINS} * likely.odds) "
        f"from ({_pairs_sql()}) as twins "
        "where likely.left_rec = twins.left_rec and likely.right_rec = twins.right_rec"
    )


def _pairs_sql() -> str:
    """SQL of the pairs that may be twins: no births that differ, another name, no one number."""
    closer = [level for level in NAME.levels if level.code not in OTHER_GIVEN_NAME]
    closer_names = (level.condition() for level in closer)
    apart = [NAME.unknown_sql, *closer_names, SAME_NUMBER, APART]
    both = ", ".join(f"l.{c} as {c}_l, r.{c} as {c}_r" for c in columns_of(" ".join(apart)))
    return (
        f"select left_rec, right_rec from (select left_rec, right_rec, {both} from likely "
        "join prepared as l on l.rec = left_rec join prepared as r on r.rec = right_rec "
        f"where odds > {LEAST_ODDS}) where "
        + " and ".join(f"not coalesce({condition}, false)" for condition in apart)
    )
