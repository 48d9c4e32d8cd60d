"""Linkage runs with all that repeats them, the pairs people look at, and what came of both.

Nothing here holds a name: records are numbers of ``ListRecord``, and stay when those are erased.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mekhala.core.matching.reviewed import Answer as Said
from mekhala.safeguards.identity.fields import SealedText

NOTE = 300  # characters of a note


class RunState(models.TextChoices):
    """How far a run is."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being linked")
    REVIEW = "review", _("Linked, in review")
    SETTLING = "settling", _("Review closed, being counted")
    SETTLED = "settled", _("Settled")
    COMPARED = "compared", _("Repeated and compared")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("The work failed")


AT_WORK = (RunState.WAITING, RunState.RUNNING)
LINKED = (RunState.REVIEW, RunState.SETTLING, RunState.SETTLED, RunState.COMPARED)


class LinkageRun(models.Model):
    """One linking of whole lists, with all that repeats it. What was asked is never altered.

    ``lists`` holds what was taken: ``[{"id", "source", "kept", "records", "digest", "stage",
    "is_distinct", "years"}]``. ``model`` is the linker's own text (JSON): as it was given, or as it
    was learnt.
    ``data_hash`` is that of the records, ``result_hash`` that of pairs and people, both without
    any name; a run that ``repeats`` another keeps no pairs and is told by them.
    """

    number = models.CharField(max_length=20, unique=True)
    lists = models.JSONField(help_text="What was taken of which list")
    threshold = models.FloatField(default=0.95)
    review_from = models.FloatField(default=0.5)
    seed = models.PositiveIntegerField(default=1)
    engine = models.CharField(max_length=10, default="duckdb")
    sample = models.PositiveIntegerField(default=0, help_text="Pairs drawn to check it; 0: none")
    model_given = models.TextField(blank=True, help_text="Empty: learnt from these lists")
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeated_by")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="When the worker last gave a sign of life")
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.JSONField(default=dict, help_text="{done, total}: steps")
    done_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING)
    because = models.CharField(max_length=400, blank=True, help_text="Why it was refused")
    version = models.CharField(max_length=40, blank=True)
    data_hash = models.CharField(max_length=64, blank=True)
    result_hash = models.CharField(max_length=64, blank=True)
    model = models.TextField(blank=True)
    figures = models.JSONField(
        default=dict, help_text="{records, people, pairs, to_review, unlinkable, seconds}"
    )
    review_closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=LINKED)
                | Q(done_at__isnull=False) & ~Q(version="") & ~Q(data_hash="") & ~Q(model=""),
                name="linkage_run_linked_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class LinkedPair(models.Model):
    """Two records the linker found likely enough to hand over; the smaller number stands left.

    ``levels`` is kept for pairs to be reviewed: ``[{"field", "level", "bits", "because"}]``, codes
    and sentences without any value. ``probability`` is 0 for a pair the linker did not hand over
    and that was drawn to check it (``SampledPair``).
    """

    run = models.ForeignKey(LinkageRun, models.PROTECT, related_name="pairs")
    left = models.BigIntegerField()
    right = models.BigIntegerField()
    probability = models.FloatField()
    is_uncertain = models.BooleanField(default=False)
    levels = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "left", "right"], name="linked_pair_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="linked_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.left}-{self.right}"


class LinkedRecord(models.Model):
    """Whom the linker took a record for, and the year of its event for the cohorts."""

    run = models.ForeignKey(LinkageRun, models.PROTECT, related_name="records")
    record = models.BigIntegerField()
    source = models.CharField(max_length=40)
    person = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "record"], name="linked_record_once")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.record}"


class RunReviewer(models.Model):
    """An officer whom a statistician named to review the uncertain pairs of one run."""

    run = models.ForeignKey(LinkageRun, models.PROTECT, related_name="reviewers")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["named_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "officer"], condition=Q(ended_at=None), name="reviewer_named_once"
            ),
            models.CheckConstraint(
                condition=~Q(officer=F("named_by")), name="reviewer_named_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.officer_id}"


class SampledPair(models.Model):
    """A pair that was drawn to check the linkage, and what it stands for; read after the review.

    As ``core.matching.review_sample.Drawn``: ``of`` draws of the ``stratum``, ``times`` of them
    this pair, each for ``weight`` pairs. ``groups``: the groups of both records, in bands
    (``core.matching.groups``).
    """

    run = models.ForeignKey(LinkageRun, models.PROTECT, related_name="sampled")
    pair = models.OneToOneField(LinkedPair, models.PROTECT, related_name="sampled")
    stratum = models.CharField(max_length=40)
    of = models.PositiveIntegerField()
    weight = models.FloatField()
    times = models.PositiveIntegerField(default=1)
    groups = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.run_id}: {self.stratum}"


class PairState(models.TextChoices):
    """How far the review of a pair is."""

    OPEN = "open", _("Not looked at")
    ONE = "one", _("One answer")
    THIRD = "third", _("Two answers that differ")
    SETTLED = "settled", _("Settled")


class SaidOfPair(models.TextChoices):
    """What a reviewer may say."""

    SAME = Said.SAME.value, _("Same person")
    DIFFERENT = Said.DIFFERENT.value, _("Different people")
    CANNOT_TELL = Said.CANNOT_TELL.value, _("Cannot tell")


class ReviewPair(models.Model):
    """An uncertain or drawn pair, in an order that tells nothing, and what reviewers say together.

    Written by the database alone, and read by nobody until the review of the run is closed.
    """

    run = models.ForeignKey(LinkageRun, models.PROTECT, related_name="review_pairs")
    pair = models.OneToOneField(LinkedPair, models.PROTECT, related_name="review")
    place = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=PairState, default=PairState.OPEN)
    outcome = models.CharField(max_length=12, choices=SaidOfPair, blank=True)

    class Meta:
        ordering = ["place"]
        indexes = [models.Index(fields=["run", "state", "place"], name="review_pair_next")]
        constraints = [
            models.UniqueConstraint(fields=["run", "place"], name="review_pair_place_once"),
            models.CheckConstraint(
                condition=Q(state="settled") ^ Q(outcome=""), name="review_pair_settled_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.place}"


class ReviewAnswer(models.Model):
    """What one reviewer says of one pair. The officer's own; others read it after the review.

    Never altered; ``undone_at`` takes it back while it is one of the officer's last three.
    """

    review_pair = models.ForeignKey(ReviewPair, models.PROTECT, related_name="answers")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said = models.CharField(max_length=12, choices=SaidOfPair)
    note = SealedText(
        person="review_pair.run.number", bound=("review_pair_id", "officer_id", "at"),
        max_length=NOTE, blank=True,
    )  # fmt: skip
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["review_pair", "officer"], condition=Q(undone_at=None),
                name="review_answer_once_each",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.review_pair_id}: {self.officer_id}"


class RecordShown(models.Model):
    """That one record of a list was shown to a reviewer: it may be opened within the hour.

    The database alone writes it, and counts it; row security of ``ListRecord`` reads it.
    """

    run = models.ForeignKey(LinkageRun, models.PROTECT, related_name="shown")
    record = models.BigIntegerField()
    review_pair = models.ForeignKey(ReviewPair, models.PROTECT, null=True, related_name="shown")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["officer", "at"], name="record_shown_to"),
            models.Index(fields=["record", "officer"], name="record_shown_which"),
            models.Index(fields=["review_pair", "at"], name="record_shown_of_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.record}"


class Settlement(models.Model):
    """What came of a run once its review was closed: people, overlap table, funnel. Never altered.

    ``reviewed`` counts pairs by outcome and what was left; ``funnel`` is that of
    ``core.matching.attrition`` with small counts withheld; ``checked`` what the drawn sample says,
    empty where none was drawn.
    """

    run = models.OneToOneField(LinkageRun, models.PROTECT, related_name="settlement")
    table = models.ForeignKey(
        "linkage.OverlapTable", models.PROTECT, null=True, related_name="settlements"
    )
    at = models.DateTimeField()
    people = models.PositiveIntegerField()
    reviewed = models.JSONField(help_text="{outcome: pairs, left, against}")
    funnel = models.JSONField()
    checked = models.JSONField(default=dict, help_text="{rates, quality} or {why}")

    def __str__(self) -> str:
        return f"{self.run_id}: {self.people}"


class SettledRecord(models.Model):
    """Whom a record was taken for in the end."""

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="records")
    record = models.BigIntegerField()
    source = models.CharField(max_length=40)
    person = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "record"], name="settled_record_once")
        ]
        indexes = [models.Index(fields=["settlement", "person"], name="settled_person")]

    def __str__(self) -> str:
        return f"{self.settlement_id}: {self.record}"
