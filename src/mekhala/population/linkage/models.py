"""Pseudonymous entries of agencies' lists and of the register: tokens, no names."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mekhala.safeguards.agencies.models import Agency


class AgencyList(models.Model):
    """One list an agency handed over, for one closed period."""

    source = models.SlugField(max_length=40, help_text="The list's name in overlap tables")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="lists")
    file_digest = models.CharField(
        max_length=64, unique=True, help_text="Keyed: the same file is told, its content is not"
    )
    records = models.PositiveIntegerField()
    without_key = models.PositiveIntegerField(help_text="Records that can meet no other")
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["source", "-imported_at"]

    def __str__(self) -> str:
        return self.source


class ListEntry(models.Model):
    """One record of a list: a digest for its id and keyed tokens to meet others by."""

    agency_list = models.ForeignKey(AgencyList, models.CASCADE, related_name="entries")
    record = models.CharField(max_length=64, help_text="Keyed digest of the agency's record id")
    tokens = ArrayField(models.CharField(max_length=64), default=list)
    person = models.PositiveIntegerField(null=True, help_text="Cluster; changes with each joining")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_list", "record"], name="list_entry_once")
        ]

    def __str__(self) -> str:
        return self.record[:8]


class RegisterEntry(models.Model):
    """One recognised person, as counted: no number, no name, bands only."""

    year = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=10)
    age_band = models.CharField(max_length=10)
    exploitation = models.CharField(max_length=40)
    province_code = models.CharField(max_length=2)

    class Meta:
        verbose_name_plural = "register entries"

    def __str__(self) -> str:
        return f"{self.year} {self.exploitation}"


class OverlapTable(models.Model):
    """How many people are on which lists together, at one joining."""

    made_at = models.DateTimeField()
    lists = ArrayField(models.CharField(max_length=40))
    rows = models.JSONField(help_text="[[0/1 per list…, count], …]")
    records = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{len(self.lists)} lists, {self.people} people"
