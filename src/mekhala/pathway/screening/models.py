"""What was asked and seen at screening. Never a status."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.forms.models import Submission
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity.fields import SealedJSON, SealedText


class ScreeningOutcome(models.TextChoices):
    """What the first responder advises. It decides nothing about the person."""

    REFER = "refer", _("Refer")
    DO_NOT_REFER = "do_not_refer", _("Do not refer now")
    UNSURE = "unsure", _("Unsure: ask")


class Profile(models.TextChoices):
    """Which list of indicators fits: four of ILO and EC, one of our own."""

    ADULT_LABOUR = "adult_labour", _("Adult, labour")
    CHILD_LABOUR = "child_labour", _("Child, labour")
    ADULT_SEXUAL = "adult_sexual", _("Adult, sexual exploitation")
    CHILD_SEXUAL = "child_sexual", _("Child, sexual exploitation")
    FORCED_CRIMINALITY = "forced_criminality", _("Adult or child, made to commit offences")


class Screening(models.Model):
    """One screening of one person. A later one does not overwrite it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="screenings")
    screened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    screened_at = models.DateTimeField()
    answers = SealedJSON(
        person="case_id", bound=("screened_at",), default=dict,
        help_text="Fact code → true, false or null (not known); absent: not asked",
    )  # fmt: skip
    profile = models.CharField(max_length=20, choices=Profile, blank=True)
    list_version = models.CharField(
        max_length=40, blank=True, help_text="Of the profile's list on the day; blank: not kept"
    )
    indicators = SealedJSON(
        person="case_id", bound=("screened_at",), default=list, help_text="Indicator codes seen"
    )
    outcome = models.CharField(max_length=20, choices=ScreeningOutcome)
    because = SealedText(person="case_id", bound=("screened_at",))
    submission = models.OneToOneField(Submission, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-screened_at", "-id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"
