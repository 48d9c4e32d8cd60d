"""Runs of the estimators, with all that is needed to repeat them; repeats, and who signed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mekhala.population.linkage.models import OverlapTable


class RunState(models.TextChoices):
    """How far a run is."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being worked out")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("The work failed")


OPEN = (RunState.WAITING, RunState.RUNNING)
ANSWERED = (RunState.DONE, RunState.REFUSED)


class Method(models.TextChoices):
    """Which estimators a run asks for; by default all of them, side by side."""

    ALL = "all", _("All methods, side by side")
    CHAPMAN = "chapman", _("Two lists (Chapman)")
    INDEPENDENCE = "independence", _("Independence")
    STEPWISE = "stepwise", _("Stepwise")
    BIC = "bic", _("Search by BIC")
    BAYES_THRESHOLD = "bayes-threshold", _("Bayesian with threshold")
    DECOMPOSABLE = "decomposable", _("Averaging over graphs")
    LATENT_CLASS = "latent-class", _("Latent classes")
    CHAO = "chao", _("Lower bound (Chao)")


class EstimateRun(models.Model):
    """One asking for estimates on one overlap table, with all that repeats it.

    ``result`` is ``{"estimates": […], "agreement": {…}, "ties": {…}, "gate": {…}}`` as the library
    answered, with ``"reasons": […]`` beside it where no method gives a number. ``data_hash`` is
    that of the table when it was asked, ``version`` that of the code that answered. The database
    lets nobody alter what was asked, nor a run that is finished.
    """

    table = models.ForeignKey(OverlapTable, models.PROTECT, related_name="runs")
    data_hash = models.CharField(max_length=64, default="", blank=True)
    method = models.CharField(max_length=30, choices=Method, default=Method.ALL)
    level = models.FloatField(default=0.95)
    bootstrap = models.PositiveIntegerField(default=1000)
    seed = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    progress = models.JSONField(default=dict, help_text="{method, place, of, done, total}")
    done_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING)
    version = models.CharField(max_length=40, blank=True)
    result = models.JSONField(null=True, help_text="The estimates as the library answered them")

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=ANSWERED)
                | Q(result__isnull=False, done_at__isnull=False) & ~Q(version=""),
                name="run_answered_has_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.state}"


class RepeatState(models.TextChoices):
    """What came of a repeat."""

    WAITING = "waiting", _("Waiting")
    EQUAL = "equal", _("Equal")
    DIFFERS = "differs", _("Differs")
    FAILED = "failed", _("The work failed")


class Repeat(models.Model):
    """One run worked out again from the table and the settings that were kept.

    ``differs`` lists ``{"method", "field", "was", "is"}``, empty where every figure is equal to
    the last digit. Once finished, the database lets nobody alter it.
    """

    run = models.ForeignKey(EstimateRun, models.PROTECT, related_name="repeats")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=RepeatState, default=RepeatState.WAITING)
    version = models.CharField(max_length=40, blank=True)
    differs = models.JSONField(default=list)

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.run_id} {self.state}"


class Signature(models.Model):
    """A statistician answers for a run: read whole, repeated, and found equal. Never altered."""

    run = models.ForeignKey(EstimateRun, models.PROTECT, related_name="signatures")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["run", "by"], name="run_signed_once_each")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.at}"
