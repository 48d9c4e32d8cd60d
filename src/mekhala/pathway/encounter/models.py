"""The case and the encounters that led to it. No name stands here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.forms.models import Submission
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency


class Sex(models.TextChoices):
    """As the person says."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not known")


class AgeCertainty(models.TextChoices):
    """How the age is known. Unless it is known to be 18 or more, child rules apply."""

    KNOWN = "known", _("Known")
    ESTIMATED = "estimated", _("Estimated")
    DISPUTED = "disputed", _("Disputed")
    UNKNOWN = "unknown", _("Not known")


class UrgentNeed(models.TextChoices):
    """Needs that do not wait for any decision."""

    SAFETY = "safety", _("A safe place")
    HEALTH = "health", _("Health care")
    FOOD = "food", _("Food and clothes")
    INTERPRETER = "interpreter", _("An interpreter")
    CHILD_CARE = "child_care", _("Care for a child")
    LEGAL = "legal", _("A lawyer")
    CONTACT_FAMILY = "contact_family", _("Contact with family")


class Case(models.Model):
    """One person's way through the mechanism, under a number that means nothing."""

    number = models.CharField(max_length=20, primary_key=True)
    opened_at = models.DateTimeField(db_index=True)
    opened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    age = models.PositiveSmallIntegerField(null=True, help_text="Years, at the first encounter")
    age_certainty = models.CharField(
        max_length=10, choices=AgeCertainty, default=AgeCertainty.UNKNOWN
    )
    nationality = models.CharField(max_length=3, blank=True, help_text="ISO 3166-1 alpha-3")
    language = models.CharField(max_length=10, blank=True, help_text="BCP 47")

    class Meta:
        ordering = ["-opened_at", "number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age__lte=120) | models.Q(age=None), name="case_age"
            )
        ]

    def __str__(self) -> str:
        return self.number


class Encounter(models.Model):
    """Somebody met the person: who, where, when, and what could not wait."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="encounters")
    met_at = models.DateTimeField()
    met_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    place_code = models.CharField(max_length=8, help_text="Gazetteer code, province to village")
    urgent_needs = ArrayField(models.CharField(max_length=20, choices=UrgentNeed), default=list)
    consents_to_go_on = models.BooleanField(null=True, help_text="Empty: not asked")
    was_alone = models.BooleanField(null=True, help_text="Asked alone? Empty: not known")
    submission = models.OneToOneField(Submission, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["met_at", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.met_at:%Y-%m-%d}"
