"""Runs of an estimator, with all that is needed to repeat them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.population.linkage.models import OverlapTable


class RunState(models.TextChoices):
    """How far a run is."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("The work failed")


class Method(models.TextChoices):
    """Which estimators a run asks for; by default all of them, side by side."""

    ALL = "all", _("All methods, side by side")
    INDEPENDENCE = "independence", _("Independence")
    STEPWISE = "stepwise", _("Stepwise")


class EstimateRun(models.Model):
    """One asking for estimates on one overlap table, with all that repeats it.

    ``result`` is ``{"estimates": […], "agreement": {…}}`` as the estimators answered, or
    ``{"reasons": […]}`` beside it where no number can be defended. A number never stands
    without interval, model and assumption.
    """

    table = models.ForeignKey(OverlapTable, models.PROTECT, related_name="runs")
    method = models.CharField(max_length=30, choices=Method, default=Method.ALL)
    level = models.FloatField(default=0.95)
    bootstrap = models.PositiveIntegerField(default=1000)
    seed = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING)
    result = models.JSONField(null=True, help_text="The estimate as the library answered it")

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.method} {self.state}"
