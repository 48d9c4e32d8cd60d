"""Why an act of counting is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, NotYourRole

__all__ = ["AlreadyTaken", "CountingRefused", "NotYourRole", "TooFewLists"]


class CountingRefused(ActRefused):
    """An act on numbers of people may not be done."""


class AlreadyTaken(CountingRefused):
    """The same file was handed over before."""

    words = _("This file was taken before. Every list is taken once; nothing was added.")


class TooFewLists(CountingRefused):
    """There is nothing to join."""

    words = _("Lists of two agencies at least are needed before they can be joined.")
