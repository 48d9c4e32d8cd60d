"""Why a hold is not set or lifted, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class ReviewTooLate(ActRefused):
    """A hold is looked at again within half a year, and ends within two years."""

    words = _(
        "A hold is reviewed within 183 days and ends within two years, not before its review."
    )


class NotHeld(ActRefused):
    """There is no such hold that stands."""

    words = _("This hold does not stand any more.")
