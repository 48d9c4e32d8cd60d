"""Why an act on a support plan is refused, in words an officer may read."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import StillOpen
from mekhala.safeguards.access.errors import ActRefused, RecordedMeanwhile


class AlreadyPlanned(RecordedMeanwhile):
    """There is one plan per case, and one round of follow-up at a time."""

    words = _("This was already planned. See the plan as it stands.")


class AlreadyDone(RecordedMeanwhile):
    """A task is finished once, a follow-up recorded once."""

    words = _("This was already recorded as done. See the plan as it stands.")


class GoalsMissing(ActRefused):
    """A plan begins with what the person wants."""

    words = _("Write what the person wants, in her or his own words.")


class DayToCome(ActRefused):
    """What was agreed or done lies in the past."""

    words = _("This day is still to come. Give the day on which it was agreed or done.")


class OutcomeMissing(ActRefused):
    """A follow-up says how things stand."""

    words = _("Say how things stand, or that you have not met since.")


class NotFinished(ActRefused):
    """Something of the case is still open; ``words`` name it."""

    def __init__(self, what: Iterable[StillOpen]) -> None:
        """Name what is open."""
        named = "; ".join(str(one.label) for one in what)
        super().__init__(
            _("Not finished: %(what)s. Finish it first, or say that you close the case all the "
              "same.") % {"what": named}
        )  # fmt: skip
