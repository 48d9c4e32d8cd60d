"""Codes of what the ministry is asked about a place in a house, and of what it decides."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Urgent(models.TextChoices):
    """Why a place in a house cannot wait for the ministry's decision. It is asked all the same."""

    NOWHERE = "nowhere", _("Nowhere safe to stay tonight")
    DANGER = "danger", _("In danger where she or he is now")
    CARE = "care", _("Needs care that cannot wait")
    CHILD_ALONE = "child_alone", _("A child whom nobody looks after")
    NOT_REACHED = "not_reached", _("The ministry cannot be reached in time")


class Mistake(models.TextChoices):
    """Why it is taken back that the person has come."""

    NOT_COME = "not_come", _("The person has not come")
    OTHER_PERSON = "other_person", _("It was another person")


class Outcome(models.TextChoices):
    """What the ministry decided about a place in a house."""

    AGREED = "agreed", _("The ministry agreed")
    NOT_AGREED = "not_agreed", _("The ministry did not agree")


class PlacementReason(models.TextChoices):
    """Why the ministry agreed to a place, or did not. Codes only: no place for a story."""

    SUITS = "suits", _("The house suits and can give what is needed")
    OWN_WISH = "own_wish", _("The person wants it, knowing what else there is")
    NO_FAMILY = "no_family", _("No family or carer is known who is safe")
    FOR_NOW = "for_now", _("For a short time, until something better is found")
    FAMILY_FIRST = "family_first", _("A family or carer who is safe comes before a house")
    BETTER_HOUSE = "better_house", _("Another house suits better")
    STANDARDS = "standards", _("The house does not keep the minimum standards")
    WISH_UNCLEAR = "wish_unclear", _("It is not clear that the person wants it")
