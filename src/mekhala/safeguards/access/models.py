"""Officers, what is open to them, and the keys of programs and devices."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.purposes import CLASSES_OF_PURPOSE, FieldClass, Purpose, Role
from mekhala.safeguards.agencies.models import Agency


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by user name, the agency with each: every audit entry names it."""

    def get_queryset(self) -> models.QuerySet["Officer"]:
        """Return officers with their agency, in one question."""
        return super().get_queryset().select_related("agency")

    def get_by_natural_key(self, username: str | None) -> "Officer":
        """Return the officer with this user name."""
        return self.get(username=username)


class Officer(AbstractBaseUser):
    """A person who works here, for one agency, in one role."""

    username = models.CharField(max_length=60, unique=True)
    shown_as = models.CharField(max_length=80, help_text="Service number or post, not a name")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="officers")
    role = models.CharField(max_length=20, choices=Role)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = OfficerManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.shown_as


def _within_the_purpose() -> models.Q:
    """Return the rule that a grant carries no class its purpose does not carry."""
    rule = models.Q()
    for purpose, classes in CLASSES_OF_PURPOSE.items():
        carried = [c.value for c in FieldClass if c in classes]
        rule |= models.Q(purpose=purpose.value, field_classes__contained_by=carried)
    return rule


class Grant(models.Model):
    """Some classes of one file are open to one officer, for one purpose, until an instant.

    ``file_number`` is the number of a case or of a proceeding; nothing here knows more of it.
    Deny is the default: without a live grant the file does not exist for the officer.
    """

    file_number = models.CharField(max_length=20)
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="grants")
    purpose = models.CharField(max_length=20, choices=Purpose)
    field_classes = ArrayField(
        models.CharField(max_length=12, choices=FieldClass),
        help_text="What of the file; never none",
    )
    consent = models.BigIntegerField(
        null=True, help_text="Id of the person's yes it rests on; empty: it rests on the purpose"
    )
    granted_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "file_number", "purpose", "granted_by"],
                name="grant_once_per_purpose",
            ),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("granted_at")),
                name="grant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(field_classes=[]), name="grant_opens_something"
            ),
            models.CheckConstraint(
                condition=_within_the_purpose(), name="grant_within_its_purpose"
            ),
        ]
        indexes = [models.Index(fields=["file_number"], name="grant_file_number")]

    def __str__(self) -> str:
        return f"{self.file_number} ({self.purpose})"

    def is_live(self, now: datetime) -> bool:
        """Return whether the grant still opens the file at ``now``."""
        return self.until > now


class ApiToken(models.Model):
    """A program's key to the API, in the name of one officer. Only its digest is kept."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label


class DeviceKind(models.TextChoices):
    """What runs on a phone."""

    COLLECT = "collect", "ODK Collect"  # a name
    BROWSER = "browser", _("A browser")


class Device(models.Model):
    """A phone that fetches forms and sends answers for one officer; see devices.py.

    A browser has no password until its code was typed there; then the code is gone.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="devices")
    username = models.CharField(max_length=60, unique=True)
    password = models.CharField(max_length=128, verbose_name=_("password hash"))
    kind = models.CharField(max_length=10, choices=DeviceKind, default=DeviceKind.COLLECT)
    code = models.CharField(
        max_length=128, blank=True, verbose_name=_("code hash"), help_text="Until it is used"
    )
    code_until = models.DateTimeField(null=True)
    label = models.CharField(max_length=80)
    language = models.CharField(
        max_length=2, choices=[("en", _("English")), ("km", _("Khmer"))], default="en"
    )
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True, help_text="To ten minutes")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code=""), name="device_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_live(self) -> bool:
        """Whether the phone works: neither it nor its officer's account was ended."""
        return self.revoked_at is None and self.officer.is_active
