"""Birth dates and years as agencies write them.

Read are ``1991-03-05``, ``1991-03``, ``1991``, day first with ``/``, ``.`` or ``-``
(``05/03/1991`` is 5 March, as Cambodia writes), the month as a word of Khmer or English
(``១៤ សីហា ២០០២``), each in any digits, with a word for "about" or "year" before it. A zodiac
animal beside a year is passed over; alone it names no year: ``ages.span_of_text`` reads it as the
days it allows.
Whatever else is written is not read: a date guessed wrong is worse than one not known. Sources:
ISO 8601 for ``1991-03-05``; day first and the words are ours, from how papers are written.
"""

import re
from dataclasses import dataclass
from datetime import date

from mekhala.core.names.normal import INVISIBLE, digits

FIRST_YEAR, LAST_YEAR = 1900, 2099
ABOUT = r"about|around|approx(?:\.|imately)?|circa|ca?\.|~|±|ប្រហែល|ប្រមាណ|ប្រហែលជា|ราว|ประมาณ|khoảng"
ANIMALS = "ជូត|ឆ្លូវ|ខាល|ថោះ|រោង|ម្សាញ់|មមី|មមែ|វក|រកា|ច|កុរ"
YEAR_WORDS = rf"born|year|in|ឆ្នាំ\s*(?:{ANIMALS})?|ปี|năm"
MONTHS = (
    ("មករា", "january", "jan"), ("កុម្ភៈ", "february", "feb"), ("មីនា", "march", "mar"),
    ("មេសា", "april", "apr"), ("ឧសភា", "may"), ("មិថុនា", "june", "jun"),
    ("កក្កដា", "july", "jul"), ("សីហា", "august", "aug"), ("កញ្ញា", "september", "sep", "sept"),
    ("តុលា", "october", "oct"), ("វិច្ឆិកា", "november", "nov"), ("ធ្នូ", "december", "dec"),
)  # fmt: skip
MONTH_WORD = re.compile(
    r"(?<![a-z])(?:"
    + "|".join(sorted((word for of in MONTHS for word in of), key=len, reverse=True))
    + r")(?![a-z])",
    re.IGNORECASE,
)
BEFORE = re.compile(rf"^\s*(?:(?P<about>{ABOUT})|(?:{YEAR_WORDS}))\s*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class BirthDate:
    """What is known of a date of birth; ``about`` says that even that is approximate."""

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False


def read_birth(text: str | None) -> BirthDate | None:
    """Read a date or year of birth; None where it is missing or cannot be read.

    >>> read_birth("១៤ សីហា ២០០២")
    BirthDate(year=2002, month=8, day=14, about=False)
    >>> read_birth("about 1991").about, read_birth("year of the goat")
    (True, None)
    """
    rest, about = digits(INVISIBLE.sub("", text or "")), False
    while found := BEFORE.match(rest):
        about = about or found["about"] is not None
        rest = rest[found.end() :]
    return _parts(_numbered(rest.strip()), about)


def _numbered(text: str) -> str:
    """A date with its month as a word, written as ``2002-08-14``; any other text as it is."""
    if not (found := MONTH_WORD.search(text)):
        return text
    month = next(n for n, words in enumerate(MONTHS, start=1) if found[0].casefold() in words)
    rest = re.sub(r"ថ្ងៃទី|ថ្ងៃ|ខែ|ឆ្នាំ|\bof\b|(?<=\d)(?:st|nd|rd|th)\b", " ",
                  MONTH_WORD.sub(" ", text, count=1))  # fmt: skip
    numbers = re.findall(r"\d+", rest)
    if re.sub(r"[\d\s.,/-]", "", rest) or not 1 <= len(numbers) <= 2 or len(numbers[-1]) != 4:
        return text
    return "-".join([numbers[-1], f"{month:02}", *[n for n in numbers[:-1] if len(n) <= 2]])


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
