"""In which order a file writes its dates, proven by its own cells, and dates read by it.

05/03/1991 is 5 March or 3 May; 25/03/1991 can only be 25 March. A column in which cells prove one
order is read by it, whatever the sender said. Where cells prove both, those that prove themselves
are read and of the others only the year is: a date guessed wrong is worse than one not known.
"""

import re
from datetime import date
from functools import lru_cache

from mekhala.core.names.normal import digits

DAY_FIRST, MONTH_FIRST, BOTH = "day-first", "month-first", "both"
TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
SHORT = re.compile(rf"(\d{{1,2}})([/.\-])(\d{{1,2}})\2(\d{{4}}){TIME}")
LONG = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?:Z|{TIME}Z?)")


def proves(text: str) -> str:
    """Return which order a cell proves: day-first, month-first, or "" where it proves none.

    >>> proves("25/03/1991"), proves("03/25/1991"), proves("04/05/1991")
    ('day-first', 'month-first', '')
    """
    found = SHORT.fullmatch(text if text.isascii() else digits(text))
    if not found:
        return ""
    one, two = int(found[1]), int(found[3])
    if one > 12 >= two:
        return DAY_FIRST
    return MONTH_FIRST if two > 12 >= one else ""


def order_of(proven: set[str], said: str) -> str:
    """Return the order a column is read by: what its cells prove, else what the sender said.

    >>> order_of({DAY_FIRST}, MONTH_FIRST), order_of(set(), MONTH_FIRST)
    ('day-first', 'month-first')
    """
    return BOTH if len(proven) > 1 else next(iter(proven), said)


@lru_cache(maxsize=1 << 17)
def read_date(text: str, order: str) -> tuple[str, str]:
    """Return a date as ``1991-03-05``, and "" or why it is not read whole.

    "order": both orders are possible here, so the year alone is returned. "no_day": no day of the
    calendar. "": also for a text that is no date in numbers, returned as it is.

    >>> read_date("25/03/1991", DAY_FIRST), read_date("04/05/1992", BOTH)
    (('1991-03-25', ''), ('1992', 'order'))
    >>> read_date("31/02/1991", DAY_FIRST)[1]
    'no_day'
    """
    plain = text if text.isascii() else digits(text)
    if found := LONG.fullmatch(plain):
        return _iso(text, int(found[1]), int(found[2]), int(found[3]))
    if not (found := SHORT.fullmatch(plain)):
        return text, ""
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    if one <= 12 and two <= 12 and one != two and order == BOTH:
        return str(year), "order"
    month_first = two > 12 or (order == MONTH_FIRST and one <= 12)
    month, day = (one, two) if month_first else (two, one)
    return _iso(text, year, month, day)


def _iso(text: str, year: int, month: int, day: int) -> tuple[str, str]:
    try:
        return date(year, month, day).isoformat(), ""
    except ValueError:
        return text, "no_day"
