"""Why a notice cannot be marked, in words an officer may read."""

from mekhala.safeguards.access.errors import NotOpenToYou


class NotYourNotice(NotOpenToYou):
    """The notice is another officer's, or there is none: told alike."""
