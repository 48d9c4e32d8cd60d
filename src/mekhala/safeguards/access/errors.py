"""Why an act is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _


class ActRefused(Exception):  # noqa: N818 - a refusal, not an error
    """An act may not be done. The words of the class, or those given, say why."""

    words = _("This act is not open to you.")

    def __init__(self, words: object = None) -> None:
        """Keep ``words``, or the standing words of the class."""
        super().__init__(words or self.words)

    def __str__(self) -> str:
        return str(self.args[0])


class NotYourRole(ActRefused):
    """The officer's role or agency does not do this."""

    words = _("This act belongs to another role. Ask the officer who holds it.")


class NotOpenToYou(ActRefused):
    """No live grant opens this file to the officer: said exactly as if it did not exist."""

    words = _("Nothing to show. Check the number, or ask the officer who sent you.")


class ClassNotOfPurpose(ActRefused):
    """A file is never opened for more than its purpose needs, nor for nothing."""

    words = _("This purpose does not open that part of a file.")


class RecordedMeanwhile(ActRefused):
    """Somebody else acted first."""

    words = _("Another officer recorded this a moment ago. Look at what is there now.")


class YearNotMeant(ActRefused):
    """A day far from all that is told of is a slip of the pen."""

    words = _("This year cannot be meant. Look at it again.")


class EnoughDevices(ActRefused):
    """An officer has as many phones as one may have."""

    words = _("Five of your phones work already. End one that is not used any more.")
