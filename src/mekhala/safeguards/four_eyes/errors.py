"""Why a second signature is not asked for or not given, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class SamePerson(ActRefused):
    """Who asked does not sign as the second."""

    words = _("You asked for this yourself. An officer of another agency has to sign.")


class SameAgency(ActRefused):
    """Both signatures would come from one agency."""

    words = _("This was asked for by your own agency. An officer of another agency has to sign.")


class SameDevice(ActRefused):
    """Both signatures would come from one browser."""

    words = _("This was asked for in this same browser. Sign on a device of your own.")


class NoDevice(ActRefused):
    """The browser keeps no cookie, so two devices cannot be told apart."""

    words = _("This browser keeps no cookies, so it cannot be told from another. Allow cookies.")


class TooShort(ActRefused):
    """The reason says nothing."""

    words = _("Say why in at least 10 characters.")


class AnsweredAlready(ActRefused):
    """A signature is given, refused or taken back once."""

    words = _("This was answered or taken back already.")


class Lapsed(ActRefused):
    """Nobody answered within 72 hours."""

    words = _("Nobody answered in time. It has to be asked for again.")


class AskedAlready(ActRefused):
    """The same act waits for its second signature."""

    words = _("The same is waiting for a second signature already.")


class NotSigned(ActRefused):
    """An act is about to be done without a second signature that fits it."""

    words = _("There is no second signature for this, or it was used or has run out.")
