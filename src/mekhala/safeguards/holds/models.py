"""Files that may not be erased for now."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.four_eyes.models import SecondSignature


class Basis(models.TextChoices):
    """On what a hold rests."""

    COURT_ORDER = "court_order", _("Order of a court")
    PROCEEDINGS = "proceedings", _("Criminal proceedings that are going on")
    DISCIPLINARY = "disciplinary", _("Disciplinary proceedings against an official")
    CLAIM = "claim", _("A claim of the person for compensation")
    OWN_WISH = "own_wish", _("The person's own wish")
    MISUSE = "misuse", _("An inquiry into misuse of the file")


class Hold(models.Model):
    """One file is kept from erasure, on a basis, until an instant; its review has a day.

    Why in words stands in the request both officers signed.
    """

    number = models.CharField(max_length=20)
    basis = models.CharField(max_length=20, choices=Basis)
    begins_at = models.DateTimeField()
    until = models.DateTimeField()
    review_on = models.DateField()
    told_at = models.DateTimeField(null=True, help_text="Both officers were told of the review")
    signature = models.OneToOneField(SecondSignature, models.PROTECT, related_name="hold_set")
    lifted_at = models.DateTimeField(null=True)
    lifted_under = models.OneToOneField(
        SecondSignature, models.PROTECT, null=True, related_name="hold_lifted"
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["number"], name="hold_number")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("begins_at")), name="hold_has_an_end"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_under=None)
                | Q(lifted_at__isnull=False, lifted_under__isnull=False),
                name="hold_lifted_under_a_signature",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.basis})"

    def stands(self, now: datetime) -> bool:
        """Return whether it holds at ``now``."""
        return self.lifted_at is None and now < self.until
