"""Money owed, on what that rests, and what of it came."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.redress.models.files import OfOneFile
from mekhala.safeguards.access.models import Officer


class What(models.TextChoices):
    """For what money is owed."""

    WAGES = "wages", _("Wages not paid")
    COMPENSATION = "compensation", _("Compensation for harm")
    RESTITUTION = "restitution", _("Money or things to be given back")


class Basis(models.TextChoices):
    """On what it rests that money is owed."""

    CLAIMED = "claimed", _("Claimed")
    AGREED = "agreed", _("Agreed in writing")
    ORDERED = "ordered", _("Ordered")


class Debtor(models.TextChoices):
    """Who is to pay; never by name."""

    ACCUSED = "accused", _("An accused")
    EMPLOYER = "employer", _("An employer")
    AGENCY = "agency", _("A recruitment agency")
    STATE = "state", _("The State")
    OTHER = "other", _("Somebody else")


class Said(models.TextChoices):
    """Before whom it was claimed or agreed, or who ordered it."""

    COURT = "court", _("A court")
    LABOUR = "labour", _("Labour inspection or arbitration")
    EMPLOYER = "employer", _("The employer or agency directly")
    STATE = "state", _("A fund or office of the State")


class Currency(models.TextChoices):
    """What money is counted in (ISO 4217)."""

    KHR = "KHR", _("Riel")
    USD = "USD", _("US dollar")
    THB = "THB", _("Baht")
    VND = "VND", _("Dong")


class Ended(models.TextChoices):
    """Why money is no longer asked for although it was not paid in full."""

    WAIVED = "waived", _("The person does not want it any more")
    DISMISSED = "dismissed", _("The claim was refused")
    SET_ASIDE = "set_aside", _("The order was set aside on appeal")
    CANNOT_BE_HAD = "cannot_be_had", _("It cannot be had: nothing to take it from")


class Owed(OfOneFile):
    """Money owed to a person, and on what that rests.

    Never edited: what is ordered in place of a claim is a row of its own that replaces it.
    """

    what = models.CharField(max_length=20, choices=What)
    basis = models.CharField(max_length=20, choices=Basis)
    said = models.CharField(max_length=20, choices=Said)
    debtor = models.CharField(max_length=20, choices=Debtor)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, choices=Currency)
    said_on = models.DateField(help_text="Day of the claim, agreement or order")
    due_on = models.DateField(null=True, help_text="Empty: no day was set")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=20, choices=Ended, blank=True)

    class Meta(OfOneFile.Meta):
        ordering = ["said_on", "recorded_at"]
        verbose_name_plural = "owed"
        constraints = [
            *OfOneFile.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0), name="owed_is_an_amount"),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=models.F("said_on")),
                name="owed_due_after_it_was_said",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_because="")
                | Q(ended_on__isnull=False) & ~Q(ended_because=""),
                name="owed_ends_for_a_reason",
            ),
        ]


class Way(models.TextChoices):
    """How money came."""

    COURT = "court", _("Through the court")
    BANK = "bank", _("Bank or telephone transfer")
    CASH = "cash", _("Cash, against a receipt")
    THINGS = "things", _("Things given back")


class Payment(models.Model):
    """A part of what is owed that reached the person on a day. Never edited."""

    owed = models.ForeignKey(Owed, models.PROTECT, related_name="payments")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    on = models.DateField(help_text="Day on which she or he had it")
    way = models.CharField(max_length=10, choices=Way)
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="taken_back_by",
        help_text="The payment that was recorded by mistake",
    )  # fmt: skip
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(takes_back=None, amount__gt=0)
                | Q(takes_back__isnull=False, amount__lt=0),
                name="payment_is_an_amount",
            )
        ]

    def __str__(self) -> str:
        return f"{self.owed_id} {self.on}"
