"""Proceedings: each accused, each charge, each step, and no word more than has happened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import Case, Sex
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency


class Stage(models.TextChoices):
    """The ladder. The word in use is always the last rung reached, never the next."""

    NAMED = "named", _("Named in a complaint")
    SUSPECT = "suspect", _("Suspect")
    CHARGED = "charged", _("Charged")
    ACCUSED = "accused", _("Accused")
    CONVICTED_NOT_FINAL = "convicted_not_final", _("Convicted, not final")
    CONVICTED = "convicted", _("Convicted")
    ACQUITTED = "acquitted", _("Acquitted")
    DROPPED = "case_dropped", _("Case dropped")


class Part(models.TextChoices):
    """The part somebody is said to have had in what happened."""

    PRINCIPAL = "principal", _("Principal")
    OWNER = "owner", _("Owner")
    BUYER = "buyer", _("Buyer")
    RECRUITER = "recruiter", _("Recruiter")
    TRANSPORTER = "transporter", _("Transporter")
    ACCOMPLICE = "accomplice", _("Accomplice")
    OTHER = "other", _("Another part")
    UNKNOWN = "unknown", _("Not known")


class Education(models.TextChoices):
    """Schooling, in the levels of ISCED 2011."""

    NONE = "none", _("None")
    PRIMARY = "primary", _("Primary")
    LOWER_SECONDARY = "lower_secondary", _("Lower secondary")
    UPPER_SECONDARY = "upper_secondary", _("Upper secondary")
    HIGHER = "higher", _("Higher")


class Occupation(models.TextChoices):
    """Work, in broad groups after ISCO-08."""

    FARMING = "farming", _("Farming or fishing")
    LABOUR = "labour", _("Building, factory or other labour")
    TRADE = "trade", _("Trade or service")
    OFFICE = "office", _("Office, profession or official")
    SEX_WORK = "sex_work", _("Sex work or entertainment")
    HOME = "home", _("Home or none")
    OTHER = "other", _("Other")


class Proceeding(models.Model):
    """One complaint and what follows from it."""

    number = models.CharField(max_length=20, primary_key=True)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="proceedings",
        help_text="Whose complaint; only where she agreed that justice may know",
    )  # fmt: skip
    complaint_on = models.DateField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.number


class Accused(models.Model):
    """Somebody a complaint is about. Presumed innocent; the name is in the vault."""

    number = models.CharField(max_length=20, primary_key=True)
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="accused")
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    age = models.PositiveSmallIntegerField(null=True, help_text="At the time of the conduct")
    literate = models.BooleanField(null=True, help_text="Can read; None: not known")
    language = models.CharField(max_length=8, blank=True, help_text="ISO 639 code")
    nationality = models.CharField(max_length=3, blank=True, help_text="ISO 3166-1 alpha-3")
    education = models.CharField(max_length=20, choices=Education, blank=True)
    occupation = models.CharField(max_length=20, choices=Occupation, blank=True)
    part = models.CharField(max_length=20, choices=Part, default=Part.UNKNOWN)
    presumed_victim = models.BooleanField(
        null=True, help_text="May be a victim of trafficking; None: not known"
    )

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "accused"

    def __str__(self) -> str:
        return self.number


class Charge(models.Model):
    """One article, in the text in force when the conduct is said to have happened."""

    accused = models.ForeignKey(Accused, models.PROTECT, related_name="charges")
    statute = models.CharField(max_length=40)
    article = models.CharField(max_length=20)
    in_force_from = models.DateField(help_text="Which version of the article")
    conduct_from = models.CharField(max_length=10, blank=True)
    conduct_to = models.CharField(max_length=10, blank=True)
    charged_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    against_check = models.OneToOneField(
        "justice.GateCheck", models.PROTECT, null=True, related_name="carries",
        help_text="The check it was recorded against, with reasons for this one charge",
    )  # fmt: skip

    class Meta:
        ordering = ["charged_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None)
                | models.Q(withdrawn_on__gte=models.F("charged_on")),
                name="charge_withdrawn_after_it_was_brought",
            )
        ]

    def __str__(self) -> str:
        return f"{self.statute} {self.article}"


class Step(models.Model):
    """One rung reached, on a day. Never edited; a later step follows it."""

    accused = models.ForeignKey(Accused, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=30, choices=Stage)
    on = models.DateField()
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    noted_at = models.DateTimeField(
        null=True, editable=False, help_text="By the database's own clock"
    )

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["accused", "stage", "on"], name="step_reached_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.accused_id} {self.stage}"
