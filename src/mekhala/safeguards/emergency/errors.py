"""Why a file is not opened in an emergency, or not reviewed, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou


class NotForYourRole(ActRefused):
    """Emergencies are for those who help people; investigators ask the holder of the file."""

    words = _("Files are opened in an emergency only by officers whose work is to help people.")


class NothingOpened(NotOpenToYou):
    """There is no such file, or none that can be opened: told alike, and the try is counted."""


class TriedTwice(ActRefused):
    """Two tries in 30 days, whether something was opened or not."""

    words = _(
        "You have used both tries of the last 30 days. Ask the officer who holds the file, or "
        "the competent authority."
    )


class ReviewOverdue(ActRefused):
    """An earlier opening was not reviewed in time."""

    words = _("An earlier opening of yours has not been reviewed in time. Ask an administrator.")


class NobodyToReview(ActRefused):
    """No officer of another agency could review it."""

    words = _("No officer of another agency can review this, so it cannot be opened.")


class WordsTooShort(ActRefused):
    """The reason is said in words."""

    words = _("Say in at least 30 letters what happens and why it cannot wait.")


class NotYoursToReview(ActRefused):
    """A review is made by another agency, once."""

    words = _("This is reviewed once, by an administrator or the authority of another agency.")
