"""Names compared as ONE piece of evidence over every written form, in either order of words."""

from mekhala.core.matching.linker.levels import Comparison, Level, meet, rest, same
from mekhala.core.matching.linker.likeness import jaro_winkler, levenshtein
from mekhala.core.matching.linker.rows import Row

FEWEST = 6  # letters or sounds of a name in which one slip is still a slip
# Likenesses are fractions of small numbers, none of them so near to a bound without being
# it: the last digit, which each engine rounds in its way, decides nothing.
ALIKE_LETTERS, ALIKE_SOUNDS = 0.86 - 1e-9, 0.9 - 1e-9


def _same_latin(left: Row, right: Row) -> bool:
    return same("latin", left, right) or (
        left["latin"] is not None and left["latin"] == right["latin_turned"]
    )


def same_name(left: Row, right: Row) -> bool:
    """Whether the names are the same in letters or in sound."""
    return same("native", left, right) or _same_latin(left, right) or meet("whole", left, right)


def part(left: Row, right: Row) -> bool:
    """The whole of one name, as far as known, is a part of the other."""
    ways = (left["whole"], right["sounds"]), (right["whole"], left["sounds"])
    return any(not set(one or ()).isdisjoint(other or ()) for one, other in ways)


def _forms(left: Row, right: Row) -> tuple[str, str, float]:
    """The columns in which the two can be spelled against each other, and the bound for alike."""
    if left["latin"] is not None and right["latin"] is not None:
        return "latin", "latin_turned", ALIKE_LETTERS
    return "sound", "sound_turned", ALIKE_SOUNDS


def _one_slip(left: Row, right: Row) -> bool:
    one, turned, _ = _forms(left, right)
    if left[one] is None or right[one] is None:
        return False
    if min(len(left[one]), len(right[one])) < FEWEST:
        return False
    return levenshtein(left[one], right[one]) <= 1 or levenshtein(left[one], right[turned]) <= 1


def _alike(left: Row, right: Row) -> bool:
    """Alike read from the first word and from the second: a shared family name is not enough."""
    one, turned, bound = _forms(left, right)
    if left[one] is None or right[one] is None:
        return False
    ways = ((one, turned), (turned, one))
    return any(
        min(jaro_winkler(left[one], right[a]), jaro_winkler(left[turned], right[b])) >= bound
        for a, b in ways
    )


def _slip_sql(one: str) -> str:
    """A slip changes the length by one at most, which is told sooner than the slips."""
    ways = [
        f"(abs(length({one}_l) - length({other}_r)) <= 1 and levenshtein({one}_l, {other}_r) <= 1)"
        for other in (one, f"{one}_turned")
    ]
    long = f"length({one}_l) >= {FEWEST} and length({one}_r) >= {FEWEST}"
    return f"{long} and ({' or '.join(ways)})"


def _alike_sql(one: str, bound: float) -> str:
    return f"[alike {one}_l {one}_turned_l {one}_r {one}_turned_r {bound}]"


def _in_either(letters: str, sounds: str) -> str:
    """By letters where both have Latin ones, else by sounds."""
    return (
        f"case when latin_l is not null and latin_r is not null then ({letters}) "
        f"else ({sounds}) end"
    )


NAME = Comparison(
    field="name",
    unknown_sql="(whole_l is null and native_l is null) or (whole_r is null and native_r is null)",
    unknown=lambda left, right: any(
        row["whole"] is None and row["native"] is None for row in (left, right)
    ),
    levels=(
        Level(
            code="same_native", because="The names are the same letter by letter in their script.",
            sql="native_l = native_r", holds=lambda a, b: same("native", a, b), by_frequency=True,
        ),
        Level(
            code="same_latin", because="The names are the same in Latin letters, in either order.",
            sql="latin_l = latin_r or latin_l = latin_turned_r", holds=_same_latin,
            by_frequency=True,
        ),
        Level(
            code="same_sound", because="The names are written differently and sound the same.",
            sql="[meet whole_l whole_r]", holds=lambda a, b: meet("whole", a, b),
            by_frequency=True,
        ),
        Level(
            code="part", because="One record has only a part of the name; the other has it too.",
            sql="[meet whole_l sounds_r] or [meet sounds_l whole_r]", holds=part,
            by_frequency=True,
        ),
        Level(
            code="one_slip", because="The names differ by one slip of the pen.",
            sql=_in_either(_slip_sql("latin"), _slip_sql("sound")), holds=_one_slip,
        ),
        Level(
            code="alike", because="The names are alike, word by word, and not the same.",
            sql=_in_either(
                _alike_sql("latin", ALIKE_LETTERS), _alike_sql("sound", ALIKE_SOUNDS)
            ),
            holds=_alike,
        ),
        Level(
            code="one_word", because="One word of the names is shared and another is different.",
            sql="[meet sounds_l sounds_r]", holds=lambda a, b: meet("sounds", a, b),
        ),
        Level(code="different", because="The names are different.", sql="", holds=rest),
    ),
)  # fmt: skip
