"""The record of acts and looks."""

from django.db import models


class Entry(models.Model):
    """One act or look: who, what, on which file, when. Numbers and codes, never values.

    Each entry carries the digest of the one before it, so that a changed or missing entry is
    found (``mekhala audit verify``). The database refuses to change or delete one.
    """

    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, help_text="Number or id, never a name")
    by = models.BigIntegerField(null=True, help_text="The officer's id; empty: the system")
    agency = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"
