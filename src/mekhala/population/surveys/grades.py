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


class Way(models.TextChoices):
    """How a share was worked out, in a sentence."""

    DAYS = (
        "days",
        _("Everybody counts the same, and who was found at one post on one day is a cluster."),
    )
    POST_SIZES = (
        "post_sizes",
        _(
            "Each post counts by how many people come there on an open day. Within a post the "
            "interval takes each person as found alone."
        ),
    )
    VISITS = (
        "visits",
        _(
            "Who comes more often is met more often, so people count the less the more often one "
            "comes to their post. Taken for granted: nobody comes to two posts, and all who were "
            "there were approached."
        ),
    )
    TWO_PHASES = (
        "two_phases",
        _(
            "Each grade counts by how many people have it, with the share of it that the second "
            "phase confirmed. The interval takes each person as found alone."
        ),
    )


class Missing(models.TextChoices):
    """Why the design of a round could not be used: the end of a sentence."""

    WITHHELD = (
        "withheld",
        _("posts are withheld from you, and their figures could be told from such a share"),
    )
    SIZES = "sizes", _("how many people come on an open day is not known for each post")
    FEW_AT_A_POST = "few_at_a_post", _("at one post fewer than two people were graded")
    MORE_ASKED = "more_asked", _("at one post more people were asked than come by its size")
    VISITS = "visits", _("how often people come is not known for each post")
    FEW_DAYS = "few_days", _("people were graded at fewer than two posts or days")
    NOT_EXAMINED = (
        "not_examined",
        _("of one grade fewer than two people were examined again"),
    )
