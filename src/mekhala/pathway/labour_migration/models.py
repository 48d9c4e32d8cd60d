"""Recruitment agencies and what they did; what a worker leaves with us; village funds."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.labour_migration.words import (
    Complainant,
    EntryKind,
    Found,
    Kind,
    Outcome,
    Rung,
    Source,
    Whom,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.identity.fields import SealedBytes, SealedText


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


class Licence(models.Model):
    """A licence from a day to a day; ended early on another."""

    recruiter = models.ForeignKey(Recruiter, models.PROTECT, related_name="licences")
    number = models.CharField(max_length=40, unique=True)
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
            )
        ]

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


class Review(models.Model):
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


class Deployment(models.Model):
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
                fields=["worker", "recruiter", "employer", "year"], name="deployment_once_a_year"
            )
        ]

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


class VillageFund(models.Model):
    """Money a village keeps so that nobody borrows from a broker. Its ledger is open to all."""

    name = models.CharField(max_length=160)
    name_km = models.CharField(max_length=160, blank=True)
    place_code = models.CharField(max_length=8, help_text="Gazetteer code")
    keeper = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    terms = models.CharField(max_length=300, help_text="Interest, time to repay, who may borrow")
    opened_on = models.DateField()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        khmer = (get_language() or "").startswith("km")
        return self.name_km if khmer and self.name_km else self.name


class FundEntry(models.Model):
    """One line of the ledger, in riel. A loan has a number and no name. Never edited.

    A wrong line stays; another takes it back, with the reason, from its own day on.
    """

    fund = models.ForeignKey(VillageFund, models.PROTECT, related_name="entries")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=EntryKind)
    riel = models.PositiveBigIntegerField()
    loan = models.CharField(max_length=20, blank=True, help_text="Number of the loan")
    due_on = models.DateField(null=True, help_text="Of a loan: repaid by")
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="taken_back_by", help_text="A wrong line"
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why it is taken back; no name")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(riel__gt=0), name="fund_entry_moves_money"),
            models.CheckConstraint(
                condition=~Q(kind="taken_back") & Q(takes_back=None, reason="")
                | Q(kind="taken_back", takes_back__isnull=False) & ~Q(reason=""),
                name="fund_entry_taken_back_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["lent", "repaid", "forgiven"]) | ~Q(loan=""),
                name="fund_entry_of_a_loan_names_it",
            ),
            models.UniqueConstraint(
                fields=["fund", "loan"], condition=Q(kind="lent"), name="fund_loan_lent_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.on} {self.kind}"
