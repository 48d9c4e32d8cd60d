"""Why an act of justice is refused."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class ConsentMissing(ActRefused):
    """No yes of the person stands for this agency; said the same where there is no such case."""

    words = _(
        "No agreement stands that lets your agency link this case. Check the number, or file the"
        " complaint without it."
    )


class MoveNotAllowed(ActRefused):
    """The rung does not follow the last one."""

    words = _("This step does not follow the last one recorded.")


class DaysOutOfOrder(ActRefused):
    """A day lies before what it follows, or has not come yet."""

    words = _("The days are not in order. Check both dates.")


class NoSuchText(ActRefused):
    """No such version of the article is kept."""

    words = _("No such text is kept here. Choose a statute and an article from the list.")


class TextNotInForce(ActRefused):
    """The version was not in force when the conduct is said to have happened."""

    words = _("This text was not in force when the conduct is said to have happened.")


class NotChargedThen(ActRefused):
    """Nobody is given a charge who was not a charged person on that day."""

    words = _(
        "The accused was not a charged person or defendant on that day. Record that step first."
    )


class AlreadyWithdrawn(ActRefused):
    """The charge has been withdrawn before."""

    words = _("This charge was already withdrawn.")


class NotOfThisCourt(ActRefused):
    """The proceeding is opened to justice officers of the same agency only."""

    words = _("A proceeding can be opened only to another justice officer of your own agency.")
