"""Why a feed does not run, or an agreement is not entered."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou


class NoAgreement(ActRefused):
    """No live agreement names this feed."""

    words = _(
        "No sharing agreement that is in force names this feed: it ended, was stopped, or was never"
        " signed. Ask the administrator to enter the signed agreement."
    )


class DaysOutOfOrder(ActRefused):
    """It would end before it begins, or run without end."""

    words = _("An agreement begins before it ends, and ends within three years of its beginning.")


class SameParty(ActRefused):
    """Nobody agrees with themselves."""

    words = _("An agreement has two parties: name another agency, or a body outside.")


class NothingShared(ActRefused):
    """It names nothing that would be handed over."""

    words = _("Say which feeds and which kinds of data the agreement is about.")


class OneAgencyAlone(ActRefused):
    """Only one agency would ever have been asked."""

    words = _(
        "Only your own agency would have to say yes. Name another agency whose data it is about,"
        " or let an officer of another agency enter it."
    )


class AnsweredBefore(ActRefused):
    """This owner is not asked, or has answered."""

    words = _("Your agency is not asked here, or has answered already.")


class NothingInWriting(ActRefused):
    """An answer without its letter."""

    words = _("Give the number of the letter in which your agency answered.")


class NotAParty(NotOpenToYou):
    """The agreement is between others."""


class AlreadyStopped(ActRefused):
    """It is stopped already."""

    words = _("This agreement is stopped already.")


class NotStopped(ActRefused):
    """There is nothing to lift."""

    words = _("This agreement is not stopped, or your side has already said yes to going on.")
