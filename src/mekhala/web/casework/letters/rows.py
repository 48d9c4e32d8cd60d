"""How far a letter has come, in words for a list."""

from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mekhala.pathway.determination.models import Letter


def stands_of(letter: Letter) -> str:
    """Return the last thing that happened to a letter, with its day."""
    if letter.withdrawn_at is not None:
        return _("Withdrawn on %(day)s") % {"day": _day(letter.withdrawn_at)}
    if letter.handed_over_at is not None:
        return _("%(how)s on %(day)s") % {
            "how": letter.get_handed_over_how_display(), "day": _day(letter.handed_over_at),
        }  # fmt: skip
    if letter.approved_at is not None:
        return _("Approved on %(day)s, not yet given") % {"day": _day(letter.approved_at)}
    return _("To be looked at and approved by another officer")


def _day(at: Any) -> str:
    return date_format(localtime(at), "DATE_FORMAT")
