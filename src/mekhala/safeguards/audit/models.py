"""The record of acts and looks, and the signed heads of it."""

from django.db import models

from mekhala.safeguards.audit.heads import SIGNED
from mekhala.safeguards.audit.heads import Head as SignedHead
from mekhala.safeguards.audit.tree import Edge


class Entry(models.Model):
    """One act or look: who, what, on which file, when. Numbers and codes, never values.

    Each entry carries the digest of the one before it, so that a changed or missing entry is
    found (``mekhala audit verify``). The application adds entries through ``audit_append`` and
    reads them through functions that ask what is open to the officer; the table is closed to it.
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


class Head(models.Model):
    """A signed head of the log, with the edge of its tree, so that the next one goes on from it.

    A head says nothing of any entry. Witnesses keep what is signed; the edge stays here.
    """

    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    chain = models.CharField(max_length=64, help_text="The digest of the last entry")
    last = models.BigIntegerField(help_text="The id of the last entry")
    at = models.CharField(max_length=40, help_text="ISO 8601, UTC, as it was signed")
    key = models.CharField(max_length=64, help_text="Public half of the key, in hexadecimal")
    signature = models.CharField(max_length=128)
    peaks = models.JSONField(help_text="Roots of the complete subtrees, the largest first")

    class Meta:
        indexes = [models.Index(fields=["size", "id"], name="audit_head_size")]

    def __str__(self) -> str:
        return f"{self.size} entries at {self.at}"

    @property
    def edge(self) -> Edge:
        """The right edge of the tree at this head."""
        return Edge(self.size, tuple(bytes.fromhex(peak) for peak in self.peaks))

    def as_shown(self) -> SignedHead:
        """Return what is shown to witnesses."""
        return {word: getattr(self, word) for word in (*SIGNED, "signature")}
