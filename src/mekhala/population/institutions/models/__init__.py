"""Who owes what, which projects there are, what other countries were asked, what was taught."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from mekhala.population.institutions.words import Activity, Asked, Currency, Half, Outcome, Status

OFFICER = "access.Officer"


class Mandate(models.Model):
    """What a body owes, by which office, from a day on. Never edited: a change replaces it.

    ``office`` is an office and no person; empty: none is named. ``ended``: owed no more.
    """

    body = models.CharField(max_length=160)
    committee = models.CharField(max_length=160, blank=True, help_text="Of which committee, if any")
    duty = models.CharField(max_length=300)
    office = models.CharField(max_length=160, blank=True, help_text="An office; empty: none named")
    since = models.DateField()
    source = models.CharField(max_length=300, help_text="Where it is written")
    ended = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True, help_text="Of a change")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["body", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(reason=""), name="mandate_changed_for_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.duty}"


class Project(models.Model):
    """A project of a ministry or donor. ``budget`` empty: nobody said; it is not nothing."""

    title = models.CharField(max_length=200)
    title_km = models.CharField(max_length=200, blank=True)
    run_by = models.CharField(max_length=160)
    donor = models.CharField(max_length=160, blank=True, help_text="Empty: not known")
    budget = models.PositiveBigIntegerField(null=True)
    currency = models.CharField(max_length=3, choices=Currency, blank=True)
    begins_on = models.DateField(null=True, help_text="As planned")
    ends_on = models.DateField(null=True, help_text="As planned")
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["title", "run_by"], name="project_once"),
            models.CheckConstraint(
                condition=Q(budget=None, currency="") | Q(budget__isnull=False) & ~Q(currency=""),
                name="project_budget_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="project_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        said = self.corrected
        khmer = (get_language() or "").startswith("km")
        return said.title_km if khmer and said.title_km else said.title

    @property
    def corrected(self) -> "Project | ProjectCorrection":
        """Return the last word on title and budget: the newest correction, or the project."""
        return next(iter(self.corrections.all()), self) if self.pk else self


class ProjectCorrection(models.Model):
    """Title and budget of a project told anew, and why. What was told before stays readable."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="corrections")
    title = models.CharField(max_length=200)
    title_km = models.CharField(max_length=200, blank=True)
    budget = models.PositiveBigIntegerField(null=True, help_text="Empty: nobody said")
    currency = models.CharField(max_length=3, choices=Currency, blank=True)
    source = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(source="") & ~Q(title=""),
                name="project_corrected_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(budget=None, currency="") | Q(budget__isnull=False) & ~Q(currency=""),
                name="project_correction_budget_has_a_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} corrected"


class ProjectStatus(models.Model):
    """How far a project has come, from a day on, and who says so. Never edited."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="statuses")
    status = models.CharField(max_length=10, choices=Status)
    since = models.DateField()
    said_by = models.CharField(max_length=160, help_text="A body, no person")
    source = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "status"], name="project_status_once"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(said_by="") & ~Q(source=""),
                name="project_status_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.status}"


class CooperationRequest(models.Model):
    """One request to another country, by its own number: no case, no name. Answered once."""

    reference = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=Asked)
    country = models.CharField(max_length=3, help_text="ISO 3166-1 alpha-3")
    asked_by = models.CharField(max_length=160, help_text="Which body asks")
    sent_on = models.DateField()
    due_on = models.DateField(null=True, help_text="Empty: no day was set")
    answered_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, outcome="")
                | Q(answered_on__gte=F("sent_on")) & ~Q(outcome=""),
                name="request_answered_after_it_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("sent_on")),
                name="request_due_after_it_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Taught(models.Model):
    """What a body taught in a place in half a year. Empty is not known, never nothing.

    ``knew_…``: how many of those tested knew what they were to know. Never edited: a later row of
    the same place, half-year, body and activity stands in its place, with a reason.
    """

    activity = models.CharField(max_length=10, choices=Activity)
    place_code = models.CharField(max_length=8, help_text="Gazetteer code")
    year = models.PositiveSmallIntegerField()
    half = models.PositiveSmallIntegerField(choices=Half)
    held_by = models.CharField(max_length=160)
    sessions = models.PositiveIntegerField(null=True)
    taught = models.PositiveIntegerField(null=True, help_text="People")
    tested_before = models.PositiveIntegerField(null=True)
    knew_before = models.PositiveIntegerField(null=True)
    tested_after = models.PositiveIntegerField(null=True)
    knew_after = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=300)
    reason = models.CharField(max_length=300, blank=True, help_text="Of a correction")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "-half", "place_code", "id"]
        verbose_name_plural = "taught"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "place_code", "year", "half", "held_by"],
                condition=Q(replaces=None), name="taught_once_a_half_year",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(reason=""), name="taught_corrected_for_a_reason"
            ),
            *[
                models.CheckConstraint(
                    condition=Q(**{f"tested_{when}": None, f"knew_{when}": None})
                    | Q(**{f"knew_{when}__lte": F(f"tested_{when}")}),
                    name=f"taught_knew_of_those_tested_{when}",
                )
                for when in ("before", "after")
            ],
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.activity} {self.place_code} {self.year}/{self.half}"


from mekhala.population.institutions.models.oversight import (  # noqa: E402 - one app, two files
    BodyChange,
    Influence,
    Policy,
    Reached,
    ReportDue,
    Target,
)

__all__ = [
    "BodyChange", "CooperationRequest", "Influence", "Mandate", "Policy", "Project",
    "ProjectCorrection", "ProjectStatus", "Reached", "ReportDue", "Target", "Taught",
]  # fmt: skip
