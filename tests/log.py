"""Reading the audit log in tests: the application may not, so a view of the owner's shows it."""

from datetime import UTC

from django.db import models

from mekhala.safeguards.audit import verifier


class Entry(models.Model):
    """One entry as it is kept."""

    at = models.DateTimeField()
    act = models.TextField()
    subject = models.TextField()
    by = models.BigIntegerField(null=True)
    agency = models.TextField()
    details = models.JSONField()
    previous = models.TextField()
    digest = models.TextField()

    class Meta:
        app_label = "tests"
        managed = False
        db_table = 'tests"."log'

    def __str__(self):
        return f"{self.act} {self.subject}"


def about(subject):
    """Return the entries about one number, newest first."""
    return Entry.objects.filter(subject=subject).order_by("-id")


def rows():
    """Return the entries, in order, as the verifier reads them."""
    return [
        verifier.Row(
            id=e.pk, at=e.at.astimezone(UTC).isoformat(), act=e.act, subject=e.subject, by=e.by,
            agency=e.agency, details=e.details, previous=e.previous, digest=e.digest,
        )
        for e in Entry.objects.order_by("id")
    ]  # fmt: skip


def verify():
    """Say whether the log is whole by its chain."""
    return verifier.verify(rows(), [])
