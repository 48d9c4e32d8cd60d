"""Why an act on a survey is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, NotYourRole, RecordedMeanwhile

__all__ = ["AlreadyEntered", "NotYourRole", "RecordedMeanwhile", "RoundClosed", "SurveyRefused"]


class SurveyRefused(ActRefused):
    """An act on a survey may not be done."""


class RoundClosed(SurveyRefused):
    """No day is added to a closed round."""

    words = _("This round is closed. Figures that are in it can be corrected, with a reason; no "
              "day can be added.")  # fmt: skip


class AlreadyEntered(SurveyRefused):
    """This post and day has its figures."""

    words = _("This post has figures for this day. Correct them, with a reason; what stood there "
              "before stays readable.")  # fmt: skip
