"""Tries to open a file in an emergency, whether it was there or not, and their reviews."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.emergency.reasons import Part, Reason


class Opening(models.Model):
    """One try. ``until`` None: nothing was opened, and nothing is to be reviewed.

    ``parts`` is what of the file the emergency needs. ``justified`` None: not reviewed yet. Rows
    are written by functions of the database only.
    """

    file_number = models.CharField(max_length=20)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason)
    words = models.CharField(max_length=1000)
    parts = ArrayField(models.CharField(max_length=12, choices=Part), default=list)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    review_due = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    justified = models.BooleanField(null=True)
    review_words = models.CharField(max_length=1000, blank=True)
    suspended_at = models.DateTimeField(null=True, help_text="The review was overdue")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["officer", "-at"], name="emergency_of_officer")]

    def __str__(self) -> str:
        return f"{self.file_number} ({self.reason})"

    def is_live(self, now: datetime) -> bool:
        """Return whether the file is still open to the officer."""
        return self.until is not None and self.until > now

    def is_overdue(self, now: datetime) -> bool:
        """Return whether nobody has reviewed this in time."""
        return self.review_due is not None and self.justified is None and self.review_due < now
