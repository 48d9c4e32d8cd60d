"""Why a screening is refused."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class ReasonMissing(ActRefused):
    """Not referring, or being unsure, is said without a reason."""

    words = _("Say why you do not refer the person now, or of what you are unsure.")


class ScreenedLater(ActRefused):
    """The screening is dated before the case was opened."""

    words = _("The screening is dated before the case was opened. Check the date.")


class NotFromAForm(ActRefused):
    """A screening somebody recorded on the page is never put right in place."""

    words = _("This screening did not come from a filled form. Record another one.")
