"""What bodies are held to: how they came to be, what they report, aim at, and who had a hand in it.

Lines are never edited. A report comes once; what was reached and who had a hand are further lines.
"""

from django.db import models
from django.db.models import F, Q

from mekhala.population.institutions.words import Became, Hand

OFFICER = "access.Officer"


class BodyChange(models.Model):
    """What became of a body on a day. ``into``: the body that goes on in its place, if any."""

    body = models.CharField(max_length=160)
    became = models.CharField(max_length=10, choices=Became)
    into = models.CharField(max_length=160, blank=True)
    since = models.DateField()
    source = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["body", "became", "since"], name="body_change_once"),
            models.CheckConstraint(
                condition=Q(became__in=["founded", "ended"], into="")
                | Q(became__in=["renamed", "merged"]) & ~Q(into="") & ~Q(into=F("body")),
                name="body_change_says_into_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.became}"


class ReportDue(models.Model):
    """A report that a body owes by a day, and the day on which it came. Empty: it has not come."""

    body = models.CharField(max_length=160)
    report = models.CharField(max_length=200)
    period = models.CharField(max_length=60, help_text="As the report calls it")
    owed_to = models.CharField(max_length=160)
    due_on = models.DateField()
    source = models.CharField(max_length=300, help_text="Where it is written that it is owed")
    came_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-due_on", "body", "id"]
        constraints = [
            models.UniqueConstraint(fields=["body", "report", "period"], name="report_due_once")
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.period}"


class Target(models.Model):
    """What a plan says shall be reached by a day, in a number of a unit."""

    plan = models.CharField(max_length=160)
    body = models.CharField(max_length=160)
    what = models.CharField(max_length=300)
    unit = models.CharField(max_length=60)
    aim = models.PositiveBigIntegerField()
    by_day = models.DateField()
    source = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "by_day", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "body", "what"], name="target_once")]

    def __str__(self) -> str:
        return self.what


class Reached(models.Model):
    """How much of a target was reached up to a day, and who says so. The newest line holds."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="reached")
    count = models.PositiveBigIntegerField()
    as_of = models.DateField()
    said_by = models.CharField(max_length=160, help_text="A body, no person")
    source = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-as_of", "-id"]
        verbose_name_plural = "reached"

    def __str__(self) -> str:
        return f"{self.target_id} {self.as_of}"


class Policy(models.Model):
    """A law, plan or rule that a body adopted, so that it can be told who had a hand in it."""

    title = models.CharField(max_length=200)
    adopted_by = models.CharField(max_length=160)
    adopted_on = models.DateField()
    source = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-adopted_on", "title", "id"]
        verbose_name_plural = "policies"
        constraints = [models.UniqueConstraint(fields=["title", "adopted_by"], name="policy_once")]

    def __str__(self) -> str:
        return self.title


class Influence(models.Model):
    """That a body or state had a hand in a policy, and in which way. None kept: nobody has said."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="influences")
    who = models.CharField(max_length=160, help_text="A body or state, no person")
    hand = models.CharField(max_length=10, choices=Hand)
    source = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["who", "id"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "who", "hand"], name="influence_once")
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.hand}"
