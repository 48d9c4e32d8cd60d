"""Days that are known in part (``2009``, ``2009-03``, ``2009-03-05``), in words of the reader."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_in_words(partial: str) -> str:
    """Return a day, a month or a year as far as it is known; what is none of them as it stands."""
    try:
        if len(partial) == len("2009-03"):
            return date_format(date.fromisoformat(f"{partial}-01"), "YEAR_MONTH_FORMAT")
        return date_format(date.fromisoformat(partial))
    except ValueError:
        return partial


def span_in_words(first: str, last: str) -> str:
    """Return a span of such days; one of them where it begins and ends with the same."""
    if not last or last == first:
        return day_in_words(first)
    return _("%(first)s to %(last)s") % {"first": day_in_words(first), "last": day_in_words(last)}
