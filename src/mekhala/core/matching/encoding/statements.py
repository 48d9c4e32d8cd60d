"""What a record says, cut into small statements that can be hashed one by one.

Names as pairs of letters (q-grams with q = 2, the ends of words marked) in each script, and as
pairs of the sounds common to scripts and spellings; a birth as the years next to it, whatever it
was told by; a place as the places it lies in. What is unknown makes no statement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

from mekhala.core.matching.exact_keys import national_id, sex_of
from mekhala.core.names.ages import Days, span_of_text
from mekhala.core.names.normal import is_latin, normal_text
from mekhala.core.names.parts import parts_of
from mekhala.core.names.sound_key import keys_of_words

EDGE = "_"
WIDEST = 4  # years between first and last: "about 1991" is 1989 to 1993
SOUND = "sound"  # beside the scripts a name is written in
HEARD = 2  # ways of hearing a word that are kept
LEVELS = (("province", 2), ("district", 4), ("commune", 6))  # digits of the national place codes

type Statement = tuple[str, str]  # kind, value


@dataclass(frozen=True, kw_only=True)
class Said:
    """A record's statements, those of ``names`` by script or ``SOUND``; ``years``: first and last.

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

    What names one year wins over "about", an age and the animal of a year; of those, all that can
    be true together are taken together. Those that exclude each other are kept as the span that
    holds them.

    >>> birth_years({"birth_year": "1991"}), birth_years({"birth_year": "about 1991"})
    ((1991, 1991), (1989, 1993))
    """
    said = _births(record)
    sure = [days for days in said if days[0].first.year == days[-1].last.year]
    held = reduce(_both, sure or said) if said else None
    return (held[0].first.year, held[-1].last.year) if held else None


def _births(record: Mapping[str, str]) -> list[tuple[Days, ...]]:
    """Return the days each cell about the birth allows; an age counts from the day it was told."""
    told = span_of_text(record.get("age_on"))
    on = told.days[0].first if told else None
    cells = record.get("birth_date"), record.get("birth_year"), f"age {record.get('age')}"
    return [span.days for text in cells if (span := span_of_text(text, said_on=on))]


def _both(one: tuple[Days, ...], other: tuple[Days, ...]) -> tuple[Days, ...]:
    """Return the days that both allow; where there are none, from the first to the last of all."""
    shared = [
        Days(max(a.first, b.first), min(a.last, b.last))
        for a in one
        for b in other
        if a.first <= b.last and b.first <= a.last
    ]
    ends = one[0].first, other[0].first, one[-1].last, other[-1].last
    return tuple(sorted(shared)) or (Days(min(ends), max(ends)),)


def _born(record: Mapping[str, str], years: tuple[int, int] | None) -> set[Statement]:
    """Years next to the possible ones too, so that one year off still shares most of them."""
    found: set[Statement] = set()
    if years and years[1] - years[0] <= WIDEST:
        found |= {("year", str(year)) for year in range(years[0] - 1, years[1] + 2)}
    span = span_of_text(record.get("birth_date"))
    days = span.days[0] if span and len(span.days) == 1 else None
    if days and (days.first.year, days.first.month) == (days.last.year, days.last.month):
        found.add(("month", str(days.first.month)))
        found |= {("day", str(days.first.day))} if days.first == days.last else set()
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
    """Return what the names say in each script, and how they sound in any.

    Words in any order: family names come first or last.
    """
    texts = [record.get(c) for c in ("full_name", "family_name", "given_name", "name_km")]
    found: dict[str, set[str]] = {}
    heard: set[Statement] = set()
    for text in filter(None, texts):
        plain = normal_text(text)
        if plain is None:
            continue
        script, words = (
            ("latin", plain.split()) if is_latin(plain) else ("native", [_closed(plain)])
        )
        found.setdefault(script, set()).update(pair for word in words for pair in pairs(word))
        heard |= _sounds(text)
    told = {script: frozenset(("name", pair) for pair in said) for script, said in found.items()}
    return told | ({SOUND: frozenset(heard)} if heard else {})


def _sounds(name: str) -> set[Statement]:
    """Return how a name sounds, titles left out: each word, and all as one, as pairs of sounds.

    All as one, because Srey Mom is written Sreymom too. Of the ways a word can be heard the first
    few count, so that spellings heard in two ways meet.
    """
    whole = parts_of(name).whole
    read = {*((word,) for word in whole), whole}
    keys = {key for words in read for key in keys_of_words(words)[:HEARD]}
    heard = {("name", pair) for key in keys for pair in pairs(key)}
    return heard | {("sound", key) for key in keys}


def _closed(native: str) -> str:
    """A name in a script that is written with or without spaces, without them."""
    return "".join(native.split())


def pairs(word: str) -> set[str]:
    """Return the pairs of letters of a word, its ends marked: ``sok`` → ``_s so ok k_``.

    >>> sorted(pairs("sok"))
    ['_s', 'k_', 'ok', 'so']
    """
    marked = f"{EDGE}{word}{EDGE}"
    return {marked[i : i + 2] for i in range(len(marked) - 1)}
