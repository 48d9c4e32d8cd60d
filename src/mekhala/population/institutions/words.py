"""The closed lists of the registers of institutions, and which status may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """How far a project has come. Announced is a word, and funded is money: neither is running."""

    ANNOUNCED = "announced", _("Announced")
    FUNDED = "funded", _("Funded")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")


MAY_FOLLOW: dict[str, frozenset[str]] = {
    "": frozenset(Status.values),
    Status.ANNOUNCED: frozenset({Status.FUNDED, Status.RUNNING, Status.ENDED}),
    Status.FUNDED: frozenset({Status.RUNNING, Status.ENDED}),
    Status.RUNNING: frozenset({Status.ENDED}),
    Status.ENDED: frozenset(),
}


class Currency(models.TextChoices):
    """In what a budget is told."""

    USD = "USD", _("US dollar")
    KHR = "KHR", _("Riel")
    EUR = "EUR", _("Euro")


class Asked(models.TextChoices):
    """What is asked of another country."""

    LEGAL_ASSISTANCE = "legal_assistance", _("Mutual legal assistance")
    POLICE = "police", _("Police cooperation")


class Outcome(models.TextChoices):
    """What came back."""

    CARRIED_OUT = "carried_out", _("Carried out")
    IN_PART = "in_part", _("Carried out in part")
    REFUSED = "refused", _("Refused")


class Activity(models.TextChoices):
    """What was taught, and in which way."""

    SCHOOL = "school", _("Lessons at school")
    PEERS = "peers", _("Taught by others of the same age")
    FRIENDS = "friends", _("Friend helps friend")
    JUDGES = "judges", _("Judges and prosecutors")


class Half(models.IntegerChoices):
    """Half of a year."""

    FIRST = 1, _("January to June")
    SECOND = 2, _("July to December")


class Became(models.TextChoices):
    """What became of a body."""

    FOUNDED = "founded", _("Founded")
    RENAMED = "renamed", _("Renamed")
    MERGED = "merged", _("Merged into another")
    ENDED = "ended", _("Ended")


class Hand(models.TextChoices):
    """In which way somebody outside had a hand in a policy."""

    PAID = "paid", _("Paid for it")
    DRAFTED = "drafted", _("Drafted it")
    ADVISED = "advised", _("Gave advice")
    CONDITION = "condition", _("Made it a condition of money or rank")
