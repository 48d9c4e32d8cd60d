"""One act asked for by one officer, and what a second officer answered."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency

DIGEST = r"^[0-9a-f]{64}$"


class Answer(models.TextChoices):
    """What became of a request. That nobody answered in time is told by the clock."""

    WAITING = "waiting", _("Waiting for a second signature")
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Refused")
    TAKEN_BACK = "taken_back", _("Taken back")


class SecondSignature(models.Model):
    """A request for a second signature, and the answer to it.

    ``subject`` is the number of a file or the user name of an account; ``details`` are codes.
    ``on_file``: only whom that file is open to is asked. ``done_at``: when the act was done,
    which for some acts is later than the answer; an agreed signature is used once.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    details = models.JSONField(default=dict)
    because = models.CharField(max_length=1000)
    on_file = models.BooleanField(default=False)
    answer_roles = ArrayField(models.CharField(max_length=20), help_text="Roles that may answer")
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    asked_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_device = models.CharField(max_length=64, help_text="Digest of the browser's cookie")
    until = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer, default=Answer.WAITING)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    answered_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_device = models.CharField(max_length=64, blank=True)
    answered_because = models.CharField(max_length=1000, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["until"], condition=Q(answer="waiting"), name="signature_waits"),
            models.Index(fields=["kind", "subject"], name="signature_of_what"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(because__regex=".{10,}"), name="signature_has_why"),
            models.CheckConstraint(
                condition=Q(asked_device__regex=DIGEST), name="signature_asked_on_a_device"
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["agreed", "refused"])
                | Q(
                    ~Q(answered_by=F("asked_by")), ~Q(answered_agency=F("asked_agency")),
                    ~Q(answered_device=F("asked_device")), answered_by__isnull=False,
                    answered_agency__isnull=False, answered_device__regex=DIGEST,
                    answered_at__lt=F("until"),
                ),
                name="signature_of_two_officers_agencies_devices",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(answer="agreed"), name="signature_before_the_act"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    def is_open(self, now: datetime) -> bool:
        """Return whether it can still be answered at ``now``."""
        return self.answer == Answer.WAITING and now < self.until

    def has_lapsed(self, now: datetime) -> bool:
        """Return whether nobody answered in time."""
        return self.answer == Answer.WAITING and now >= self.until
