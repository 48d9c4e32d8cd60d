"""Why an act on the registers of institutions is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, NotYourRole, RecordedMeanwhile

__all__ = ["NotYourRole"]


class ReasonMissing(ActRefused):
    """Nothing that stands is changed without a reason."""

    words = _("Write why it changes.")


class SourceMissing(ActRefused):
    """Each line says where it is from, and who said it."""

    words = _("Say who said it, and where it is written.")


class DayToCome(ActRefused):
    """What has happened lies in the past."""

    words = _("This day is still to come.")


class BeforeTheLast(ActRefused):
    """What follows comes after what was."""

    words = _("This day is before what it follows. Look at the days again.")


class MayNotFollow(ActRefused):
    """A project goes on, from announced to ended; no status comes twice."""

    words = _("This status cannot follow the last one. See how the project stands.")


class ReplacedMeanwhile(RecordedMeanwhile):
    """A line is replaced once: whoever comes second looks at what stands now."""

    words = _("This was changed already. See how it stands now.")


class AnsweredAlready(RecordedMeanwhile):
    """A request is answered once."""

    words = _("An answer to this request is kept already.")


class KeptAlready(ActRefused):
    """The same thing stands once."""

    words = _("This is kept already. Look at what is there, and change it there.")


class CountsDisagree(ActRefused):
    """Nobody knows more than were tested."""

    words = _("Say how many were tested and how many of them knew: the second is not above the "
              "first. Leave both empty where nothing was measured.")  # fmt: skip


class SaysNotIntoWhat(ActRefused):
    """A body is renamed or merged into another; it is founded or ended by itself."""

    words = _("Name the body that goes on where one was renamed or merged, and none else.")


class CameAlready(RecordedMeanwhile):
    """A report comes once."""

    words = _("The day on which this report came is kept already.")
