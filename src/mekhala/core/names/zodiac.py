"""The twelve animal years of Cambodia and Thailand, as days of birth they allow.

The animal changes at the Khmer New Year (Moha Sangkran), on 13 or 14 April, not in January: who was
born in the year of the goat that began in 1991 was born between 13 April 1991 and 14 April 1992.
The rat year begins in 1984 and every twelve years from it. Sources: Cambodian New Year (Wikipedia);
Roath Kim Soeun, *Khmer Chhankitek Calendar*, version 2.0. Vietnamese and Chinese families change
the animal at the lunar new year, ten weeks earlier; the word does not tell, and that is not
allowed for.
"""

import re
from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2099
RAT_YEAR = 1984
CYCLE = 12
NEW_YEAR_FROM, NEW_YEAR_TO = (4, 13), (4, 14)
ANIMALS = (  # in the order of the cycle; English, Khmer, Thai
    ("rat", "mouse", "ជូត", "ชวด"),
    ("ox", "cow", "buffalo", "ឆ្លូវ", "ฉลู"),
    ("tiger", "ខាល", "ขาล"),
    ("rabbit", "hare", "ថោះ", "เถาะ"),
    ("dragon", "naga", "រោង", "มะโรง"),
    ("snake", "ម្សាញ់", "มะเส็ง"),
    ("horse", "មមី", "มะเมีย"),
    ("goat", "sheep", "មមែ", "มะแม"),
    ("monkey", "វក", "วอก"),
    ("rooster", "cock", "chicken", "រកា", "ระกา"),
    ("dog", "ច", "จอ"),
    ("pig", "boar", "កុរ", "กุน"),
)
NUMBER = {word: number for number, words in enumerate(ANIMALS) for word in words}
WORDS = "|".join(sorted(NUMBER, key=len, reverse=True))
SAID = re.compile(
    rf"(?:year\s+of\s+(?:the\s+)?|ឆ្នាំ\s*|ปี\s*|^\s*)(?P<animal>{WORDS})(?![\w\u0e31-\u0e4e\u1780-\u17d3])"
    rf"|(?<=[\d,;(])\s*(?P<later>{WORDS})\s*\)?$",
    re.IGNORECASE,
)


def animal_in(text: str) -> tuple[int, str] | None:
    """Return the animal named in ``text``, as 0 (rat) to 11 (pig), and the text without it.

    >>> animal_in("1991, year of the goat")
    (7, '1991, ')
    >>> animal_in("ឆ្នាំមមែ ១៩៩១")
    (7, ' ១៩៩១')
    >>> animal_in("Dogeville") is None
    True
    """
    found = SAID.search(text)
    if not found:
        return None
    animal = (found["animal"] or found["later"]).lower()
    return NUMBER[animal], text[: found.start()] + text[found.end() :]


def years_of(animal: int, first: date, last: date) -> list[tuple[date, date]]:
    """Return the years of an animal, first and last day, as far as they lie in the days given.

    >>> years_of(7, date(1985, 1, 1), date(1995, 1, 1))
    [(datetime.date(1991, 4, 13), datetime.date(1992, 4, 14))]
    """
    offset = (first.year - 1 - RAT_YEAR - animal) % CYCLE
    begins = first.year - 1 + (CYCLE - offset) % CYCLE
    spans = [
        (date(year, *NEW_YEAR_FROM), date(year + 1, *NEW_YEAR_TO))
        for year in range(begins, last.year + 1, CYCLE)
    ]
    return [(max(a, first), min(b, last)) for a, b in spans if a <= last and b >= first]
