"""A return through a corridor: what the person says, what was checked, who did which step."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.repatriation.words import (
    CheckKind,
    Ending,
    Finder,
    Mistake,
    StepCode,
    Wish,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency


class Side(models.TextChoices):
    """Whose step or receipt it is."""

    OURS = "ours", _("Our side")
    THEIRS = "theirs", _("The other side")


class Return(models.Model):
    """One person's way through one corridor; a case has one open at a time.

    ``counterpart`` is the body of the other side with an account here. Its officers see the steps
    while the person's yes to telling it what she or he needs stands, and nothing else of the case.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="repatriations")
    corridor = models.CharField(max_length=40)
    country = models.CharField(max_length=3, blank=True, help_text="The other side's, ISO 3166-1")
    counterpart = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    their_number = models.CharField(max_length=40, blank=True, help_text="Their number of the case")
    started_on = models.DateField()
    opened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=20, choices=Ending, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="return_one_open_per_case"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="")
                | Q(ended_at__isnull=False) & ~Q(ended_because=""),
                name="return_ended_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.corridor}"


class Statement(models.Model):
    """What the person said about returning. Never edited: the newest counts."""

    of_return = models.ForeignKey(Return, models.PROTECT, related_name="statements")
    wish = models.CharField(max_length=12, choices=Wish)
    said_on = models.DateField()
    was_alone = models.BooleanField(null=True, help_text="Asked alone? Empty: not known")
    interpreter = models.BooleanField(null=True, help_text="Empty: not known")
    guardian_agrees = models.BooleanField(
        null=True, help_text="Of a child: who answers for her or him by law; empty: not known"
    )
    heard_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    heard_at = models.DateTimeField()

    class Meta:
        ordering = ["-heard_at", "-id"]

    def __str__(self) -> str:
        return f"{self.of_return_id} {self.wish}"


class Check(models.Model):
    """One thing found out: yes, no or not known, by whom and when. The newest of a kind counts."""

    of_return = models.ForeignKey(Return, models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=12, choices=CheckKind)
    answer = models.BooleanField(null=True, help_text="Empty: not known")
    found_by = models.CharField(max_length=20, choices=Finder)
    found_on = models.DateField()
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.of_return_id} {self.kind}"


class StepDone(models.Model):
    """One side says that a step was done on a day; where both act, both say so.

    Never edited: what was wrong is taken back by a row of its own, and said anew on its next turn.
    """

    of_return = models.ForeignKey(Return, models.PROTECT, related_name="steps_done")
    step = models.CharField(max_length=20, choices=StepCode)
    side = models.CharField(max_length=8, choices=Side)
    done_on = models.DateField()
    reference = models.CharField(
        max_length=80, blank=True, help_text="Number of the receipt or paper; no name"
    )
    turn = models.PositiveSmallIntegerField(
        default=0, help_text="How often this side took this step back before"
    )
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["done_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["of_return", "step", "side", "turn"], name="return_step_once_a_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.of_return_id} {self.step} {self.side}"


class StepTakenBack(models.Model):
    """A step that was said in error, and why: it counts no more and stays readable."""

    step = models.OneToOneField(StepDone, models.PROTECT, related_name="taken_back")
    because = models.CharField(max_length=12, choices=Mistake)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.step_id} {self.because}"


class Exchange(models.Model):
    """A file with the minimum data set, sealed to the other side; here nobody can open it."""

    of_return = models.ForeignKey(Return, models.PROTECT, related_name="exchanges")
    to = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    content = models.BinaryField()
    receipt_digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.of_return_id} {self.to_id}"


class CounterpartKey(models.Model):
    """The public key of a body of another country. The newest is used."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    country = models.CharField(max_length=3, help_text="ISO 3166-1 alpha-3")
    public = models.BinaryField()
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at", "-id"]

    def __str__(self) -> str:
        return str(self.agency_id)


class Progress(models.TextChoices):
    """How far a commitment has come. Only the last is what was promised."""

    SIGNED = "signed", _("Signed")
    IN_FORCE = "in_force", _("In force")
    CARRIED_OUT = "carried_out", _("Carried out, with evidence")
    STOPPED = "stopped", _("Not pursued any more")


class Commitment(models.Model):
    """One thing promised in an agreement between countries (``agreements.toml``)."""

    agreement = models.CharField(max_length=40)
    article = models.CharField(max_length=20, help_text="Article or number in the agreement")
    words = models.CharField(max_length=300)
    words_km = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["agreement", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "article"], name="commitment_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.article}"


class CommitmentStatus(models.Model):
    """What became of a commitment, from a day on. Never edited: the newest counts."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="statuses")
    progress = models.CharField(max_length=12, choices=Progress)
    since = models.DateField()
    evidence = models.CharField(max_length=300, blank=True, help_text="What shows it, and where")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(progress=Progress.CARRIED_OUT) | ~Q(evidence=""),
                name="commitment_carried_out_is_shown",
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.progress}"


class ProgressTakenBack(models.Model):
    """What was said of a commitment in error, and why: it counts no more and stays readable."""

    status = models.OneToOneField(CommitmentStatus, models.PROTECT, related_name="taken_back")
    because = models.CharField(max_length=300, help_text="About the commitment; no name")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="progress_taken_back_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.status_id}"
