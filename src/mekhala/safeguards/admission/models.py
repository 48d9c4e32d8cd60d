"""An officer who is to be let in, and the digests of the two halves of their code."""

from datetime import datetime

from django.db import models

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.four_eyes.models import SecondSignature

TRIES = 5


class Admission(models.Model):
    """One officer may set a password of their own, once, until an instant, with two half codes.

    A half is made when the administrator it belongs to looks at it, and only its hash is kept.
    ``signature`` None: the first administrators of an installation, let in by who installs it.
    """

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="admissions")
    signature = models.OneToOneField(SecondSignature, models.PROTECT, null=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    first_half = models.CharField(max_length=128, blank=True)
    second_half = models.CharField(max_length=128, blank=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"admission {self.pk}"

    def is_open(self, now: datetime) -> bool:
        """Return whether the officer may still come in by it."""
        return self.ended_at is None and self.wrong < TRIES and now < self.until
