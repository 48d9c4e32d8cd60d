"""Closed lists of a survey: what a screening found, how people are chosen, why figures change.

A grade says how far what was found points to trafficking; it is no status of anybody. "Not
possible to say" is a grade of its own, because what is unknown is never a no.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

GRADES = ("strong", "some", "none", "unclear")
POSITIVE = {"strong": ("strong",), "any": ("strong", "some")}  # the two shares that are told


class Grade(models.TextChoices):
    """What one screening found, the clearest first."""

    STRONG = "strong", _("Strong indications")
    SOME = "some", _("Some indications")
    NONE = "none", _("No indications")
    UNCLEAR = "unclear", _("Not possible to say")


class Design(models.TextChoices):
    """How the people of a round are chosen."""

    SIMPLE = "simple", _("Simple random sample")
    STRATIFIED = "stratified", _("Stratified sample")
    CLUSTER = "cluster", _("Cluster sample")
    TIME_LOCATION = "time_location", _("Time-location sample")
    TWO_PHASE = "two_phase", _("Two-phase sample")


class Reason(models.TextChoices):
    """Why the figures of a day have another version. Codes: words could tell of somebody."""

    MISTYPED = "mistyped", _("Typed wrongly")
    LATE_FORMS = "late_forms", _("Forms came in late")
    COUNTED_TWICE = "counted_twice", _("Somebody was counted twice")
    GRADED_AGAIN = "graded_again", _("Forms were graded again")
    SECOND_PHASE = "second_phase", _("The second phase was done")
    TAKEN_BACK = "taken_back", _("Entered for the wrong post or day: taken back")
    ENTERED_AGAIN = "entered_again", _("Entered again after it was taken back")
