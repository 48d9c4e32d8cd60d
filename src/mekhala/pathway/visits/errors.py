"""Why a visit is not kept, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class DayToCome(ActRefused):
    """A visit is dated later than today."""

    words = _("The day of the visit is still to come. Check the date.")


class NoSuchPlace(ActRefused):
    """The district is not one of the province."""

    words = _("This district is not in the gazetteer, or it is in another province.")


class SawFromOutside(ActRefused):
    """Something is said to have been seen where nobody was let in."""

    words = _(
        "Nobody was let in, so what is inside is not known. Say that you were let in only in "
        "part if you saw something from the door."
    )


class LinkedAlready(ActRefused):
    """A case is put to a visit once."""

    words = _("This case stands with this visit already.")
