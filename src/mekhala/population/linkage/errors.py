"""Why an act of counting is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, NotYourRole

__all__ = [
    "AlreadyTaken", "CannotEndNow", "CountingRefused", "ListNotReady", "NamesNotAgreed",
    "NoTokensNow", "NotYourRole", "RecordsGone", "TakenByAnother", "TooFewLists",
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


class ListNotReady(CountingRefused):
    """A list is not complete, or keeps no records."""

    words = _("A list that is still being taken, or keeps tokens only, has no records to read.")


class RecordsGone(CountingRefused):
    """The records of a list were thrown away."""

    words = _("The records of this list are gone for good; what was counted stays.")


class TakenByAnother(CountingRefused):
    """Somebody else takes the same file at this moment."""

    words = _("This file is being taken by somebody else at this moment. Try again when it is "
              "done; no row is taken twice.")  # fmt: skip


class NamesNotAgreed(CountingRefused):
    """An agency's agreement is about lists without names."""

    words = _("The agreement in force lets this list come without names only. Let the agency send "
              "tokens, or an agreement name identities among what is handed over.")  # fmt: skip


class CannotEndNow(CountingRefused):
    """The key service does not answer, so keys cannot be thrown away for good."""

    words = _("The records cannot be thrown away now: the key service does not answer. Nothing "
              "was changed; try again later.")  # fmt: skip
