"""Who was trained on a form, and what was practised."""

from django.db import models

from mekhala.forms.models.versions import FormVersion
from mekhala.safeguards.access.models import Officer


class Training(models.Model):
    """An officer was trained in one version of a form on a day; recorded once, never changed."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="trainings")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="trainings")
    held_on = models.DateField()
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "version", "held_on"], name="training_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.held_on}"


class Practised(models.Model):
    """How many practice forms of a version an officer finished, and when last; no answers."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="practised")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="practised")
    finished = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "version"], name="practised_once")
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.finished}"
