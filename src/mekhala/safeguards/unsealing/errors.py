"""Why a name is not opened for a court or another body, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class NameNotYours(ActRefused):
    """Only an officer to whom the name is open answers an order for it."""

    words = _(
        "The name behind this case is not open to you, so you cannot open it for others. Hand the "
        "order to an officer to whom it is."
    )


class OrderUnclear(ActRefused):
    """The day of an order lies ahead, or a ban has no end or one that has passed."""

    words = _(
        "The day of the order is today or earlier. If it forbids that the person be told, give "
        "the last day of that: today or later; otherwise leave it empty."
    )


class NoNumber(ActRefused):
    """An order is told by its number."""

    words = _("Give the number of the order. It has at least one digit, and no name in it.")


class OpenedAlready(ActRefused):
    """Under one order a name is opened once."""

    words = _("The name was opened under this order already. A new order is asked for anew.")


class NothingKept(ActRefused):
    """There is nothing to open."""

    words = _("No name was kept for this case. There is nothing to hand over; the signature stays.")
