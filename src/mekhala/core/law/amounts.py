"""Ranges of imprisonment and fine, and limits of time, as statute files write them.

Imprisonment is ``[2, 5]`` (years) or ``{imprisonment: [1 month, 1 year], fine_riel: [100, 200]}``.
"""

import re
from collections.abc import Mapping
from typing import Any

from mekhala.core.law.statute import Limit, Penalty
from mekhala.core.law.written import Place, mapping, pairs

TERM = re.compile(r"(\d+) (day|month|year)s?")
LONGEST = 100  # years; no text asks for more, and what is no number is caught
IN_A_YEAR = {"day": 365, "month": 12, "year": 1}
UNITS = ("hours", "days", "weeks", "months")


def penalty(row: Mapping[str, Any], key: str, place: Place) -> Penalty | None:
    """Return the range under ``key``; None if it is absent, empty or ``unknown``."""
    written, here = row.get(key), place.at(row, key)
    if written is None or written == "unknown":
        return None
    if not isinstance(written, Mapping):
        return _penalty(written, None, here, key)
    inside = mapping(written, here.within(key), {"imprisonment", "fine_riel"})
    return _penalty(inside.get("imprisonment"), inside.get("fine_riel"), here, key)


def _penalty(prison: object, fine: object, place: Place, key: str) -> Penalty:
    if not isinstance(prison, list) or len(prison) != 2:
        raise place.wrong(f"expected [least, most] years under {key!r}")
    (least, least_words), (most, most_words) = (_years(term, place, key) for term in prison)
    if least > most:
        raise place.wrong(f"expected the least before the most years under {key!r}")
    riel = None if fine is None else _riel(fine, place)
    return Penalty(
        min_years=least,
        max_years=most,
        fine_riel=riel,
        in_words=_in_words(least_words, most_words, riel),
    )


def _years(term: object, place: Place, key: str) -> tuple[float, str]:
    """One end of a range, in years and in words: 2, or "6 days"."""
    if isinstance(term, int | float) and not isinstance(term, bool) and 0 <= term <= LONGEST:
        return term, f"{term:g} years"
    found = TERM.fullmatch(term) if isinstance(term, str) else None
    if found is None:
        raise place.wrong(f"expected [least, most] years, or like [1 month, 1 year], under {key!r}")
    number, unit = int(found[1]), found[2]
    whole = number if unit == "year" else round(number / IN_A_YEAR[unit], 4)
    return whole, f"{number} {unit}{'' if number == 1 else 's'}"


def _riel(fine: object, place: Place) -> tuple[int, int]:
    whole = isinstance(fine, list) and all(type(riel) is int for riel in fine)
    if not whole or len(fine) != 2 or not 0 < fine[0] <= fine[1]:  # type: ignore[arg-type,index]
        raise place.wrong("expected [least, most] whole riel under 'fine_riel'")
    return fine[0], fine[1]  # type: ignore[index]


def _in_words(least: str, most: str, riel: tuple[int, int] | None) -> str:
    number, unit = least.split(" ", 1)
    same = unit.rstrip("s") == most.split(" ", 1)[1].rstrip("s")
    prison = f"{number if same else least} to {most}"
    if riel is None:
        return prison
    return f"{prison}, and a fine of {riel[0]:,} to {riel[1]:,} riel"


def limit(row: Mapping[str, Any], place: Place) -> Limit:
    """Return the limit of time under ``limit``: one number of hours, days, weeks or months."""
    inside, here = pairs(row, "limit", place), place.at(row, "limit")
    if len(inside) != 1:
        raise here.wrong(f"expected one of {', '.join(UNITS)} under 'limit'")
    unit, amount = next(iter(inside.items()))
    if unit not in UNITS or type(amount) is not int or amount < 1:
        raise here.wrong(f"expected a whole number of {', '.join(UNITS)} under 'limit'")
    return Limit(amount=amount, unit=unit)
