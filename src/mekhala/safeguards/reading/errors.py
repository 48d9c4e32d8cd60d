"""Why files are not shown any more, or a lock not lifted, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class ReadingLocked(ActRefused):
    """The officer read more different files than the limit; another agency lifts the lock."""

    words = _(
        "You have opened more different files than officers open in a day's work, so no file "
        "is shown to you for now. Nothing is broken, and nobody has accused you of anything. An "
        "administrator of another agency has been told and can lift this. What you have written "
        "is kept."
    )


class LockNotYours(ActRefused):
    """A lock is lifted by an administrator or the authority, of another agency."""

    words = _("This is lifted by an administrator or the competent authority of another agency.")


class AlarmNotYours(ActRefused):
    """An alarm is looked into by an administrator or the authority of another agency, once."""

    words = _(
        "This was looked into already, or it is for an administrator or the competent authority "
        "of another agency."
    )


class SayWhatWasFound(ActRefused):
    """An alarm is looked into with words that are kept."""

    words = _("Say in at least 20 letters whom you asked and what you found.")


class SayWhy(ActRefused):
    """A lock is lifted with a reason that is kept."""

    words = _("Say in at least 20 letters why the officer may read on.")
