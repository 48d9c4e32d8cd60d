"""When somebody was born, as far as it was said: intervals of days, compared by overlap.

A date is one day, "1991" is a year of days, "about 1991" is five years of them, an age on a day is
the year of days it fits, the year of the goat is every twelfth year beginning in mid-April (see
``zodiac``). Two statements agree where their days overlap; how far apart they are is told in days,
because clerks count ages from memory. What was not said is unknown and neither agrees nor not.
Sources: for the year of an animal those of ``zodiac``; what "about" allows is ours.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mekhala.core.names.dates import FIRST_YEAR, LAST_YEAR, BirthDate, read_birth
from mekhala.core.names.normal import INVISIBLE, digits
from mekhala.core.names.zodiac import animal_in, years_of
from mekhala.core.wrong_input import WrongInput

ABOUT_YEARS = 2  # our convention for "about": two years on either side
OLDEST = 120
EARLIEST, LATEST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
AGE = re.compile(
    r"^(?P<about>about|around|approx\.?|circa|c\.|~|ប្រហែល|ប្រមាណ)? ?"
    r"(?:(?:aged?|អាយុ|อายุ) ?:? ?(?P<about2>about|around|~|ប្រហែល|ប្រមាណ)? ?(?P<age>\d{1,3})"
    r"|(?P<years>\d{1,3})(?= ?y)) ?"
    r"(?:years?(?: old)?|yrs?|y\.?o\.?|ឆ្នាំ|ปี|tuổi)?$",
    re.IGNORECASE,
)


class Overlap(StrEnum):
    """How two statements about a birth stand to each other."""

    SAME = "same"  # the same days, and no more than a day each
    OVERLAP = "overlap"
    APART = "apart"
    UNKNOWN = "unknown"


@dataclass(frozen=True, order=True)
class Days:
    """From one day to another, both included."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class BirthSpan:
    """The days somebody may have been born on, in order and apart, and what was said."""

    days: tuple[Days, ...]
    said: str


@dataclass(frozen=True, kw_only=True)
class BirthsCompared:
    """Two spans compared; ``days_apart`` is 0 where they overlap, None where one is unknown."""

    overlap: Overlap
    days_apart: int | None
    because: str


def span_of_text(text: str | None, *, said_on: date | None = None) -> BirthSpan | None:
    """Read when somebody was born; None where nothing is said that can be read.

    Read are the dates of ``dates.read_birth``, an animal year, both together, and, where the day
    it was said on is known, an age. A year beside an animal stands as written, for people name
    the animal of the whole calendar year; "about" a year, the animal narrows it.

    >>> span_of_text("about 1991").days
    (Days(first=datetime.date(1989, 1, 1), last=datetime.date(1993, 12, 31)),)
    >>> span_of_text("about 1991, year of the goat").days
    (Days(first=datetime.date(1991, 4, 13), last=datetime.date(1992, 4, 14)),)
    >>> len(span_of_text("year of the goat", said_on=date(2026, 1, 1)).days)
    10
    >>> span_of_text("age 20", said_on=date(2026, 3, 1)).days
    (Days(first=datetime.date(2005, 3, 2), last=datetime.date(2006, 3, 1)),)
    >>> span_of_text("unknown") is None
    True
    """
    plain = " ".join(digits(INVISIBLE.sub("", text or "")).split())
    if (aged := AGE.match(plain)) and said_on:
        about = bool(aged["about"] or aged["about2"])
        return _or_none(int(aged["age"] or aged["years"]), said_on, about=about)
    found = animal_in(plain)
    birth = read_birth(found[1].strip(" ,;()-") if found else plain)
    if birth is None:
        written = found is not None and not found[1].strip(" ,;().")
        return _of_animal(found[0], said_on, plain) if found and written else None
    span = span_of_date(birth)
    return _narrowed(span, found[0]) if found and birth.about else span


def span_of_date(birth: BirthDate) -> BirthSpan:
    """Return the days a date allows: a day, a month, a year, two years more each way if "about".

    >>> span_of_date(BirthDate(year=1991, month=2)).days
    (Days(first=datetime.date(1991, 2, 1), last=datetime.date(1991, 2, 28)),)
    """
    more = ABOUT_YEARS if birth.about else 0
    first = _day(birth.year - more, birth.month or 1, birth.day or 1)
    if birth.month is None:
        last = date(birth.year + more, 12, 31)
    elif birth.day is None:
        last = _month_end(birth.year + more, birth.month)
    else:
        last = _day(birth.year + more, birth.month, birth.day)
    about = "about " if birth.about else ""
    said = "-".join(f"{part:02}" for part in (birth.year, birth.month, birth.day) if part)
    return BirthSpan(days=(Days(first, last),), said=about + said)


def span_of_age(age: int, on: date, *, about: bool = False) -> BirthSpan:
    """Return the days of birth of who is ``age`` years old on the day ``on``.

    Ages are counted in full years; who counts the year begun, as is usual in the countryside, is
    a year younger than said, and the comparison shows them up to a year apart. Raises
    ``WrongInput`` for an age nobody has.

    >>> span_of_age(0, date(2026, 3, 1)).days[0].last
    datetime.date(2026, 3, 1)
    """
    if not 0 <= age <= OLDEST:
        raise WrongInput(f"age: {age} is no age of a person; expected 0 to {OLDEST} years")
    more = ABOUT_YEARS if about else 0
    first = _day(on.year - age - 1 - more, on.month, on.day) + timedelta(days=1)
    last = min(on, _day(on.year - age + more, on.month, on.day))
    said = f"{'about ' if about else ''}{age} years old on {on.isoformat()}"
    return BirthSpan(days=(Days(first, last),), said=said)


def compare_births(one: BirthSpan | None, other: BirthSpan | None) -> BirthsCompared:
    """Compare two statements about a birth by the days they allow.

    >>> goat = span_of_text("year of the goat")
    >>> compare_births(goat, span_of_text("1992-02-01")).overlap.value
    'overlap'
    >>> compare_births(span_of_text("1991"), span_of_text("1992-01-02")).days_apart
    2
    """
    if one is None or other is None:
        because = "one of the births is not known"
        return BirthsCompared(overlap=Overlap.UNKNOWN, days_apart=None, because=because)
    apart = min(_gap(a, b) for a in one.days for b in other.days)
    if apart:
        because = f"{one.said} and {other.said} lie {_in_words(apart)} apart"
        return BirthsCompared(overlap=Overlap.APART, days_apart=apart, because=because)
    exact = one.days == other.days and all(d.first == d.last for d in one.days)
    kind = Overlap.SAME if exact else Overlap.OVERLAP
    because = f"{one.said} and {other.said} " + ("are one day" if exact else "may be one day")
    return BirthsCompared(overlap=kind, days_apart=0, because=because)


def _or_none(age: int, on: date, *, about: bool) -> BirthSpan | None:
    return span_of_age(age, on, about=about) if age <= OLDEST else None


def _of_animal(animal: int, said_on: date | None, said: str) -> BirthSpan:
    """Every year of the animal in living memory of the day it was said on."""
    last = said_on or LATEST
    first = max(EARLIEST, _day(last.year - OLDEST, last.month, last.day)) if said_on else EARLIEST
    days = tuple(Days(*span) for span in years_of(animal, first, last))
    return BirthSpan(days=days, said=said)


def _narrowed(span: BirthSpan, animal: int) -> BirthSpan:
    """The years of the animal within an approximate year; the year alone where they disagree."""
    within = [Days(*s) for d in span.days for s in years_of(animal, d.first, d.last)]
    return BirthSpan(days=tuple(within), said=span.said) if within else span


def _gap(one: Days, other: Days) -> int:
    return max(0, (one.first - other.last).days, (other.first - one.last).days)


def _in_words(days: int) -> str:
    years = days // 365
    if years:
        return f"{years} year{'s' if years > 1 else ''}"
    return f"{days} day{'s' if days > 1 else ''}"


def _day(year: int, month: int, day: int) -> date:
    """The day, 28 February where there is no 29th."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
