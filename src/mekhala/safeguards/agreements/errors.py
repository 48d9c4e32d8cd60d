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


class NotAParty(NotOpenToYou):
    """The agreement is between others."""


class AlreadyStopped(ActRefused):
    """It is stopped already."""

    words = _("This agreement is stopped already.")


class NotStopped(ActRefused):
    """There is nothing to lift."""

    words = _("This agreement is not stopped, or your side has already said yes to going on.")
