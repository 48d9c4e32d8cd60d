"""Questions on leaving for work that a survey asks, and the groups they are told for."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What a question is about."""

    VOLUME = "volume", _("Left for work")
    ROUTE = "route", _("The way there")
    COST = "cost", _("What it cost")
    ABUSE = "abuse", _("What was done to the worker")


class Said(models.TextChoices):
    """An answer. What was not said or not known is asked and has no row."""

    LEFT = "left", _("Left for another country in the last twelve months")
    OFFICIAL = "official", _("Over an official crossing")
    OTHER_CROSSING = "other_crossing", _("Over another crossing")
    BY_AIR = "by_air", _("By air")
    BY_SEA = "by_sea", _("By sea")
    NOTHING_PAID = "nothing_paid", _("Paid nothing")
    MONTH = "month", _("Paid up to a month's pay there")
    MORE = "more", _("Paid more than a month's pay there")
    BORROWED = "borrowed", _("Borrowed for it")
    PAY = "pay", _("Pay kept back or less than promised")
    PAPERS = "papers", _("Papers kept by somebody else")
    CONFINED = "confined", _("Not free to leave the place")
    VIOLENCE = "violence", _("Violence or threats")
    OTHER_WORK = "other_work", _("Other work than promised")
    NOTHING = "nothing", _("None of these")


class OfSex(models.TextChoices):
    """As the person says."""

    FEMALE = "female", _("Women and girls")
    MALE = "male", _("Men and boys")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not known")


class Home(models.TextChoices):
    """Where the home is."""

    RURAL = "rural", _("A village")
    URBAN = "urban", _("A town")
    UNKNOWN = "unknown", _("Not known")


ANSWERS: Mapping[str, frozenset[str]] = MappingProxyType({
    Topic.VOLUME: frozenset({Said.LEFT}),
    Topic.ROUTE: frozenset({Said.OFFICIAL, Said.OTHER_CROSSING, Said.BY_AIR, Said.BY_SEA}),
    Topic.COST: frozenset({Said.NOTHING_PAID, Said.MONTH, Said.MORE, Said.BORROWED}),
    Topic.ABUSE: frozenset({Said.PAY, Said.PAPERS, Said.CONFINED, Said.VIOLENCE, Said.OTHER_WORK,
                            Said.NOTHING}),
})  # fmt: skip
