"""For which nights a place is asked or given, in words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def nights_told(first_on: date | None, last_on: date | None) -> str:
    """Return the nights in words; where no first one was kept, nothing."""
    if first_on is None:
        return ""
    first = date_format(first_on, "DATE_FORMAT")
    if last_on is None:
        return _("From the night of %(first)s") % {"first": first}
    if last_on == first_on:
        return _("Only the night of %(first)s") % {"first": first}
    last = date_format(last_on, "DATE_FORMAT")
    return _("From the night of %(first)s until the night of %(last)s") % {
        "first": first, "last": last,
    }  # fmt: skip
