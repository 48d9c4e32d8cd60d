"""Workers: where they went, what they leave with us, and whom to ask after."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.labour_migration.models.recruiters import Employer, Incident, Recruiter
from mekhala.pathway.labour_migration.models.taken_back import STANDS, MayBeTakenBack
from mekhala.pathway.labour_migration.words import (
    Complainant,
    Found,
    Kind,
    Whom,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity.fields import SealedBytes, SealedText


class Worker(models.Model):
    """What one worker left with us, under a number of its own; ``case`` once one was opened."""

    number = models.CharField(max_length=20, primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    opened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at", "number"]

    def __str__(self) -> str:
        return self.number


class Deployment(MayBeTakenBack):
    """One worker, sent by one agency to one employer, in a year. A complaint may be put to it."""

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="deployments")
    recruiter = models.ForeignKey(Recruiter, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "recruiter", "employer", "year"], condition=STANDS,
                name="deployment_once_a_year",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.worker_id} {self.year}"


class Complaint(models.Model):
    """Somebody complains of an agency. The agency never sees it: only kinds and a month."""

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="complaints")
    recruiter = models.ForeignKey(Recruiter, models.PROTECT, related_name="+")
    incident = models.OneToOneField(Incident, models.PROTECT, related_name="+")
    deployment = models.ForeignKey(
        Deployment, models.PROTECT, null=True, related_name="complaints", help_text="Which work"
    )
    country = models.CharField(max_length=3)
    by_whom = models.CharField(max_length=12, choices=Complainant)
    kinds = ArrayField(models.CharField(max_length=20, choices=Kind))
    received_on = models.DateField()
    words = SealedText(person="worker_id", bound=("recorded_at",), max_length=4000)
    labour_may_read = models.BooleanField(
        null=True, help_text="The worker's word; empty: not asked"
    )
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-received_on", "-id"]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.received_on}"


class Departure(models.Model):
    """A worker leaves: the checklist that was gone through, and the worker's own contract."""

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="departures")
    recruiter = models.ForeignKey(Recruiter, models.PROTECT, null=True, related_name="+")
    country = models.CharField(max_length=3)
    leaves_on = models.DateField(null=True)
    checklist = models.CharField(max_length=20, blank=True, help_text="Number of the filled form")
    contract = SealedBytes(person="worker_id", bound=("recorded_at",))
    contract_kind = models.CharField(max_length=60, blank=True, help_text="MIME type")
    copy_given_on = models.DateField(null=True, help_text="The worker got her or his own copy")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.country}"


class AskAfter(models.Model):
    """Somebody who leaves wants to be asked after: opted in, and out again at any time."""

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="asked_after")
    place_code = models.CharField(max_length=8, help_text="The village; gazetteer code")
    how = SealedText(
        person="worker_id", bound=("recorded_at",), max_length=300,
        help_text="How the person wants to be reached, in her or his words",
    )  # fmt: skip
    contact = SealedText(
        person="worker_id", bound=("recorded_at",), max_length=300,
        help_text="Whom to ask if the person is not reached; empty: nobody",
    )  # fmt: skip
    every_days = models.PositiveSmallIntegerField(default=30)
    next_on = models.DateField(null=True, help_text="Empty: not asked after any more")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["next_on", "id"]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.next_on}"


class Asked(models.Model):
    """Once asked how the person is: whom, when, and what came of it."""

    ask_after = models.ForeignKey(AskAfter, models.PROTECT, related_name="askings")
    whom = models.CharField(max_length=10, choices=Whom)
    asked_on = models.DateField()
    found = models.CharField(max_length=12, choices=Found)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.ask_after_id} {self.asked_on}"
