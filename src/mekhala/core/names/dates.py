"""Birth dates and years as agencies write them.

Read are ``1991-03-05``, ``1991-03``, ``1991``, day first with ``/``, ``.`` or ``-``
(``05/03/1991`` is 5 March, as Cambodia writes), each in any digits, with a word for "about"
or "year" before it. A zodiac animal beside a year is passed over; alone it names no
year: ``ages.span_of_text`` reads it as the days it allows.
Whatever else is written is not read: a date guessed wrong is worse than one not known.
"""

import re
from dataclasses import dataclass
from datetime import date

from mekhala.core.names.normal import INVISIBLE, digits

FIRST_YEAR, LAST_YEAR = 1900, 2099
ABOUT = r"about|around|approx(?:\.|imately)?|circa|ca?\.|~|±|ប្រហែល|ប្រមាណ|ប្រហែលជា|ราว|ประมาณ|khoảng"
ANIMALS = "ជូត|ឆ្លូវ|ខាល|ថោះ|រោង|ម្សាញ់|មមី|មមែ|វក|រកា|ច|កុរ"
YEAR_WORDS = rf"born|year|in|ឆ្នាំ\s*(?:{ANIMALS})?|ปี|năm"
BEFORE = re.compile(rf"^\s*(?:(?P<about>{ABOUT})|(?:{YEAR_WORDS}))\s*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class BirthDate:
    """What is known of a date of birth; ``about`` says that even that is approximate."""

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False


def read_birth(text: str | None) -> BirthDate | None:
    """Read a date or year of birth; None where it is missing or cannot be read."""
    rest, about = digits(INVISIBLE.sub("", text or "")), False
    while found := BEFORE.match(rest):
        about = about or found["about"] is not None
        rest = rest[found.end() :]
    return _parts(rest.strip(), about)


def _parts(text: str, about: bool) -> BirthDate | None:
    """Year first, or day first; only days that are in the calendar."""
    if year_first := re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]00:00.*)?", text):
        year, month, day = year_first.groups()
    elif day_first := re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", text):
        day, _, month, year = day_first.groups()
    else:
        return None
    whole = [int(year), int(month or 1), int(day or 1)]
    try:
        date(*whole)
    except ValueError:
        return None
    if not FIRST_YEAR <= whole[0] <= LAST_YEAR:
        return None
    return BirthDate(
        year=whole[0],
        month=whole[1] if month else None,
        day=whole[2] if day else None,
        about=about,
    )
