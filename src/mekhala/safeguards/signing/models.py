"""Sign-ins, as their officer may see them; how often something was tried; the invented mark."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer


class DeviceClass(models.TextChoices):
    """One session stands on each of these at a time."""

    COMPUTER = "computer", _("Computer")
    PHONE = "phone", _("Phone or tablet")


class Ended(models.TextChoices):
    """Why a session ended, in words for the officer whose session it was."""

    SIGNED_OUT = "signed_out", _("You signed out.")
    IDLE = "idle", _("You were signed out because nothing was done for 10 minutes.")
    HOURS = "hours", _("You were signed out because 8 hours had passed since you signed in.")
    ELSEWHERE = (
        "elsewhere",
        _(
            "You were signed out because this account signed in on another device of this kind. "
            "If that was not you, tell the administrator of your office at once."
        ),
    )
    BY_OFFICER = "by_officer", _("This session was ended from the page of your sign-ins.")
    ACCOUNT = "account", _("You were signed out because your account or password changed.")


class SignIn(models.Model):
    """One session of one officer. The session is known by a digest that opens nothing."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="sign_ins")
    session = models.CharField(max_length=40, unique=True, help_text="Digest of the session key")
    device_class = models.CharField(max_length=10, choices=DeviceClass)
    device = models.CharField(max_length=60, help_text="Browser and system, as it says itself")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=12, choices=Ended, blank=True)

    class Meta:
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "device_class"],
                condition=models.Q(ended_at=None),
                name="one_session_of_a_device_class",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device} ({self.device_class})"


class Tried(models.Model):
    """How often one key was tried in its present stretch of time; the key is a keyed digest."""

    key = models.CharField(max_length=64, primary_key=True)
    ends_at = models.DateTimeField(db_index=True)
    times = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.key[:8]


class InventedCountry(models.Model):
    """The mark that everybody in this database is invented. Only the owner of the tables sets it.

    The application may read it and nothing else: nobody who runs a real installation can flip it
    with a setting.
    """

    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "invented countries"

    def __str__(self) -> str:
        return str(self.since)
