"""Relatives and namesakes: where the other pieces of evidence say the same thing more than once.

Brothers and sisters share a family name, parents and a house, twins a date of birth besides; in a
village several people bear one name. Added up as if they were independent, such pieces make two
people one. This piece takes back what they say too much; how much was counted on pairs of the
invented registers whose truth is known, it is not learnt from the records at hand.
"""

from mekhala.core.matching.linker.comparing_names import part, same_name
from mekhala.core.matching.linker.levels import Comparison, Level, both, meet, rest, same, shared
from mekhala.core.matching.linker.rows import Row

WORDS = 4  # of two addresses, that no two namesakes share
SAME_NAME = (
    "coalesce(native_l = native_r or latin_l = latin_r or latin_l = latin_turned_r "
    "or [meet whole_l whole_r], false)"
)
PART = "coalesce([meet whole_l sounds_r] or [meet sounds_l whole_r], false)"
OTHER_NAME = f"not {SAME_NAME} and not {PART}"
PARENT = "coalesce([meet father_l father_r] or [meet mother_l mother_r], false)"
SAME_DATE = "coalesce(born_l = born_r, false)"
COMMUNE = "coalesce(commune_l = commune_r, false)"
DISTRICT = "coalesce(district_l = district_r, false)"
NUMBERS = "coalesce(number_l = number_r or phone_l = phone_r, false)"
ADDRESS = f"coalesce([shared tokens_l tokens_r] >= {WORDS}, false)"
NOBODY_ELSE = f"not {SAME_DATE} and not {PARENT} and not {NUMBERS} and not {ADDRESS}"
APART = "(born_first_l > born_last_r or born_first_r > born_last_l)"


def _other_name(left: Row, right: Row) -> bool:
    return not same_name(left, right) and not part(left, right)


def _parent(left: Row, right: Row) -> bool:
    return meet("father", left, right) or meet("mother", left, right)


def _one_number(left: Row, right: Row) -> bool:
    return same("number", left, right) or same("phone", left, right)


def _twins(left: Row, right: Row) -> bool:
    home = _parent(left, right) or same("commune", left, right)
    return _other_name(left, right) and same("born", left, right) and home


def _twins_at_home(left: Row, right: Row) -> bool:
    return _twins(left, right) and _parent(left, right) and same("commune", left, right)


def _siblings(left: Row, right: Row) -> bool:
    return _other_name(left, right) and _parent(left, right)


def _namesakes(left: Row, right: Row) -> bool:
    if not same_name(left, right) or not same("district", left, right):
        return False
    said = same("born", left, right) or _parent(left, right) or _one_number(left, right)
    return not said and shared("tokens", left, right) < WORDS


def _apart(left: Row, right: Row) -> bool:
    return both("born_first", left, right) and (
        left["born_first"] > right["born_last"] or right["born_first"] > left["born_last"]
    )


RELATIVES = Comparison(
    field="relatives",
    unknown_sql="number_l = number_r",
    unknown=lambda a, b: same("number", a, b),
    unknown_because="The identity numbers are the same: relatives and namesakes have others.",
    levels=(
        Level(code="twins_at_home",
              because="Twins too have one date of birth, one home, one parent and another name.",
              sql=f"{OTHER_NAME} and {SAME_DATE} and {PARENT} and {COMMUNE}",
              holds=_twins_at_home),
        Level(code="twins", because="Twins too have one date of birth, one home and another name.",
              sql=f"{OTHER_NAME} and {SAME_DATE} and ({PARENT} or {COMMUNE})", holds=_twins),
        Level(code="siblings", because="Brothers and sisters too share a parent, not a name.",
              sql=f"{OTHER_NAME} and {PARENT}", holds=_siblings),
        Level(code="namesakes_apart",
              because="In one district there are people of one name, and the births differ.",
              sql=f"{SAME_NAME} and {DISTRICT} and {NOBODY_ELSE} and coalesce({APART}, false)",
              holds=lambda a, b: _namesakes(a, b) and _apart(a, b)),
        Level(code="namesakes",
              because="In one district there are people of one name, and nothing tells them apart.",
              sql=f"{SAME_NAME} and {DISTRICT} and {NOBODY_ELSE}", holds=_namesakes),
        Level(code="none", because="Nothing points to relatives or namesakes.",
              sql="", holds=rest),
    ),
)  # fmt: skip
