"""Requests to read court dossiers for research, which dossiers they name, files taken out."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.four_eyes.models import SecondSignature


class State(models.TextChoices):
    """Where a request stands; told by the clock, never kept."""

    ASKED = "asked", _("Asked for, not open")
    OPEN = "open", _("Open")
    ENDED = "ended", _("Ended")


class Access(models.Model):
    """One study that may read named dossiers until a day, under an officer of a court.

    ``purpose`` and the approval name a study and a board, never a person.
    """

    number = models.CharField(max_length=20, primary_key=True)
    purpose = models.CharField(max_length=400)
    approved_by = models.CharField(max_length=120, help_text="The board of ethics")
    approval = models.CharField(max_length=40, help_text="Number of its approval")
    approved_on = models.DateField()
    supervisor = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    until = models.DateTimeField()
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    signature = models.OneToOneField(SecondSignature, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "number"]
        verbose_name_plural = "accesses"
        constraints = [
            models.CheckConstraint(
                condition=~Q(supervisor=F("asked_by")), name="research_supervised_by_another"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, signature=None)
                | Q(opened_at__isnull=False, signature__isnull=False),
                name="research_opened_under_two_signatures",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="research_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def state(self, now: datetime) -> State:
        """Return where the request stands at ``now``."""
        if self.ended_at is not None or self.until <= now:
            return State.ENDED
        return State.ASKED if self.opened_at is None else State.OPEN


class Named(models.Model):
    """One dossier a request names. No relation: whether it exists is not told to who asks."""

    access = models.ForeignKey(Access, models.PROTECT, related_name="named")
    dossier = models.CharField(max_length=20, help_text="Number of the proceeding")

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "named"
        constraints = [
            models.UniqueConstraint(fields=["access", "dossier"], name="dossier_named_once")
        ]

    def __str__(self) -> str:
        return f"{self.access_id} {self.dossier}"


class Taken(models.Model):
    """One file that was taken out under a request: its serial, how many dossiers, when."""

    access = models.ForeignKey(Access, models.PROTECT, related_name="taken")
    serial = models.CharField(max_length=20, unique=True)
    dossiers = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "taken"

    def __str__(self) -> str:
        return f"{self.access_id} {self.serial}"
