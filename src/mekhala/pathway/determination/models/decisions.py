"""What each reader answered, and what the authority decided. Never edited."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.determination.models.questions import DeterminationFile
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity.fields import SealedJSON, SealedText


class TraffickingStatus(models.TextChoices):
    """What the authority decided, in the words of the Human Trafficking Case Data Standard."""

    REASONABLE_GROUNDS = "PossibleVictimOfTrafficking", _("Reasonable grounds")
    RECOGNISED = "ActualVictimOfTrafficking", _("Recognised as victim")
    NOT_ESTABLISHED = "NotAVictimOfTrafficking", _("Not established")


class Ground(models.TextChoices):
    """Why, as a code: so that statistics need no hand review of the words."""

    ELEMENTS_MADE_OUT = "elements_made_out", _("Each element is made out")
    CHILD_NO_MEANS = "child_no_means", _("A child, or treated as one: no means is needed")
    CONSENT_NO_MATTER = "consent_no_matter", _("That the person agreed does not matter")
    SUSPECTED_NOT_ALL_KNOWN = "suspected", _("Reasonable grounds, although not all is known")
    NO_ACT = "no_act", _("No act is made out")
    NO_MEANS = "no_means", _("No means is made out")
    NO_PURPOSE = "no_purpose", _("No purpose of exploitation is made out")
    FITS_SMUGGLING = "fits_smuggling", _("The facts fit smuggling")
    FITS_LABOUR = "fits_labour", _("The facts fit a breach of labour rights")
    FITS_OTHER = "fits_other", _("The facts fit another offence against the person")
    SOURCES_WEIGHED = "sources_weighed", _("Sources differ and were weighed, as said")
    OTHER = "other", _("Another ground, as said in the reasons")


_EITHER = frozenset({Ground.SOURCES_WEIGHED, Ground.OTHER})
POSITIVE = _EITHER | {
    Ground.ELEMENTS_MADE_OUT, Ground.CHILD_NO_MEANS, Ground.CONSENT_NO_MATTER,
    Ground.SUSPECTED_NOT_ALL_KNOWN,
}  # fmt: skip
NEGATIVE = frozenset(Ground) - POSITIVE | _EITHER


class Reading(models.Model):
    """One officer's reading of the file, made without sight of the other's. Never edited."""

    file = models.ForeignKey(DeterminationFile, models.PROTECT, related_name="readings")
    reader = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=40, choices=TraffickingStatus)
    grounds = ArrayField(models.CharField(max_length=20, choices=Ground), default=list)
    reasons = SealedText(
        person="file.case_id", bound=("file_id", "reader_id"),
        help_text="In words, kept with the decision",
    )  # fmt: skip
    rule_gave = models.CharField(max_length=16, help_text="met, not_met or undetermined")
    is_override = models.BooleanField(help_text="The reading leaves what the rule gives")
    differs_because = SealedText(
        person="file.case_id", bound=("file_id", "reader_id"),
        help_text="Where the reading leaves the rule",
    )  # fmt: skip
    declared_no_tie = models.BooleanField()
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["read_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["file", "reader"], name="reading_one_per_officer"),
            models.CheckConstraint(
                condition=Q(declared_no_tie=True), name="reading_only_without_a_tie"
            ),
            models.CheckConstraint(
                condition=Q(is_override=False) | ~Q(differs_because=b""),
                name="reading_leaves_the_rule_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.answer}"


class Recusal(models.Model):
    """An officer said they have a tie to somebody in the case: they read nothing about it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "officer"], name="recusal_once_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.officer_id}"


class Decision(models.Model):
    """One decision of the competent authority on one file.

    Never edited: a reconsideration adds a new decision that replaces this one.
    """

    file = models.OneToOneField(DeterminationFile, models.PROTECT, related_name="decision")
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    status = models.CharField(max_length=40, choices=TraffickingStatus)
    grounds = ArrayField(models.CharField(max_length=20, choices=Ground), default=list)
    article = models.CharField(max_length=200, help_text="Citation of the text applied")
    outcome = SealedJSON(
        person="case_id", bound=("file_id",), default=dict,
        help_text="The assessment the readers saw, whole",
    )  # fmt: skip
    reasons = SealedJSON(
        person="case_id", bound=("file_id",), default=list,
        help_text="Each finding, as weighed on the day",
    )  # fmt: skip
    unknown_elements = ArrayField(
        models.CharField(max_length=10), default=list,
        help_text="Elements left open by the outcome: what quality counts",
    )  # fmt: skip
    sources_differ = models.BooleanField(default=False, help_text="Counted, as above")
    is_override = models.BooleanField(default=False)
    decided_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    second_reader = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_index=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("second_reader")), name="decision_read_by_two_officers"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.status}"
