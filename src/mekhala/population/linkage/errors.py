"""Why an act of counting is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, NotYourRole

__all__ = [
    "AlreadyTaken", "CountingRefused", "NoTokensNow", "NotYourRole", "TooFewLists",
    "TooManyTokens",
]  # fmt: skip


class CountingRefused(ActRefused):
    """An act on numbers of people may not be done."""


class AlreadyTaken(CountingRefused):
    """The same file was handed over before."""

    words = _("This file was taken before. Every list is taken once; nothing was added.")


class TooFewLists(CountingRefused):
    """There is nothing to join."""

    words = _("Lists of two agencies at least are needed before they can be joined.")


class NoTokensNow(CountingRefused):
    """The key service does not answer."""

    words = _("Lists cannot be taken now: the key service does not answer. Nothing was taken; try "
              "again later.")  # fmt: skip


class TooManyTokens(CountingRefused):
    """What all may have turned into tokens in a day is used up."""

    words = _("More names were counted today than is allowed in a day. Nothing was taken; try "
              "again tomorrow.")  # fmt: skip
