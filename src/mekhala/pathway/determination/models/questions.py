"""The question put to the authority: at which stage, by when, and how its clock ran."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity.fields import SealedText


class Stage(models.TextChoices):
    """How far the question goes. Their times and standards of proof: ``core.calendar.stages``."""

    REASONABLE_GROUNDS = "reasonable_grounds", _("Reasonable grounds")
    CONCLUSIVE_GROUNDS = "conclusive_grounds", _("Conclusive grounds")


class Element(models.TextChoices):
    """The elements of trafficking in persons: Palermo Protocol, Article 3."""

    ACT = "act", _("Act")
    MEANS = "means", _("Means")
    PURPOSE = "purpose", _("Purpose")


class GroundToAskAgain(models.TextChoices):
    """Why a decision is looked at again."""

    NEW_EVIDENCE = "new_evidence", _("There is new evidence")
    GUIDANCE = "guidance", _("The decision departs from the guidance")


class DeterminationFile(models.Model):
    """One question to the authority about one case, open until it is decided.

    What was found under an earlier question of the case goes along: the facts of a person are
    one body, whichever question they were recorded for.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.REASONABLE_GROUNDS)
    opened_at = models.DateTimeField(db_index=True)
    opened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    screened_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    conduct_from = models.CharField(max_length=10, blank=True, help_text="2009, 2009-03 or a day")
    conduct_to = models.CharField(max_length=10, blank=True)
    due_on = models.DateField()
    not_before = models.DateField(null=True, help_text="Nobody decides before: time to recover")
    paused_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    asks_again = models.ForeignKey(
        "determination.Decision", models.PROTECT, null=True, related_name="asked_again",
        help_text="The decision looked at again; it stays as it is",
    )  # fmt: skip
    asked_grounds = ArrayField(
        models.CharField(max_length=20, choices=GroundToAskAgain), default=list
    )
    asked_because = SealedText(person="case_id", bound=("stage", "opened_at"))
    late_because = SealedText(
        person="case_id", bound=("stage", "opened_at"),
        help_text="Why it is asked after the time allowed",
    )  # fmt: skip

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
            ),
            models.UniqueConstraint(
                fields=["case"],
                name="file_first_question_once",
                condition=Q(stage="reasonable_grounds", asks_again=None),
            ),
            models.CheckConstraint(
                condition=Q(asks_again=None) | ~Q(asked_because=b""),
                name="file_asks_again_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.pk}"


class ClockAct(models.TextChoices):
    """What was done to the clock of a question."""

    PAUSED = "paused", _("Paused")
    RESUMED = "resumed", _("Goes on")
    EXTENDED = "extended", _("Extended")
    MINIMUM_ENDED = "minimum_ended", _("Minimum time ended at the person's wish")


class ClockReason(models.TextChoices):
    """Why. Waiting the person asked for is not delay."""

    PERSONS_WISH = "persons_wish", _("The person wishes it")
    HEALTH = "health", _("The person's health")
    SAFETY = "safety", _("The person's safety")
    NOT_REACHED = "not_reached", _("The person cannot be reached")
    INTERPRETER = "interpreter", _("No interpreter yet")
    EVIDENCE = "evidence", _("A document or answer is on its way")
    REASON_ENDED = "reason_ended", _("The reason for waiting has ended")


class ClockChange(models.Model):
    """One change of a question's clock, with its reason. Never edited."""

    file = models.ForeignKey(DeterminationFile, models.PROTECT, related_name="clock_changes")
    act = models.CharField(max_length=20, choices=ClockAct)
    reason = models.CharField(max_length=20, choices=ClockReason)
    because = SealedText(person="file.case_id", bound=("file_id", "act", "changed_at"))
    due_before = models.DateField()
    due_on = models.DateField(help_text="Due on this day from here on")
    changed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["changed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("due_before")), name="clock_never_shortened"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.act}"
