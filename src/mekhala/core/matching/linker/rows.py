"""A prepared record as one flat row: the columns that comparisons and blocking read."""

from datetime import date
from typing import Any

from mekhala.core.matching.linker.births import Birth
from mekhala.core.matching.linker.names import Name
from mekhala.core.matching.linker.places import Place
from mekhala.core.matching.linker.prepared import Prepared

type Row = dict[str, Any]  # column → str, int, bool, tuple of str, or None where unknown


def row_of(found: Prepared) -> Row:
    """Return the row of a prepared record."""
    return (
        name_columns(found.name) | birth_columns(found.birth) | place_columns(found.place)
        | {"sex": found.sex, "nationality": found.nationality, "number": found.id,
           "phone": found.phone, "father": found.father, "mother": found.mother}
    )  # fmt: skip


def name_columns(name: Name) -> Row:
    """Return a name's columns; ``named`` is what its frequency is counted by.

    Two words in either order are ``named`` alike; a word alone stands for itself.
    """
    heard = [key for key in (name.key, name.key_turned) if key]
    return {
        "native": name.native, "latin": name.latin, "latin_turned": name.latin_turned,
        "sound": name.key, "sound_turned": name.key_turned, "whole": name.whole,
        "sounds": name.sounds, "bones": name.bones, "single": name.single,
        "named": min(heard, default=None),
    }  # fmt: skip


def birth_columns(birth: Birth) -> Row:
    """Return a birth's columns; ``bands`` are spans of two years, each year lying in two."""
    return {
        "born_first": birth.first, "born_last": birth.last, "born": birth.date,
        "born_swapped": birth.swapped, "bands": _bands(birth),
    }  # fmt: skip


def place_columns(place: Place) -> Row:
    """Return a place's columns."""
    return {
        "village": place.village, "commune": place.commune, "district": place.district,
        "province": place.province, "tokens": place.tokens,
    }  # fmt: skip


def _bands(birth: Birth) -> tuple[str, ...] | None:
    """Spans that years next to each other share, so that a year off still meets."""
    if birth.first is None or birth.last is None:
        return None
    years = range(_year(birth.first), _year(birth.last) + 1)
    return tuple(sorted({band for year in years for band in (f"{year - 1}-", f"{year}-")}))


def _year(day: int) -> int:
    return date.fromordinal(day).year
