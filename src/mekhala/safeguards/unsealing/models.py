"""Written orders for the name behind one case, asked for and opened or not."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.four_eyes.models import SecondSignature


class Basis(models.TextChoices):
    """On what it rests that a name is given away."""

    COURT_ORDER = "court_order", _("A written order of a court")
    LAW_OBLIGES = "law_obliges", _("A law that obliges; the order names its article")
    OWN_WISH = "own_wish", _("The person's own written wish")
    GUARDIAN_WISH = "guardian_wish", _("The written wish of a child's guardian")


class Told(models.TextChoices):
    """Whether the person, or counsel, knows of the order."""

    YES = "yes", _("Yes, the person or counsel was told")
    FORBIDDEN = "forbidden", _("No: the order forbids it until a day it names")
    NOT_YET = "not_yet", _("Not yet")


class Order(models.Model):
    """One order for the name behind one case, and whether the name was opened under it.

    ``body`` and ``reference`` name an office and a paper, never a person. ``silent_until``: the
    last day on which the order forbids that the person be told.
    """

    number = models.CharField(max_length=20)
    basis = models.CharField(max_length=20, choices=Basis)
    body = models.CharField(max_length=120, help_text="The court or office")
    dated = models.DateField(help_text="Day of the order")
    reference = models.CharField(max_length=40, help_text="Its number")
    told = models.CharField(max_length=10, choices=Told)
    silent_until = models.DateField(null=True)
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    signature = models.OneToOneField(SecondSignature, models.PROTECT, null=True)
    opened_at = models.DateTimeField(null=True)
    serial = models.CharField(max_length=20, blank=True, help_text="Of the paper")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["number"], name="order_number")]
        constraints = [
            models.CheckConstraint(
                condition=Q(told="forbidden", silent_until__isnull=False)
                | (~Q(told="forbidden") & Q(silent_until=None)),
                name="order_forbids_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, signature=None, serial="")
                | (Q(opened_at__isnull=False, signature__isnull=False) & ~Q(serial="")),
                name="order_opened_under_a_signature",
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"\d"), name="order_has_a_number"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} ({self.basis})"

    def is_silent(self, today: date) -> bool:
        """Return whether the order still forbids that the person be told."""
        return self.silent_until is not None and today <= self.silent_until
