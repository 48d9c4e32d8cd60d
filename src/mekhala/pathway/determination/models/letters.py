"""Letters about a decision: what stands in them, who looked over them, how they were given."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.determination.models.decisions import Decision
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity.fields import SealedBytes, SealedJSON, SealedText

LETTER = ("decision_id", "kind", "language", "prepared_at")  # which letter it is


class LetterKind(models.TextChoices):
    """What a letter is, and so whom it is for."""

    DECISION = "decision", _("The decision, to the person")
    NOTICE = "notice", _("Notice to who referred the person")


class LetterLanguage(models.TextChoices):
    """The languages letters are written in."""

    KHMER = "km", _("Khmer")
    ENGLISH = "en", _("English")
    THAI = "th", _("Thai")
    VIETNAMESE = "vi", _("Vietnamese")


class Channel(models.TextChoices):
    """How a letter reaches whom it is for. No message, no post, no address of the person."""

    READ_ALOUD = "read_aloud", _("Read aloud by a worker")
    ON_PAPER = "on_paper", _("Handed over on paper by a worker")
    TELEPHONE = "telephone", _("Read by telephone to the person alone")
    TRUSTED_PERSON = "trusted_person", _("Given to the person whom she or he trusts")
    LAWYER = "lawyer", _("Given to the lawyer")
    GUARDIAN = "guardian", _("Told to the guardian of a child")
    BETWEEN_OFFICES = "between_offices", _("From office to office")


class Letter(models.Model):
    """One letter about one decision, in one language. What it says is never changed.

    ``content`` and ``pdf`` are kept as made: a later change of the texts, the fonts or the
    program changes no letter that somebody holds in their hands. The database lets nothing be
    changed but how the letter went on: approved, handed over, withdrawn, each once.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=12, choices=LetterKind)
    language = models.CharField(max_length=4, choices=LetterLanguage)
    content = SealedJSON(
        person="case_id", bound=LETTER, default=dict,
        help_text="What the letter says, piece by piece",
    )  # fmt: skip
    texts_version = models.CharField(max_length=20, help_text="Version and digest of the texts")
    texts_reviewed = models.BooleanField(help_text="Whether a native reader checked the texts")
    pdf = SealedBytes(person="case_id", bound=LETTER)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the PDF")
    prepared_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    language_checked = models.BooleanField(
        null=True, help_text="Whether a reader of the language has read it; empty: no need"
    )
    handed_over_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    handed_over_at = models.DateTimeField(null=True)
    handed_over_how = models.CharField(max_length=20, blank=True, choices=Channel)
    withdrawn_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = SealedText(person="case_id", bound=LETTER)

    class Meta:
        ordering = ["-prepared_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "kind", "language"], condition=Q(withdrawn_at=None),
                name="letter_one_of_a_kind_stands",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")),
                name="letter_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(handed_over_at=None)
                | (Q(approved_at__isnull=False) & ~Q(handed_over_how="")),
                name="letter_handed_over_after_approval",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=b""),
                name="letter_withdrawn_with_a_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.language}"
