"""What is known, from whom, and what is still asked. Contradictions stand side by side."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.determination.models.questions import DeterminationFile
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity.fields import SealedText

TELLING = ("file_id", "kind", "manner", "recorded_at")  # which telling it is


class SourceKind(models.TextChoices):
    """Who or what says so."""

    PERSON = "person", _("The person herself or himself")
    FAMILY = "family", _("A member of the family")
    WITNESS = "witness", _("Another person")
    ACCUSED = "accused", _("A person complained of")
    DOCUMENT = "document", _("A document or object")
    OFFICER = "officer", _("An officer saw it")
    HEALTH_WORKER = "health_worker", _("A doctor or counsellor")
    ORGANISATION = "organisation", _("An organisation that helps")
    SCREENING = "screening", _("The screening")


class Manner(models.TextChoices):
    """How it came to the file."""

    STATEMENT = "statement", _("Statement")
    DOCUMENT = "document", _("Document")
    OBSERVATION = "observation", _("Observation")
    MEDICAL = "medical", _("Medical finding")
    NGO_REPORT = "ngo_report", _("Report of an organisation")
    SCREENING = "screening", _("Screening")


class Interpreting(models.TextChoices):
    """Through whom it was said."""

    NONE_NEEDED = "none_needed", _("Spoken directly")
    SWORN = "sworn", _("Through a sworn interpreter")
    UNSWORN = "unsworn", _("Through another interpreter")
    KNOWN_TO_PERSON = "known_to_person", _("Through somebody the person knows")
    NOT_KNOWN = "not_known", _("Not known")


class Source(models.Model):
    """One telling: who said or showed something, when, how, in which language, through whom.

    A later statement of the same person is another source that ``follows`` the first; both stay,
    with what happened in between. Never edited.
    """

    file = models.ForeignKey(DeterminationFile, models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=16, choices=SourceKind)
    manner = models.CharField(max_length=16, choices=Manner)
    who = SealedText(
        person="file.case_id", bound=TELLING, max_length=120,
        help_text="Role or number, as in 'co-worker 2'; no name",
    )  # fmt: skip
    said_on = models.DateField(null=True, help_text="Empty: the day is not known")
    language = models.CharField(max_length=10, blank=True, help_text="BCP 47; empty: not known")
    interpreting = models.CharField(
        max_length=16, choices=Interpreting, default=Interpreting.NOT_KNOWN
    )
    present = SealedText(
        person="file.case_id", bound=TELLING, max_length=200,
        help_text="Who else was there; empty: not known",
    )  # fmt: skip
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    in_between = SealedText(
        person="file.case_id", bound=TELLING, help_text="What happened since the earlier telling"
    )
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["said_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(follows=F("id")), name="source_follows_another")
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.kind} {self.said_on}"


class Finding(models.Model):
    """One fact, as one source has it. Kept for good; a change is another finding."""

    file = models.ForeignKey(DeterminationFile, models.PROTECT, related_name="findings")
    source = models.ForeignKey(Source, models.PROTECT, related_name="findings")
    code = models.CharField(max_length=60, help_text="Fact code of the contract")
    made_out = models.BooleanField(null=True, help_text="Empty: not enough is known yet")
    because = SealedText(
        person="file.case_id", bound=("source_id", "code", "recorded_at"),
        help_text="What was said or seen, in the words used",
    )  # fmt: skip
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.code} {self.made_out}"


class FactRequest(models.Model):
    """A fact a reader needs first. It waits until it is answered or taken back."""

    file = models.ForeignKey(DeterminationFile, models.PROTECT, related_name="requests")
    code = models.CharField(max_length=60, help_text="Fact code of the contract")
    question = SealedText(person="file.case_id", bound=("file_id", "code", "asked_at"))
    asked_of = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+",
        help_text="The officer asked; empty: whoever of the authority finds out",
    )  # fmt: skip
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="Answered or taken back")

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "code"],
                condition=Q(ended_at=None),
                name="request_one_open_per_fact",
            ),
            models.CheckConstraint(
                condition=Q(answer=None) | Q(ended_at__isnull=False),
                name="request_answered_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.code}"


class Degree(models.TextChoices):
    """How much choice somebody had: the continuum from force to free choice, A to F."""

    A = "A", _("A: forced or kidnapped")
    B = "B", _("B: told something false, the work another than promised")
    C = "C", _("C: knew the work, not its conditions")
    D = "D", _("D: knew both, could not foresee the difficulties")
    E = "E", _("E: knew, could not choose where to work")
    F = "F", _("F: knew and chose")


class Volition(models.Model):
    """Where an officer of the authority places the person's way on the continuum. Never edited.

    It helps to explain. Neither the rule nor a reading looks at it; the newest one stands.
    """

    file = models.ForeignKey(DeterminationFile, models.PROTECT, related_name="volitions")
    degree = models.CharField(max_length=1, choices=Degree)
    placed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()

    class Meta:
        ordering = ["-placed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.file_id} {self.degree}"
