"""What a record says, cut into small statements that can be hashed one by one.

Names as pairs of letters (q-grams with q = 2, the ends of words marked), a year of birth as the
years next to it, a place as the places it lies in. What is unknown makes no statement.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mekhala.core.matching.exact_keys import national_id, sex_of
from mekhala.core.names.dates import read_birth
from mekhala.core.names.normal import is_latin, normal_text

EDGE = "_"
ABOUT = 2  # "about 1991" is 1989 to 1993
OLDEST = 120
LEVELS = (("province", 2), ("district", 4), ("commune", 6))  # digits of the national place codes

type Statement = tuple[str, str]  # kind, value


@dataclass(frozen=True, kw_only=True)
class Said:
    """A record's statements. ``names``: script → statements; ``years``: first and last possible.

    ``place`` is the province: a district would name fewer people in each block to whoever finds out
    what the block stands for, and gains little (``docs/methods/encoding.md``).
    """

    names: Mapping[str, frozenset[Statement]]
    others: frozenset[Statement]
    years: tuple[int, int] | None
    place: str | None
    national_id: str | None


def said_by(record: Mapping[str, str]) -> Said:
    """Return what a record with the columns of ``records.COLUMNS`` says."""
    years = birth_years(record)
    places = _places(record)
    return Said(
        names=_names(record),
        others=frozenset([*_born(record, years), *_about_the_person(record), *places.items()]),
        years=years,
        place=places.get("province"),
        national_id=national_id(record),
    )


def birth_years(record: Mapping[str, str]) -> tuple[int, int] | None:
    """Return the first and the last year of birth a record allows; None where it tells none.

    A date or a year that is known wins over "about", and that over an age on a day. Two that
    exclude each other are both kept, as the span that holds them.
    """
    read = [read_birth(record.get(column)) for column in ("birth_date", "birth_year")]
    sure = [birth.year for birth in read if birth and not birth.about]
    about = [birth.year for birth in read if birth and birth.about]
    if sure:
        return min(sure), max(sure)
    if about:
        return min(about) - ABOUT, max(about) + ABOUT
    return _by_age(record)


def _by_age(record: Mapping[str, str]) -> tuple[int, int] | None:
    age, on = normal_text(record.get("age")), read_birth(record.get("age_on"))
    if age is None or not age.isdecimal() or int(age) > OLDEST or on is None:
        return None
    return on.year - int(age) - 1, on.year - int(age)


def _born(record: Mapping[str, str], years: tuple[int, int] | None) -> set[Statement]:
    """Years next to the possible ones too, so that one year off still shares most of them."""
    found: set[Statement] = set()
    if years and years[1] - years[0] <= 2 * ABOUT:
        found |= {("year", str(year)) for year in range(years[0] - 1, years[1] + 2)}
    birth = read_birth(record.get("birth_date"))
    if birth and birth.month and not birth.about:
        found |= {("month", str(birth.month))}
        found |= {("day", str(birth.day))} if birth.day else set()
    return found


def _about_the_person(record: Mapping[str, str]) -> set[Statement]:
    found: set[Statement] = set()
    if sex := sex_of(record.get("sex")):
        found.add(("sex", sex))
    if nationality := normal_text(record.get("nationality")):
        found.add(("nationality", nationality))
    for word in (normal_text(record.get("place_text")) or "").split():
        found |= {("place_text", pair) for pair in pairs(word)}
    return found


def _places(record: Mapping[str, str]) -> dict[str, str]:
    """Each place the most exact code lies in; other codes than national ones stand alone."""
    found: dict[str, str] = {}
    for column, digits in (("village", 8), ("commune", 6), ("district", 4), ("province", 2)):
        code = normal_text(record.get(f"{column}_code")) or ""
        if code.isdecimal() and len(code) == digits:
            for level, size in LEVELS:
                if size <= digits:
                    found.setdefault(level, code[:size])
        elif code and column != "village":
            found.setdefault(column, code)
    return found


def _names(record: Mapping[str, str]) -> dict[str, frozenset[Statement]]:
    """Return what the names say in each script.

    Words in any order: family names come first or last. Whatever says more of how a name sounds
    is added here: a key common to scripts is one more entry beside ``latin`` and ``native``.
    """
    texts = [record.get(c) for c in ("full_name", "family_name", "given_name", "name_km")]
    found: dict[str, set[str]] = {}
    for plain in filter(None, map(normal_text, texts)):
        script, words = (
            ("latin", plain.split()) if is_latin(plain) else ("native", [_closed(plain)])
        )
        found.setdefault(script, set()).update(pair for word in words for pair in pairs(word))
    return {script: frozenset(("name", pair) for pair in told) for script, told in found.items()}


def _closed(native: str) -> str:
    """A name in a script that is written with or without spaces, without them."""
    return "".join(native.split())


def pairs(word: str) -> set[str]:
    """Return the pairs of letters of a word, its ends marked: ``sok`` → ``_s so ok k_``."""
    marked = f"{EDGE}{word}{EDGE}"
    return {marked[i : i + 2] for i in range(len(marked) - 1)}
