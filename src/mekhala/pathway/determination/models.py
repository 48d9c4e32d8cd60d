"""The competent authority's file: findings with sources, readings, the decision."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer


class TraffickingStatus(models.TextChoices):
    """What the authority decided, in the words of the Human Trafficking Case Data Standard."""

    RECOGNISED = "ActualVictimOfTrafficking", _("Recognised as victim")
    NOT_ESTABLISHED = "NotAVictimOfTrafficking", _("Not established")


class SourceKind(models.TextChoices):
    """Where a finding comes from."""

    PERSON = "person", _("The person herself or himself")
    WITNESS = "witness", _("Another person")
    DOCUMENT = "document", _("A document or object")
    OFFICER = "officer", _("An officer saw it")
    SCREENING = "screening", _("The screening")


class Element(models.TextChoices):
    """The elements of trafficking in persons: Palermo Protocol, Article 3."""

    ACT = "act", _("Act")
    MEANS = "means", _("Means")
    PURPOSE = "purpose", _("Purpose")


class DeterminationFile(models.Model):
    """One question to the authority about one case, open until it is decided."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    opened_at = models.DateTimeField(db_index=True)
    opened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    screened_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    conduct_from = models.CharField(max_length=10, blank=True, help_text="2009, 2009-03 or a day")
    conduct_to = models.CharField(max_length=10, blank=True)
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(closed_at=None), name="file_open_by_due"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None), name="file_one_open_per_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.pk}"


class Finding(models.Model):
    """One fact, as one source has it. Kept for good; a change is another finding."""

    file = models.ForeignKey(DeterminationFile, models.PROTECT, related_name="findings")
    code = models.CharField(max_length=60, help_text="Fact code of the contract")
    made_out = models.BooleanField(null=True, help_text="Empty: not enough is known yet")
    source_kind = models.CharField(max_length=12, choices=SourceKind)
    because = models.TextField(help_text="What was said or seen, and how it came to us")
    said_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.code} {self.made_out}"


class Reading(models.Model):
    """One officer's reading of the file, made without sight of the other's. Never edited."""

    file = models.ForeignKey(DeterminationFile, models.PROTECT, related_name="readings")
    reader = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=40, choices=TraffickingStatus)
    reasons = models.TextField(help_text="In words, kept with the decision")
    differs_because = models.TextField(blank=True, help_text="Where the reading leaves the rule")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["read_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["file", "reader"], name="reading_one_per_officer")
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.answer}"


class Decision(models.Model):
    """One decision of the competent authority on one file.

    Never edited: a reconsideration adds a new decision that replaces this one.
    """

    file = models.OneToOneField(DeterminationFile, models.PROTECT, related_name="decision")
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    status = models.CharField(max_length=40, choices=TraffickingStatus)
    article = models.CharField(max_length=200, help_text="Citation of the text applied")
    outcome = models.JSONField(help_text="The assessment the readers saw, whole")
    reasons = models.JSONField(help_text="Each finding, as weighed on the day")
    decided_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    second_reader = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_index=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("second_reader")), name="decision_read_by_two_officers"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.status}"
