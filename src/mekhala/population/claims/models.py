"""Published figures, one row each, as their authors gave them, and every change of a row."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Claim(models.Model):
    """One published figure: what it counts, whose it is, what it rests on."""

    claim_id = models.CharField(max_length=40, unique=True)
    seed_file = models.CharField(max_length=120, blank=True)
    section = models.CharField(max_length=200, blank=True)
    quantity = models.CharField(max_length=300)
    population_definition = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    period = models.CharField(max_length=120, blank=True)
    value = models.CharField(max_length=120)
    unit = models.CharField(max_length=60, blank=True)
    lo = models.CharField(max_length=40, blank=True)
    hi = models.CharField(max_length=40, blank=True)
    method = models.CharField(max_length=200, blank=True)
    source_cited = models.TextField(blank=True)
    sources_that_repeat_it = models.TextField(blank=True)
    quote_location = models.TextField(blank=True)
    note = models.TextField(blank=True)
    chain = models.CharField(max_length=40, blank=True, db_index=True)
    superseded_by = models.TextField(
        blank=True, help_text="The source that replaced, withdrew or refuted the figure"
    )
    part_of = models.CharField(
        max_length=60, blank=True, help_text="Claim of the whole, or a name shares have in common"
    )

    class Meta:
        ordering = ["claim_id"]

    def __str__(self) -> str:
        return self.claim_id


class ChangeKind(models.TextChoices):
    """How a claim came to say what it says."""

    LOADED = "loaded", _("Loaded from a file")
    ADDED = "added", _("Added")
    CORRECTED = "corrected", _("Corrected")
    PUT_BACK = "put_back", _("Put back as it was")


class ClaimChange(models.Model):
    """One change of one claim, as it stood before and after. Never altered, never taken away.

    ``before`` is None for a claim that was not there, ``after`` for one that was taken out.
    """

    claim_id = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=10, choices=ChangeKind)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    why = models.TextField(help_text="The reason given, or the name of the file")
    changed_by = models.ForeignKey("access.Officer", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects: models.Manager["ClaimChange"] = models.Manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(before__isnull=False) | models.Q(after__isnull=False),
                name="claim_change_changes_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.kind}"
