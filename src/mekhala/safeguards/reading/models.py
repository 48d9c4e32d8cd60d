"""What was read by whom in the last day, the locks, and which files are invented."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role


class Limit(models.Model):
    """How many different files officers of a role may read, and why that many."""

    role = models.CharField(max_length=20, choices=Role, primary_key=True)
    per_hour = models.PositiveIntegerField()
    per_day = models.PositiveIntegerField()
    because = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.role}: {self.per_hour}/h, {self.per_day}/d"


class Read(models.Model):
    """One file that one officer asked for in the last day, open or not; the latest time counts.

    The application neither reads nor writes this table: the function ``reading_look`` does.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    what = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "what"], name="read_once_per_file")
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.at}"


class LockReason(models.TextChoices):
    """Which limit was passed."""

    PER_HOUR = "per_hour", _("more different files in an hour than the limit")
    PER_DAY = "per_day", _("more different files in a day than the limit")


class Lock(models.Model):
    """One officer reads no file until somebody of another agency lifts this."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="locks")
    reason = models.CharField(max_length=20, choices=LockReason)
    locked_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=400, blank=True, help_text="Why it was lifted")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer"], condition=models.Q(lifted_at=None), name="one_lock_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} since {self.locked_at}"


class Canary(models.Model):
    """One invented file among the real ones. No application role reads which they are."""

    number = models.CharField(max_length=20, primary_key=True)
    province_code = models.CharField(max_length=2)
    planted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "canaries"

    def __str__(self) -> str:
        return self.province_code


class Alarm(models.Model):
    """An invented file was asked for: by whom, at which door, when; and who looked into it.

    The application reads it through ``reading_alarms``, which leaves out the file.
    """

    canary = models.ForeignKey(Canary, models.PROTECT, related_name="alarms")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    door = models.CharField(max_length=80)
    at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=400, blank=True, help_text="What was found out")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(looked_at=None, looked_by=None, words="")
                | (
                    models.Q(looked_at__isnull=False, looked_by__isnull=False) & ~models.Q(words="")
                ),
                name="alarm_looked_into_with_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.at}"
