"""How a birth is written down: what the person knows, in the way of the clerk."""

from dataclasses import dataclass
from datetime import date, timedelta

from mekhala.sample.draws import Draws

from . import rates

KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
MONTHS = ("មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា",
          "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ")  # fmt: skip
# the animals of the twelve years, in English, in Khmer; 1984 was a year of the rat
ANIMALS = (
    ("rat", "ជូត"), ("ox", "ឆ្លូវ"), ("tiger", "ខាល"), ("rabbit", "ថោះ"), ("dragon", "រោង"),
    ("snake", "ម្សាញ់"), ("horse", "មមី"), ("goat", "មមែ"), ("monkey", "វក"), ("rooster", "រកា"),
    ("dog", "ច"), ("pig", "កុរ"),
)  # fmt: skip
RAT = 1984
APRIL = 4  # the year changes its animal at the Khmer New Year in the middle of April


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth, and what is known of it: ``day``, ``year``, ``zodiac``, ``about``, ``nothing``."""

    on: date
    known: str
    believed: int  # the year the person names; for ``about`` up to three years off


def animal_of(born: date) -> tuple[str, str]:
    """The animal of the year of birth, in English and Khmer; before April it is the last one."""
    year = born.year - ((born.month, born.day) < (APRIL, 14))
    return ANIMALS[(year - RAT) % 12]


def written(
    draws: Draws, birth: Birth, way: str, event: date, *, khmer: bool
) -> tuple[str, str, str, str]:
    """The columns birth_date, birth_year, age, age_on, as a list of this ``way`` has them.

    Ways: ``iso``, ``slashed``, ``khmer`` (Khmer digits and month), ``year``, ``age``.
    """
    year = _year_off(draws, birth.believed)
    if birth.known == "nothing":
        return "", "", "", ""
    if birth.known == "zodiac" and way != "age":
        return _zodiac(draws, birth, year, khmer=khmer)
    if way == "age":
        had = (event.month, event.day) >= (birth.on.month, birth.on.day)
        return "", "", str(max(0, event.year - year - (not had))), event.isoformat()
    if birth.known == "about":
        return ("", f"{draws.pick(('about', 'c.', 'approx.'))} {year}", "", "") if not khmer else (
            "", f"ប្រហែល {year}".translate(KHMER_DIGITS), "", "",
        )  # fmt: skip
    if way == "year" or (birth.known == "year" and not draws.chance(rates.NEW_YEARS_DAY)):
        return "", str(year).translate(KHMER_DIGITS) if khmer else str(year), "", ""
    return _day(draws, birth, year, way), "", "", ""


def _year_off(draws: Draws, year: int) -> int:
    if not draws.chance(rates.YEAR_OFF):
        return year
    return year + draws.pick((-2, -1, -1, -1, -1, 1, 1, 1, 1, 2))


def _zodiac(draws: Draws, birth: Birth, year: int, *, khmer: bool) -> tuple[str, str, str, str]:
    english, native = animal_of(birth.on)
    named = draws.chance(0.4)  # the year is told beside the animal
    if khmer:
        return "", f"ឆ្នាំ{native}" + (f" {year}".translate(KHMER_DIGITS) if named else ""), "", ""
    return "", f"year of the {english}" + (f" {year}" if named else ""), "", ""


def _day(draws: Draws, birth: Birth, year: int, way: str) -> str:
    month, day = birth.on.month, birth.on.day
    if birth.known == "year":
        month = day = 1
    if day <= 12 and draws.chance(rates.DAY_AND_MONTH_SWAPPED):
        month, day = day, month
    if (month, day) == (2, 29):
        day = 28
    if way == "iso":
        return f"{year:04d}-{month:02d}-{day:02d}"
    if way == "khmer":
        in_words = draws.chance(0.3)
        text = (
            f"{day:02d} {MONTHS[month - 1]} {year}" if in_words else f"{day:02d}/{month:02d}/{year}"
        )
        return text.translate(KHMER_DIGITS)
    return f"{day:02d}/{month:02d}/{year}"


def day_in(draws: Draws, first: date, last: date) -> date:
    """A day from ``first`` to ``last``, both included."""
    return first + timedelta(days=draws.between(0, (last - first).days))
