"""Why a dossier is not opened or read for research, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class NotADossier(ActRefused):
    """The request names something that is no number of a proceeding, or too many of them."""

    words = _(
        "Name each proceeding by its number, one a line, 30 at most. Look at each number again: "
        "one of them is mistyped."
    )


class TooLong(ActRefused):
    """Access ends within a year, and not before it begins."""

    words = _("Choose a last day between tomorrow and a year from today.")


class ApprovalUnclear(ActRefused):
    """The approval of the study lies ahead, or has no number."""

    words = _("The approval is dated today or earlier, and its number has at least one digit.")


class NotASupervisor(ActRefused):
    """Somebody of the prosecution or court supervises, never of the researcher's own agency."""

    words = _("Choose an officer of the prosecution or court, of another agency than your own.")


class NotYoursToSign(ActRefused):
    """Only the supervisor asks, with every dossier open; the signature is of a third agency."""

    words = _(
        "Only the supervisor asks for the second signature, and only with each of these "
        "proceedings open. The signature is given by an agency that is not the researcher's."
    )


class NotOpenNow(ActRefused):
    """Access was not opened, has run out or was closed."""

    words = _("This access is not open: it was not signed, or it has ended.")


class AlreadyEnded(ActRefused):
    """What has ended is not ended again."""

    words = _("This access has ended already.")


class EnoughFiles(ActRefused):
    """The files of one request are counted."""

    words = _("Three files were taken under this request. No more are handed out.")
