"""Runs of an estimator, with all that is needed to repeat them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.population.linkage.models import OverlapTable


class RunState(models.TextChoices):
    """How far a run is."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


class EstimateRun(models.Model):
    """One method on one overlap table. The number never stands without interval and model."""

    table = models.ForeignKey(OverlapTable, models.PROTECT, related_name="runs")
    method = models.CharField(max_length=30)
    level = models.FloatField(default=0.95)
    bootstrap = models.PositiveIntegerField(default=0)
    seed = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING)
    result = models.JSONField(null=True, help_text="The estimate as the library answered it")

    class Meta:
        ordering = ["-asked_at", "method"]

    def __str__(self) -> str:
        return f"{self.method} {self.state}"
