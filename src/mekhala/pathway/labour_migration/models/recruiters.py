"""Recruitment agencies, their licences, placements, and what came of what they did."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from mekhala.pathway.labour_migration.models.taken_back import STANDS, MayBeTakenBack
from mekhala.pathway.labour_migration.words import (
    Kind,
    Outcome,
    Rung,
    Source,
)
from mekhala.safeguards.access.models import Officer


class Recruiter(models.Model):
    """A recruitment agency of the ministry's register."""

    register_number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    name_km = models.CharField(max_length=160, blank=True)
    province_code = models.CharField(max_length=2, blank=True, help_text="Gazetteer code")

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        khmer = (get_language() or "").startswith("km")
        return self.name_km if khmer and self.name_km else self.name


class Licence(MayBeTakenBack):
    """A licence from a day to a day; ended early on another."""

    recruiter = models.ForeignKey(Recruiter, models.PROTECT, related_name="licences")
    number = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField()
    ended_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="licence_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["number"], condition=STANDS, name="licence_number_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class Employer(models.Model):
    """Where workers are placed: a firm, a ship's owner, or households taken together."""

    name = models.CharField(max_length=160)
    country = models.CharField(max_length=3, help_text="ISO 3166-1 alpha-3")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["name", "country"], name="employer_once_a_country")
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """How many workers an agency sent to an employer in a month. No worker stands here."""

    recruiter = models.ForeignKey(Recruiter, models.PROTECT, related_name="placements")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="placements")
    month = models.DateField(help_text="The first of the month")
    people = models.PositiveIntegerField()
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-month", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recruiter", "employer", "month"], name="placement_once_a_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recruiter_id} {self.month:%Y-%m}"


class PlacementBefore(models.Model):
    """How many a placement counted before it was corrected, and why. Never edited."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="before")
    people = models.PositiveIntegerField()
    because = models.CharField(max_length=300, help_text="About the count; no worker")
    corrected_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()

    class Meta:
        ordering = ["corrected_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="placement_corrected_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.people}"


class Incident(models.Model):
    """What an agency is said or found to have done: kinds and a month, nobody's name.

    ``established`` None: nobody has found out yet.
    """

    recruiter = models.ForeignKey(Recruiter, models.PROTECT, related_name="incidents")
    country = models.CharField(max_length=3, blank=True)
    kinds = ArrayField(models.CharField(max_length=20, choices=Kind))
    source = models.CharField(max_length=12, choices=Source)
    month = models.DateField(help_text="The first of the month it was told in")
    established = models.BooleanField(null=True, help_text="Empty: not found out yet")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.recruiter_id} {self.month:%Y-%m}"


class ComplaintFinding(models.Model):
    """What was found of a complaint, by who looked into it, with reasons. The latest stands.

    Never edited; ``Incident.established`` says what the latest one says, None where it cannot be
    told. It decides nothing about the agency.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="findings")
    finding = models.CharField(max_length=12, choices=Outcome)
    reasons = models.CharField(max_length=500, help_text="About the agency; no worker")
    found_on = models.DateField()
    found_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="finding_of_complaint_reasoned")
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.finding}"


class Review(MayBeTakenBack):
    """A look at an agency, opened by a threshold or a person; a person decides, with reasons."""

    recruiter = models.ForeignKey(Recruiter, models.PROTECT, related_name="reviews")
    because = models.CharField(max_length=12, help_text="grave, repeated, or asked by an officer")
    incidents = models.ManyToManyField(Incident, related_name="reviews")
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=12, choices=Rung, blank=True)
    reasons = models.CharField(max_length=500, blank=True, help_text="About the agency; no worker")
    until_on = models.DateField(null=True, help_text="Of a suspension")

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recruiter"], condition=Q(decided_at=None), name="review_one_open_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decision="")
                | Q(decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(decision="")
                & ~Q(reasons=""),
                name="review_decided_by_a_person_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recruiter_id} {self.opened_at:%Y-%m-%d}"
