"""Frames, posts, rounds and the figures of each post and day. Counts only: no person is here."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from mekhala.population.surveys.grades import GRADES, Design, Reason
from mekhala.population.surveys.leaving import Home, OfSex, Said, Topic
from mekhala.safeguards.agencies.models import Agency

COUNTS = (
    "approached", "refused", "missed", "screened", *GRADES,
    *(f"{grade}_{part}" for grade in GRADES for part in ("examined", "confirmed")),
)  # fmt: skip


class SamplingFrame(models.Model):
    """Whom a survey can reach, and whom it cannot. Never edited: another frame takes its place.

    Frames of one ``survey`` stand in one trend; rounds of unlike frames are not joined in it.
    """

    survey = models.CharField(max_length=120, help_text="Name of the survey it is a frame of")
    name = models.CharField(max_length=120)
    population = models.TextField(max_length=500, help_text="Whom the sample stands for")
    place = models.CharField(max_length=120)
    not_covered = models.TextField(max_length=500, help_text="Who cannot be in the sample")
    size = models.PositiveIntegerField(null=True, blank=True, help_text="People; null: not known")
    size_source = models.CharField(max_length=200, blank=True)
    worked_by = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["survey", "made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "name"], name="frame_named_once",
                violation_error_message=_("This survey has a frame of this name."),
            ),
            models.CheckConstraint(
                condition=~Q(not_covered="") & ~Q(population=""), name="frame_says_whom"
            ),
            models.CheckConstraint(
                condition=Q(size__isnull=True) | (~Q(size_source="") & Q(size__gt=0)),
                name="frame_size_has_a_source",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.survey}: {self.name}"


class Post(models.Model):
    """A post or venue of a frame where people are approached.

    ``frequency`` is how many times a week a person of the population comes here on average;
    ``size`` how many come on an open day. Null: not known.
    """

    frame = models.ForeignKey(SamplingFrame, models.PROTECT, related_name="posts")
    name = models.CharField(max_length=120)
    frequency = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["frame", "name"], name="post_named_once",
                violation_error_message=_("This frame has a post of this name."),
            ),
            models.CheckConstraint(
                condition=Q(frequency__isnull=True) | Q(frequency__gt=0), name="post_visited"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Round(models.Model):
    """One time the survey was done: a period, one questionnaire in one version, one design."""

    frame = models.ForeignKey(SamplingFrame, models.PROTECT, related_name="rounds")
    name = models.CharField(max_length=60)
    begins_on = models.DateField()
    ends_on = models.DateField()
    tool = models.CharField(max_length=120, help_text="Indicator set or questionnaire")
    tool_version = models.CharField(max_length=40)
    definition = models.TextField(max_length=500, help_text="What each grade means")
    design = models.CharField(max_length=20, choices=Design)
    method = models.TextField(max_length=500, help_text="How people were chosen at a post")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["begins_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["frame", "name"], name="round_named_once",
                violation_error_message=_("This frame has a round of this name."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="round_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(tool="") & ~Q(tool_version="") & ~Q(definition=""),
                name="round_says_how_it_counts",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class RoundPost(models.Model):
    """A post as it was planned in a round, with the days on which it was to be worked."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="posts")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    days_planned = models.PositiveIntegerField()

    class Meta:
        ordering = ["post__name"]
        constraints = [
            models.UniqueConstraint(fields=["round", "post"], name="post_once_in_a_round"),
            models.CheckConstraint(condition=Q(days_planned__gt=0), name="post_has_days"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.post_id}"


def _second_phase(grade: str) -> models.CheckConstraint:
    examined, confirmed = f"{grade}_examined", f"{grade}_confirmed"
    neither = Q(**{f"{examined}__isnull": True, f"{confirmed}__isnull": True})
    both = Q(**{f"{examined}__isnull": False, f"{confirmed}__isnull": False})
    fits = Q(**{f"{examined}__lte": F(grade), f"{confirmed}__lte": F(examined)})
    return models.CheckConstraint(
        condition=neither | (both & fits), name=f"day_{grade}_confirmed_of_examined"
    )


_COUNTED = Q(refused__isnull=False, missed__isnull=False)
_NOT_COUNTED = Q(refused__isnull=True) | Q(missed__isnull=True)
_ALL = F("screened") + Coalesce(F("refused"), 0) + Coalesce(F("missed"), 0)


class DayTally(models.Model):
    """What was counted at one post on one day, in one version; the latest version holds.

    approached = refused + missed + screened; screened = strong + some + none + unclear. Null is
    "not counted", which is not 0. A version is never changed: a correction adds the next one.
    """

    at_post = models.ForeignKey(RoundPost, models.PROTECT, related_name="days")
    on = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    recorded_at = models.DateTimeField()
    approached = models.PositiveIntegerField(null=True, blank=True)
    refused = models.PositiveIntegerField(null=True, blank=True)
    missed = models.PositiveIntegerField(null=True, blank=True)
    screened = models.PositiveIntegerField()
    strong = models.PositiveIntegerField()
    some = models.PositiveIntegerField()
    none = models.PositiveIntegerField()
    unclear = models.PositiveIntegerField()
    strong_examined = models.PositiveIntegerField(null=True, blank=True)
    strong_confirmed = models.PositiveIntegerField(null=True, blank=True)
    some_examined = models.PositiveIntegerField(null=True, blank=True)
    some_confirmed = models.PositiveIntegerField(null=True, blank=True)
    none_examined = models.PositiveIntegerField(null=True, blank=True)
    none_confirmed = models.PositiveIntegerField(null=True, blank=True)
    unclear_examined = models.PositiveIntegerField(null=True, blank=True)
    unclear_confirmed = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["on", "at_post_id", "version"]
        verbose_name_plural = "day tallies"
        constraints = [
            models.UniqueConstraint(fields=["at_post", "on", "version"], name="day_version_once"),
            models.CheckConstraint(
                condition=Q(screened=F("strong") + F("some") + F("none") + F("unclear")),
                name="day_grades_add_up",
            ),
            models.CheckConstraint(
                condition=_NOT_COUNTED | (Q(approached__isnull=False) & Q(approached=_ALL)),
                name="day_adds_up",
            ),
            models.CheckConstraint(
                condition=_COUNTED | Q(approached__isnull=True) | Q(approached__gte=_ALL),
                name="day_not_more_than_approached",
            ),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason="")),
                name="day_changed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(reason=Reason.TAKEN_BACK) | Q(screened=0, approached=0),
                name="day_taken_back_is_empty",
            ),
            *(_second_phase(grade) for grade in GRADES),
        ]

    def __str__(self) -> str:
        return f"{self.at_post_id} {self.on} v{self.version}"


class AskedCount(models.Model):
    """How many of a group gave one answer, of people asked one by one; grows with each form.

    Beside a file's ``AnswerCount``, never instead of it; counts only, nobody's answers.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="asked_counts")
    topic = models.CharField(max_length=10, choices=Topic)
    answer = models.CharField(max_length=20, choices=Said)
    sex = models.CharField(max_length=10, choices=OfSex)
    home = models.CharField(max_length=10, choices=Home)
    asked = models.PositiveIntegerField()
    said = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "topic", "answer", "sex", "home"], name="asked_counted_once"
            ),
            models.CheckConstraint(condition=Q(said__lte=F("asked")), name="asked_said_of_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.answer} {self.sex} {self.home}"


class AnswerCount(models.Model):
    """How many of a group gave one answer to one question on leaving for work, in one round.

    Answers come as a whole file, in versions; the latest holds and none is changed. ``asked`` is
    who was asked that question, ``said`` who gave this answer. Counts only, as in a day.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="answer_counts")
    version = models.PositiveSmallIntegerField(default=1)
    topic = models.CharField(max_length=10, choices=Topic)
    answer = models.CharField(max_length=20, choices=Said)
    sex = models.CharField(max_length=10, choices=OfSex)
    home = models.CharField(max_length=10, choices=Home)
    asked = models.PositiveIntegerField()
    said = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["round_id", "version", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "version", "topic", "answer", "sex", "home"],
                name="answer_counted_once",
            ),
            models.CheckConstraint(condition=Q(said__lte=F("asked")), name="answer_of_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.topic} {self.answer} v{self.version}"
