"""Years in which anything a person tells us of can lie.

A moment at either end of the calendar cannot be told in another zone: a page that shows it would
fail, and with it the whole list it stands in.
"""

from datetime import date

FIRST, LAST = 1900, 2200


def can_be_told(moment: date) -> bool:
    """Return whether a day or a moment lies in such a year."""
    return FIRST <= moment.year <= LAST
