"""The mappings authors add, and what became of each filled form."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.forms.models import Form, FormVersion, Submission
from mekhala.intake.errors import Why
from mekhala.pathway.screening.models import ScreeningOutcome
from mekhala.population.surveys.models import RoundPost
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency


class KeptMapping(models.Model):
    """What the answers of a form become, as an author wrote it. The newest that fits holds."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="mappings")
    number = models.PositiveIntegerField(help_text="Counts from 1 for each form")
    source = models.TextField(help_text="TOML, exactly as it was added")
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["form", "-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="mapping_number")]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"


class State(models.TextChoices):
    """What became of a filled form."""

    DONE = "done", _("Taken over")
    NOTHING = "nothing", _("Kept; nothing was to be opened")
    WAITS = "waits", _("Waits")


class Became(models.TextChoices):
    """What was opened or kept in a room from a filled form."""

    CASE = "case", _("A case")
    MEETING = "meeting", _("A meeting in a case")
    SCREENING = "screening", _("A screening")
    REFUSAL = "refusal", _("A no to going on, counted without anybody")
    NAME = "name", _("A name, sealed in the vault")
    REFERRED = "referred", _("Sent to the competent authority")
    FOLLOWED = "followed", _("How things stand, on the support plan")
    COUNTED = "counted", _("People counted in a survey")
    WATCHED = "watched", _("What was seen at a hearing, on the file of the accused")


class Taken(models.Model):
    """What one filled form became, by which mapping; one row a form, made anew with each mapping.

    ``because``: the words of the mapping for why nothing was opened. ``figures`` and ``on`` are
    what it adds to a survey's day: counts, nobody by name.
    """

    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="taken", db_constraint=False
    )  # erased room by room, the form first: a constraint would stand in the way
    number = models.CharField(max_length=20, unique=True, help_text="Of the filled form")
    state = models.CharField(max_length=10, choices=State)
    became = ArrayField(models.CharField(max_length=10, choices=Became), default=list)
    advice = models.CharField(max_length=20, choices=ScreeningOutcome, blank=True)
    because = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=20, choices=Why, blank=True)
    question = models.CharField(max_length=300, blank=True)
    refusal = models.CharField(max_length=60, blank=True, help_text="Which refusal of a room")
    mapping_sha256 = models.CharField(max_length=64)
    at_post = models.ForeignKey(RoundPost, models.PROTECT, null=True, related_name="+")
    on = models.DateField(null=True)
    figures = models.JSONField(default=dict)
    answers_counted = models.BooleanField(
        default=False, help_text="Its choices stand in AnswerCount"
    )
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="waits") & ~models.Q(why="")
                | ~models.Q(state="waits") & models.Q(why=""),
                name="taken_says_why_it_waits",
            ),
        ]
        indexes = [
            models.Index(fields=["at_post", "on"], condition=models.Q(at_post__isnull=False),
                         name="taken_of_a_day"),
            models.Index(fields=["-taken_at"], condition=models.Q(state="waits"),
                         name="taken_waiting"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class AnswerCount(models.Model):
    """How often a choice was answered in the forms an agency sent; a count, nobody's answers.

    ``choice`` empty: how often the question was answered at all. See ``answer_counts.py``.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    question = models.CharField(max_length=300, help_text="Its path in the form")
    choice = models.CharField(max_length=120, blank=True, help_text="A code of the form itself")
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "version", "question", "choice"], name="answers_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.choice}"
