"""What the person said yes and no to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataClass(models.TextChoices):
    """Kinds of data a yes or no is about."""

    NEEDS = "needs", _("What I need")
    IDENTITY = "identity", _("My name and papers")
    STORY = "story", _("What happened to me")
    WHOLE_FILE = "whole_file", _("My whole file")


class Answer(models.TextChoices):
    """Her choice is a field: no and not asked are answers too."""

    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Consent(models.Model):
    """One answer: recipient × purpose × data class, until a day. A later answer replaces it."""

    case_number = models.CharField(max_length=20, db_index=True)
    recipient = models.CharField(max_length=40, help_text="Code of the agency")
    purpose = models.CharField(max_length=20)
    data_class = models.CharField(max_length=20, choices=DataClass)
    answer = models.CharField(max_length=10, choices=Answer)
    language = models.CharField(max_length=10, blank=True)
    asked_alone = models.BooleanField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.case_number} {self.recipient} {self.answer}"
