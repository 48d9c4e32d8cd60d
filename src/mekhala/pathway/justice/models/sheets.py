"""Sheets that came on paper or by fax, and the entries that were keyed in from them."""

from django.db import models

from mekhala.pathway.justice.models.proceedings import Accused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity.fields import SealedBytes


class Sheet(models.Model):
    """A picture of one sheet about one accused, drawn anew and sealed. Never edited."""

    accused = models.ForeignKey(Accused, models.PROTECT, related_name="sheets")
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64, help_text="Of the picture as it is kept")
    content = SealedBytes(person="accused_id", bound=("sha256",))
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.accused_id} {self.pk}"


class Keyed(models.Model):
    """That an entry was keyed in from a sheet. Never edited."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="keyed")
    kind = models.CharField(max_length=20, help_text="Of the entry, as in its address")
    entry = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "keyed"
        constraints = [
            models.UniqueConstraint(fields=["kind", "entry"], name="entry_keyed_from_one_sheet")
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.kind} {self.entry}"
