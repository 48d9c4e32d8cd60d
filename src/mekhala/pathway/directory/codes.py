"""The closed lists of the directory: needs, forms, visits, how far a standard is met."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Need(models.TextChoices):
    """What a service answers."""

    SHELTER = "shelter", _("A safe place to stay")
    HEALTH = "health", _("Health care")
    COUNSELLING = "counselling", _("Counselling")
    LEGAL_AID = "legal_aid", _("Legal aid")
    TRAINING = "training", _("Training and work")
    RETURN = "return", _("Safe return home")
    FAMILY = "family", _("Family tracing")


class Stay(models.TextChoices):
    """For how long a place to stay is meant: a kind of its own, never added to the other."""

    SHORT = "short", _("Short stay, some nights")
    LONG = "long", _("Longer stay")


class Form(models.TextChoices):
    """What somebody suffered, as far as a service is made for some of it only."""

    SEXUAL = "sexual", _("Sexual exploitation")
    LABOUR = "labour", _("Forced labour")
    DOMESTIC = "domestic", _("Domestic servitude")
    BEGGING = "begging", _("Forced begging")
    CRIME = "crime", _("Made to commit offences")
    MARRIAGE = "marriage", _("Forced marriage")
    OTHER = "other", _("Something else")


class Visit(models.TextChoices):
    """What kind of inspection it was."""

    ANNOUNCED = "announced", _("Announced")
    UNANNOUNCED = "unannounced", _("Unannounced")
    FOLLOW_UP = "follow_up", _("To see what was mended")


class Met(models.TextChoices):
    """How far a standard is met."""

    MET = "met", _("Met")
    PARTLY = "partly", _("Partly met")
    NOT_MET = "not_met", _("Not met")
    NOT_SEEN = "not_seen", _("Could not be seen")


class LeftOut(models.TextChoices):
    """Whom a restriction keeps from being placed."""

    EVERYBODY = "everybody", _("Nobody may be placed here")
    CHILDREN = "children", _("No child may be placed here")
    WOMEN = "women", _("No woman or girl may be placed here")
    MEN = "men", _("No man or boy may be placed here")
