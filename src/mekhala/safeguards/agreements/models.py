"""Sharing agreements, what each data owner said to them, stops of them, and which body leads."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import FieldClass
from mekhala.safeguards.agencies.models import Agency


class Feed(models.TextChoices):
    """What runs by itself between agencies, and only under an agreement."""

    AGENCY_LIST = "agency_list", _("Lists without names, to be joined and counted")
    EXCHANGE = "exchange", _("A program of the agency at the interface for other systems")


class Why(models.TextChoices):
    """What the agreement is for."""

    COUNTING = "counting", _("Counting people, nobody by name")
    HELPING = "helping", _("Helping people together")


class Breach(models.TextChoices):
    """What follows when a party breaks it."""

    STOP_AT_ONCE = "stop_at_once", _("The feed stops at once until both have spoken")
    STOP_AND_DESTROY = "stop_and_destroy", _("The feed stops; what was received is destroyed")
    ENDS = "ends", _("The agreement ends")


class LeadBody(models.Model):
    """Which agency leads the mechanism, since when. The latest counts."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        ordering = ["-since", "-id"]
        verbose_name_plural = "lead bodies"

    def __str__(self) -> str:
        return str(self.agency)


class Agreement(models.Model):
    """Two parties, what is handed over and for what, from a day until a day.

    What a body outside asks for is an agreement with that body. None stands before each owner of
    the data has said yes in writing (``DataOwner``). Never edited. A renewal is a new agreement
    that names the one before it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="agreements")
    other = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    body = models.CharField(max_length=160, blank=True, help_text="A body outside, if no agency")
    feeds = ArrayField(models.CharField(max_length=20, choices=Feed))
    lists = ArrayField(
        models.SlugField(max_length=40), default=list, blank=True,
        help_text="Names of the lists, where a list is not named by the agency's code",
    )  # fmt: skip
    elements = ArrayField(models.CharField(max_length=12, choices=FieldClass))
    purpose = models.CharField(max_length=20, choices=Why)
    breach = models.CharField(max_length=20, choices=Breach)
    from_on = models.DateField()
    until_on = models.DateField(help_text="The last day")
    signed_reference = models.CharField(max_length=120, help_text="Number of the signed paper")
    lead_body = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    renewed_from = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="renewed_by"
    )
    entered_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    told_of_end_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="agreement_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=False, body="") | Q(other=None) & ~Q(body=""),
                name="agreement_has_another_party",
            ),
            models.CheckConstraint(condition=~Q(agency=F("other")), name="agreement_of_two"),
        ]

    def __str__(self) -> str:
        return self.signed_reference


class Said(models.TextChoices):
    """What a data owner answers."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class DataOwner(models.Model):
    """An agency whose data an agreement is about, and what it said to it in writing (R-22).

    ``said`` is empty until it answers; an answer is given once.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="owners")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    said = models.CharField(max_length=3, choices=Said, blank=True)
    reference = models.CharField(max_length=120, blank=True, help_text="Number of the letter")
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "agency"], name="agreement_asks_an_owner_once"
            ),
            models.CheckConstraint(
                condition=Q(said="", reference="", by=None, at=None)
                | ~Q(said="") & ~Q(reference="") & Q(by__isnull=False, at__isnull=False),
                name="owner_answers_in_writing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.said}"


class StopReason(models.TextChoices):
    """Why a party stops a feed at once."""

    SECURITY = "security", _("The security of people has worsened")
    BREACH = "breach", _("The agreement was broken")
    LEAK = "leak", _("Data may have got out")
    OTHER = "other", _("Another reason, on paper")


class Suspension(models.Model):
    """One stop, by one party; it is lifted when each party has said yes to going on."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="suspensions")
    reason = models.CharField(max_length=12, choices=StopReason)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by_other = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    lifted_by_other_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], name="agreement_stopped_once",
                condition=Q(lifted_at=None) | Q(lifted_by_other_at=None),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.reason}"
