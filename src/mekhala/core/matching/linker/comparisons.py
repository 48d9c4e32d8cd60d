"""The pieces of evidence of the model, in order; each stands once for what depends on each other.

Fellegi and Sunter's weights are added as if the pieces were independent. Parents, place and family
name are not: whole families share them. So the forms of a name are one piece, the levels of a place
are one, and parents and telephone, which describe a household, are one with a small weight.
"""

from mekhala.core.matching.linker.comparing_names import NAME
from mekhala.core.matching.linker.levels import Comparison, Level, both, meet, rest, same, shared
from mekhala.core.matching.linker.likeness import damerau, levenshtein
from mekhala.core.matching.linker.relatives import RELATIVES
from mekhala.core.matching.linker.rows import Row

YEAR = 366
OVERLAP = "born_first_l <= born_last_r and born_first_r <= born_last_l"
DATE_SLIP = (
    "born_swapped_l = born_r or levenshtein(born_l, born_r) = 1 or "
    "(substr(born_l, 5) = substr(born_r, 5) and "
    "abs(cast(substr(born_l, 1, 4) as int) - cast(substr(born_r, 1, 4) as int)) <= 2)"
)
NOT_BOTH_DATES = "(born_l is null or born_r is null)"
CLOSE = f"born_last_l - born_first_l <= {YEAR} and born_last_r - born_first_r <= {YEAR}"
FEWEST_SIGNS = 8  # of an identity number in which one sign off is a slip
SAME_ADDRESS, MOST_OF_ADDRESS, SAME_TEXT = 5, 4, 3  # words and numbers of two texts alike


def _gap(left: Row, right: Row) -> int:
    """Days between two spans, 0 or less where they overlap."""
    return int(
        max(left["born_first"] - right["born_last"], right["born_first"] - left["born_last"])
    )


def _overlap(left: Row, right: Row) -> bool:
    return _gap(left, right) <= 0 and not both("born", left, right)


def _close(left: Row, right: Row) -> bool:
    return _overlap(left, right) and all(
        row["born_last"] - row["born_first"] <= YEAR for row in (left, right)
    )


def _date_slip(left: Row, right: Row) -> bool:
    if not both("born", left, right):
        return False
    if left["born_swapped"] == right["born"] or levenshtein(left["born"], right["born"]) == 1:
        return True
    years = int(left["born"][:4]) - int(right["born"][:4])
    return left["born"][4:] == right["born"][4:] and abs(years) <= 2


def _other_date(left: Row, right: Row) -> bool:
    return both("born", left, right) and _gap(left, right) <= 2 * YEAR


def within(years: int) -> str:
    """Return the SQL of births not more than so many years apart."""
    days = years * YEAR
    return f"born_first_l - born_last_r <= {days} and born_first_r - born_last_l <= {days}"


def _apart(years: int) -> Level:
    days = years * YEAR
    words = f"{years} year" + ("s" if years > 1 else "")
    return Level(
        code=f"within_{years}y", because=f"The births are different, not more than {words} apart.",
        sql=within(years),
        holds=lambda a, b: _gap(a, b) <= days,
    )  # fmt: skip


BIRTH = Comparison(
    field="birth",
    unknown_sql="born_first_l is null or born_first_r is null",
    unknown=lambda a, b: not both("born_first", a, b),
    levels=(
        Level(code="same_date", because="The dates of birth are the same.",
              sql="born_l = born_r", holds=lambda a, b: same("born", a, b)),
        Level(code="date_slip",
              because="The dates differ by a digit or a year, or day and month change places.",
              sql=DATE_SLIP, holds=_date_slip),
        Level(code="same_year", because="The births as far as told fit, to within a year.",
              sql=f"{OVERLAP} and {NOT_BOTH_DATES} and {CLOSE}", holds=_close),
        Level(code="fits", because="The births fit, and one of them is told only roughly.",
              sql=f"{OVERLAP} and {NOT_BOTH_DATES}", holds=_overlap),
        Level(code="other_date", because="Both dates of birth are told, and they are different.",
              sql=f"born_l is not null and born_r is not null and {within(2)}",
              holds=_other_date),
        _apart(1), _apart(2), _apart(5),
        Level(code="far", because="The births are more than five years apart.",
              sql="", holds=rest),
    ),
)  # fmt: skip


def _place_unknown(left: Row, right: Row) -> bool:
    return not any(both(column, left, right) for column in ("province", "commune", "tokens"))


PLACE = Comparison(
    field="place",
    unknown_sql="(province_l is null or province_r is null) and "
    "(commune_l is null or commune_r is null) and (tokens_l is null or tokens_r is null)",
    unknown=_place_unknown,
    levels=(
        Level(code="address", because="The addresses are the same in five words or more.",
              sql=f"[shared tokens_l tokens_r] >= {SAME_ADDRESS}",
              holds=lambda a, b: shared("tokens", a, b) >= SAME_ADDRESS),
        Level(code="most_of_address", because="The addresses are the same in four words.",
              sql=f"[shared tokens_l tokens_r] = {MOST_OF_ADDRESS}",
              holds=lambda a, b: shared("tokens", a, b) == MOST_OF_ADDRESS),
        Level(code="village", because="The village is the same.",
              sql="village_l = village_r", holds=lambda a, b: same("village", a, b)),
        Level(code="same_text", because="Three words of the places are the same.",
              sql=f"[shared tokens_l tokens_r] >= {SAME_TEXT}",
              holds=lambda a, b: shared("tokens", a, b) >= SAME_TEXT),
        Level(code="commune", because="The commune is the same.",
              sql="commune_l = commune_r", holds=lambda a, b: same("commune", a, b)),
        Level(code="district", because="The district is the same.",
              sql="district_l = district_r", holds=lambda a, b: same("district", a, b)),
        Level(code="two_words", because="Two words of the places are the same.",
              sql="[shared tokens_l tokens_r] = 2",
              holds=lambda a, b: shared("tokens", a, b) == 2),
        Level(code="one_word", because="One word of the places is the same.",
              sql="[shared tokens_l tokens_r] = 1",
              holds=lambda a, b: shared("tokens", a, b) == 1),
        Level(code="province", because="The province is the same.",
              sql="province_l = province_r", holds=lambda a, b: same("province", a, b)),
        Level(code="different", because="The places are different.", sql="", holds=rest),
    ),
)  # fmt: skip


def _told(left: Row, right: Row) -> bool:
    return any(both(column, left, right) for column in ("father", "mother", "phone"))


def _parent(left: Row, right: Row) -> bool:
    return meet("father", left, right) or meet("mother", left, right)


def _other_parent(left: Row, right: Row) -> bool:
    """Whether a parent is known on both sides and not the same."""
    return any(both(c, left, right) and not meet(c, left, right) for c in ("father", "mother"))


PARENT = "([meet father_l father_r] or [meet mother_l mother_r])"
OTHER = "((father_l is not null and father_r is not null and not [meet father_l father_r]) or "
OTHER += "(mother_l is not null and mother_r is not null and not [meet mother_l mother_r]))"
HOUSEHOLD = Comparison(
    field="household",
    unknown_sql="(father_l is null or father_r is null) and (mother_l is null or mother_r is null)"
    " and (phone_l is null or phone_r is null)",
    unknown=lambda a, b: not _told(a, b),
    unknown_because="Parents and telephone are not known on both sides.",
    levels=(
        Level(code="phone_and_parent", because="The telephone and a parent's name are the same.",
              sql=f"phone_l = phone_r and {PARENT}",
              holds=lambda a, b: same("phone", a, b) and _parent(a, b)),
        Level(code="phone", because="The telephone is the same.",
              sql="phone_l = phone_r", holds=lambda a, b: same("phone", a, b)),
        Level(code="both_parents", because="Both parents' names are the same.",
              sql="[meet father_l father_r] and [meet mother_l mother_r]",
              holds=lambda a, b: meet("father", a, b) and meet("mother", a, b)),
        Level(code="parent", because="One parent's name is the same, the other is not known.",
              sql=f"{PARENT} and not {OTHER}",
              holds=lambda a, b: _parent(a, b) and not _other_parent(a, b)),
        Level(code="one_of_two", because="One parent's name is the same and the other different.",
              sql=PARENT, holds=_parent),
        Level(code="other_parents", because="No parent's name is the same.",
              sql=OTHER, holds=_other_parent),
        Level(code="other_phone", because="The telephones are different.", sql="", holds=rest),
    ),
)  # fmt: skip

NUMBER = Comparison(
    field="national_id",
    unknown_because="The identity number is not known on both sides.",
    unknown_sql="number_l is null or number_r is null",
    unknown=lambda a, b: not both("number", a, b),
    levels=(
        Level(code="same", because="The identity numbers are the same.",
              sql="number_l = number_r", holds=lambda a, b: same("number", a, b)),
        Level(code="one_off", because="The identity numbers differ by one sign.",
              sql=f"length(number_l) >= {FEWEST_SIGNS} and [slips number_l number_r] = 1",
              holds=lambda a, b: _one_off(a["number"], b["number"])),
        Level(code="different", because="The identity numbers are different.", sql="", holds=rest),
    ),
)  # fmt: skip


def _one_off(one: str, other: str) -> bool:
    return len(one) >= FEWEST_SIGNS and damerau(one, other) == 1


def _plain(field: str, words: str) -> Comparison:
    """Same or not, of a column that is known on both sides."""
    return Comparison(
        field=field,
        unknown_sql=f"{field}_l is null or {field}_r is null",
        unknown=lambda a, b: not both(field, a, b),
        levels=(
            Level(code="same", because=f"The {words} is the same.",
                  sql=f"{field}_l = {field}_r", holds=lambda a, b: same(field, a, b)),
            Level(code="different", because=f"The {words} is different.", sql="", holds=rest),
        ),
    )  # fmt: skip


FIXED = frozenset({"relatives"})  # fields whose weights are not learnt from the records at hand
COMPARISONS = (
    NAME, BIRTH, PLACE, HOUSEHOLD, NUMBER, _plain("sex", "sex"),
    _plain("nationality", "nationality"), RELATIVES,
)  # fmt: skip
