"""Why something about signing in is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class LastFactor(ActRefused):
    """Without it the account could be opened by a password alone."""

    words = _("This is the only passkey your role can sign in with. Add another one first.")


class TooOften(ActRefused):
    """More tries than are answered."""

    words = _("Too many attempts. Wait 15 minutes, or ask the administrator of your office.")
