"""A record's birth as the comparison reads it: first and last possible day, a date where known."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mekhala.core.names.ages import Days, span_of_text
from mekhala.core.names.dates import read_birth

KEPT = 131_072
NEW_YEAR = (1, 1)  # put down where only the year is known: told apart from a year by nobody
WIDEST = 6 * 366  # days: what is known less exactly (the year of the goat alone) tells nothing here
ISO = re.compile(r"(19|20)\d\d-(\d\d)-(\d\d)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Birth:
    """When somebody was born, in days since 1 January of year 1; ``date``: YYYYMMDD where known.

    ``swapped`` is the date with day and month exchanged, where that is a date too.
    """

    first: int | None = None
    last: int | None = None
    date: str | None = None
    swapped: str | None = None


NO_BIRTH = Birth()


def birth_of(record: Mapping[str, str]) -> Birth:
    """Return the birth told in ``birth_date``, ``birth_year``, ``age`` with ``age_on``."""
    columns = ("birth_date", "birth_year", "age", "age_on")
    return birth_of_texts(*(record.get(column) or "" for column in columns))


@lru_cache(maxsize=KEPT)
def birth_of_texts(born: str, year: str, age: str, age_on: str) -> Birth:
    """Return the days all statements allow; where they exclude each other, the first one's.

    A date goes before a year, a year before an age.
    """
    on = _day(age_on)
    aged = f"age {age}" if age.strip().isdecimal() else age
    days: tuple[Days, ...] = ()
    for text in (born, year, aged):
        if text and (span := span_of_text(text, said_on=on)):
            days = _both(days, span.days) or days
    if not days or (days[-1].last - days[0].first).days > WIDEST:
        return NO_BIRTH
    first, last = days[0].first, days[-1].last
    known = first if first == last else None
    if known and (known.month, known.day) == NEW_YEAR:
        first, last, known = known, date(known.year, 12, 31), None
    return Birth(
        first=first.toordinal(), last=last.toordinal(),
        date=f"{known:%Y%m%d}" if known else None, swapped=_swapped(known) if known else None,
    )  # fmt: skip


def is_read(born: str, year: str, age: str, age_on: str) -> bool:
    """Whether what is written about a birth, if anything is, could be read at all."""
    texts = [text for text in (born, year, age) if text.strip()]
    on = _day(age_on)
    aged = f"age {age}" if age.strip().isdecimal() else age
    return not texts or any(
        text.strip() and span_of_text(text, said_on=on) for text in (born, year, aged)
    )


def _both(one: tuple[Days, ...], other: tuple[Days, ...]) -> tuple[Days, ...]:
    if not one:
        return other
    met = [Days(max(a.first, b.first), min(a.last, b.last)) for a in one for b in other]
    return tuple(sorted(days for days in met if days.first <= days.last))


def _day(text: str) -> date | None:
    if ISO.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    read = read_birth(text) if text else None
    return date(read.year, read.month or 7, read.day or 1) if read else None


def _swapped(known: date) -> str | None:
    return f"{known.year:04}{known.day:02}{known.month:02}" if known.day <= 12 else None
