"""Asking a service to take part; and need that nobody met, counted without a name."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.directory.models import Need, Service
from mekhala.pathway.encounter.models import Case, Sex
from mekhala.pathway.referral.codes import Mistake, Outcome, PlacementReason, Urgent
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency


class ReferralStatus(models.TextChoices):
    """Where a referral stands. Moves are listed in ``policies.MOVES``."""

    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("No answer")
    ENDED = "ended", _("Ended")
    WITHDRAWN = "withdrawn", _("Taken back by the person")


class DeclineReason(models.TextChoices):
    """Why a service cannot take somebody."""

    FULL = "full", _("No place is free after all")
    NOT_SUITABLE = "not_suitable", _("Cannot give what is needed")
    NOT_SAFE = "not_safe", _("Would not be safe here")
    NOT_TAKEN_HERE = "not_taken_here", _("We do not take this sex or age")
    PERSON_DECLINED = "person_declined", _("The person chose otherwise")


class AgeBand(models.TextChoices):
    """An age as it is told before acceptance and counted afterwards."""

    UNDER_12 = "0-11", _("Under 12")
    UNDER_18 = "12-17", _("12 to 17")
    UNDER_30 = "18-29", _("18 to 29")
    UNDER_45 = "30-44", _("30 to 44")
    FROM_45 = "45+", _("45 or older")
    UNKNOWN = "unknown", _("Not known")


class Requirement(models.TextChoices):
    """What a house must know to receive somebody safely, and no more."""

    CHILDREN = "children", _("Comes with children")
    LOOKED_FOR = "looked_for", _("Somebody may be looking for the person")
    DOCTOR_TODAY = "doctor_today", _("Needs a doctor today")
    STEP_FREE = "step_free", _("Cannot climb stairs")
    TRANSGENDER = "transgender", _("Is transgender")
    INTERPRETER = "interpreter", _("Needs an interpreter")
    AT_NIGHT = "at_night", _("Comes at night")


class Asks(models.TextChoices):
    """What a service may ask back before it answers. Codes only: no place for a story."""

    CLIMBS = "climbs", _("Can the person climb stairs?")
    INTERPRETER = "interpreter", _("Is an interpreter needed, and is there one?")
    DOCTOR = "doctor", _("Is a doctor needed today?")
    CHILDREN = "children", _("Are all the children younger than 12?")
    TONIGHT = "tonight", _("Does the person come tonight?")
    SHARES = "shares", _("Would the person share a room?")
    LOOKED_FOR = "looked_for", _("May somebody follow the person here?")


class Told(models.TextChoices):
    """An answer to what a service asked back."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class Group(models.TextChoices):
    """For whom a place is missing. One group for each count, the narrowest first."""

    FAMILY = "family", _("A parent with children")
    GIRL = "girl", _("Girls")
    BOY = "boy", _("Boys")
    CHILD = "child", _("Children, sex other or not known")
    TRANSGENDER = "transgender", _("Transgender people")
    WOMAN = "woman", _("Women")
    MAN = "man", _("Men")
    ADULT = "adult", _("Adults, sex other or not known")
    UNKNOWN = "unknown", _("Age not known")


class UnmetReason(models.TextChoices):
    """Why a need stays unmet."""

    NOBODY_TAKES = "nobody_takes", _("No service takes this person")
    ALL_FULL = "all_full", _("Those who would are full")
    ALL_DECLINED = "all_declined", _("All that were asked declined")
    NOT_WANTED = "not_wanted", _("The person did not want what there is")


class Referral(models.Model):
    """One request to one service, holding one place from the moment it is asked.

    ``sex``, ``age_band``, ``language`` and ``requirements`` are all the service is told before
    it accepts (R-13); they stay here as they were told. ``hold`` is the token of the places kept
    in the directory (None: none ever were), ``transfer_of`` the referral whose place this one
    takes over, ``first_on`` and ``last_on`` the nights from and until which the place is given
    (no last one: no end is known), ``arrived_at`` when the house said that the person has come.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    service = models.ForeignKey(Service, models.PROTECT, related_name="referrals")
    need = models.CharField(max_length=20, choices=Need)
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    age_band = models.CharField(max_length=10, choices=AgeBand, default=AgeBand.UNKNOWN)
    language = models.CharField(max_length=10, blank=True, help_text="BCP 47")
    requirements = ArrayField(
        models.CharField(max_length=20, choices=Requirement), default=list, blank=True
    )
    status = models.CharField(max_length=10, choices=ReferralStatus)
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    hold_until = models.DateTimeField()
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    places = models.PositiveSmallIntegerField(default=1)
    hold = models.UUIDField(null=True, editable=False)
    transfer_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="transfers")
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    arrived_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(
                fields=["hold_until"], condition=Q(status="asked"), name="referral_asked_by_end"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "service"], condition=Q(status__in=["asked", "accepted"]),
                name="referral_one_open_per_service",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(decline_reason=""),
                name="referral_declined_with_a_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.status}"


class ArrivalTakenBack(models.Model):
    """That the person had come was noted in error, and why: it counts no more, and is kept."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="arrivals_taken_back")
    arrived_at = models.DateTimeField(help_text="As it was noted")
    because = models.CharField(max_length=12, choices=Mistake)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "arrived_at"], name="arrival_taken_back_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.because}"


class ReferralQuestion(models.Model):
    """What a service asks back before it answers, and what it was told. Asked once each."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="questions")
    asks = models.CharField(max_length=12, choices=Asks)
    asked_at = models.DateTimeField()
    told = models.CharField(max_length=8, choices=Told, blank=True)
    told_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "asks"], name="referral_asks_back_once")
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.asks}"


class ReferralLink(models.Model):
    """A way to answer for a body without an account: digests of the link and of its code.

    Neither can be read back from here. It is good until ``until`` or the first answer; ``wrong``
    counts wrong codes, and after five of them nothing opens it.
    """

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="link")
    link = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=64)
    until = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.referral_id}"


class PlacementQuestion(models.Model):
    """What the ministry is asked about a place in a house, under a number that names nobody.

    ``referral`` is the request that holds the place; None: a stay that began without one.
    ``urgent`` says why the place is given before the decision, empty: it is not. The ministry
    reads it through ``referral_placements``, which tells no case.
    """

    number = models.CharField(max_length=20, primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="placements")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+",
        help_text="The house's; empty once erased",
    )  # fmt: skip
    referral = models.OneToOneField(
        Referral, models.PROTECT, null=True, related_name="placement"
    )  # fmt: skip
    sex = models.CharField(max_length=10, choices=Sex)
    age_band = models.CharField(max_length=10, choices=AgeBand)
    urgent = models.CharField(max_length=12, choices=Urgent, blank=True)
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True, help_text="The person left before it was decided")

    class Meta:
        ordering = ["due_at", "number"]

    def __str__(self) -> str:
        return self.number

    @property
    def decision(self) -> "PlacementDecision | None":
        """Return the decision that stands: the latest; None while the ministry has not decided."""
        return next(iter(self.decisions.all()), None)


class PlacementDecision(models.Model):
    """The ministry's decision on a place: who, when and why. Never altered; the latest stands."""

    question = models.ForeignKey(PlacementQuestion, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=Outcome)
    reasons = ArrayField(models.CharField(max_length=12, choices=PlacementReason))
    decided_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reasons__len__gt=0), name="placement_decided_with_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.outcome}"

    @property
    def reason_words(self) -> str:
        """Return the reasons in words, one after the other."""
        return "; ".join(str(PlacementReason(code).label) for code in self.reasons)


class UnmetNeed(models.Model):
    """Nobody takes this person tonight: counted, so that the gap is seen. No case, no name.

    ``barriers`` names the rules of the directory that ruled services out (``sex``, ``age``,
    ``children``, ``step_free`` …), each once.
    """

    need = models.CharField(max_length=20, choices=Need)
    sex = models.CharField(max_length=10, choices=Sex)
    age_band = models.CharField(max_length=10, choices=AgeBand)
    province_code = models.CharField(max_length=2)
    recorded_on = models.DateField()
    reason = models.CharField(max_length=20, choices=UnmetReason)
    group = models.CharField(max_length=12, choices=Group, default=Group.UNKNOWN)
    barriers = ArrayField(models.CharField(max_length=12), default=list, blank=True)

    class Meta:
        ordering = ["-recorded_on", "-id"]

    def __str__(self) -> str:
        return f"{self.need} {self.sex} {self.age_band}"
