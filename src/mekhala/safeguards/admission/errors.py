"""Why an officer is not let in, or half a code is not shown, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class NotAdmitted(ActRefused):
    """User name and halves do not open an admission: said alike, whichever of them is wrong."""

    words = _(
        "These do not fit, or they no longer count. Check each of them. After five wrong tries "
        "the two administrators have to sign again."
    )


class HalfShownAlready(ActRefused):
    """Half a code is shown once."""

    words = _("Your half was shown already, or the admission has ended. Nobody can look it up.")
