"""Tables of defendants, in codes from fixed lists; nobody's name or number is here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where a table comes from."""

    UPLOAD = "upload", _("A file that was uploaded")
    REGISTER = "register", _("The register of proceedings")


class SentencingFile(models.Model):
    """One anonymous table of defendants with everything that is said of it. Never altered.

    ``rows`` holds for each defendant the case they were tried in (a number of its own), months in
    prison (0 none, null unknown), year, and codes; ``answer`` is ``core.sentencing.answer``.
    """

    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300, help_text="Who counted, and when")
    origin = models.CharField(max_length=10, choices=Origin)
    mapping = models.CharField(max_length=40, help_text="Through which mapping it was read")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file, or of the rows")
    rows = models.JSONField()
    answer = models.JSONField()
    taken_by = models.ForeignKey("access.Officer", models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["digest", "mapping"], name="sentencing_file_once")
        ]

    def __str__(self) -> str:
        return self.title
