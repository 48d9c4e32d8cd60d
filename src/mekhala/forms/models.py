"""Forms, their versions, and what was sent in, kept whole."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.core.check_digit import new_number
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.identity.fields import SealedBytes, SealedJSON, SealedText


class Form(models.Model):
    """A questionnaire, known by the id its author gave it."""

    form_id = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class FormVersion(models.Model):
    """One text of a form: a draft until it is first put into use, from then on never changed."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    version = models.CharField(max_length=80, blank=True)
    source_name = models.CharField(max_length=200)
    source = models.BinaryField()
    xform = models.TextField(help_text="The XForm XML, exactly as it is handed out")
    sha256 = models.CharField(max_length=64, help_text="Of the XForm")
    languages = models.JSONField(default=list)
    questions = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, help_text="First put into use; none: a draft")
    is_offered = models.BooleanField(default=True, help_text="Handed out for new answers")
    asks_for = models.JSONField(
        default=dict, help_text="Files the form needs: name → picture, sound, film or list"
    )
    based_on = models.CharField(
        max_length=1000, blank=True, help_text="What it rests on, in its author's words"
    )
    note = models.CharField(
        max_length=1000, blank=True, help_text="Its author's remark, as on its translations"
    )

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["form", "version"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["form"], condition=models.Q(is_offered=True), name="form_one_offered"
            ),
            models.CheckConstraint(
                condition=models.Q(is_offered=False) | models.Q(offered_at__isnull=False),
                name="form_draft_not_offered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.version}"

    @property
    def is_draft(self) -> bool:
        """Whether it was never put into use: no phone has it and no answer rests on it."""
        return self.offered_at is None

    @property
    def adoption(self) -> "FormAdoption | None":
        """The authority's adoption that stands; None: nobody verified this version."""
        return self.adoptions.filter(taken_back_at=None).first()


class FormAdoption(models.Model):
    """That the authority adopted a version: without it every form is one nobody verified.

    Never altered but to be taken back, once, which stays to be read; then it may adopt anew.
    """

    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="adoptions")
    adopted_on = models.DateField()
    reference = models.CharField(max_length=200, help_text="Number of the decision or circular")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_because = models.CharField(
        max_length=200, blank=True, help_text="The decision that takes it back, or why it was wrong"
    )
    taken_back_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(taken_back_at=None),
                name="form_adopted_once",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back_at=None, taken_back_by=None, taken_back_because="")
                | models.Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                & ~models.Q(taken_back_because=""),
                name="form_adoption_taken_back_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.version}: {self.reference}"


class FormFile(models.Model):
    """A picture, sound or list that goes out with a version, as it is kept and known by digest."""

    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200, help_text="As the form asks for it")
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    md5 = models.CharField(max_length=32, help_text="What OpenRosa asks for; no safeguard")
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="form_file_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ListVersion(models.Model):
    """One content of a list of choices filled from the register; what changes makes the next."""

    name = models.CharField(max_length=80, help_text="The file name forms ask for it by")
    number = models.PositiveIntegerField(help_text="Counts from 1 for each name")
    content = models.BinaryField(help_text="CSV in UTF-8, as it is handed out")
    sha256 = models.CharField(max_length=64)
    md5 = models.CharField(max_length=32, help_text="What OpenRosa asks for; no safeguard")
    entries = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["name", "number"], name="form_list_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class SubmissionState(models.TextChoices):
    """What became of what was sent."""

    RECEIVED = "received", _("Received")
    HELD = "held", _("Held for checking")
    REPLACED = "replaced", _("Replaced by an edit")


def new_submission_number() -> str:
    """Return a new number for a filled form; it says nothing."""
    return new_number("SB")


class Submission(models.Model):
    """One filled form, byte for byte as it came, bound to the version it answers.

    Two agencies never see each other's, so an instance id is one agency's own.
    """

    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="submissions")
    number = models.CharField(
        max_length=20, unique=True, default=new_submission_number,
        help_text="What its data key is kept under: answers are there before a case is",
    )  # fmt: skip
    instance_id = models.CharField(max_length=120)
    xml = SealedText(person="number", bound=("instance_id", "sha256"))
    sha256 = models.CharField(max_length=64)
    answers = SealedJSON(
        person="number", bound=("instance_id", "sha256"), default=dict,
        help_text="Question path → text, as read from xml; see answers.py",
    )  # fmt: skip
    state = models.CharField(
        max_length=10, choices=SubmissionState, default=SubmissionState.RECEIVED
    )
    deprecated_id = models.CharField(
        max_length=120, blank=True, help_text="The instance this edit takes the place of"
    )
    is_encrypted = models.BooleanField(
        default=False, help_text="Sealed by the phone to the form's own key: nobody here reads it"
    )
    awaits_files = models.BooleanField(default=False, help_text="The phone said more will follow")
    is_practice = models.BooleanField(
        default=False, help_text="Filled to learn: never linked to a case, never mapped"
    )
    took_seconds = models.PositiveIntegerField(
        null=True, help_text="From begin to end by the phone's clock; none: the form does not say"
    )
    received_at = models.DateTimeField()
    received_from = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    case_number = models.CharField(max_length=20, blank=True, db_index=True)

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "instance_id"], condition=models.Q(state="received"),
                name="submission_one_per_instance",
            ),
            models.UniqueConstraint(
                fields=["agency", "instance_id", "sha256"], name="submission_same_content_once"
            ),
            models.CheckConstraint(
                condition=models.Q(is_practice=False) | models.Q(case_number=""),
                name="practice_of_no_case",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["agency", "deprecated_id"], condition=~models.Q(deprecated_id=""),
                name="submission_edits",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.instance_id


class Attachment(models.Model):
    """A picture that came with a submission, drawn anew; what was sent is known by its digest.

    Of an encrypted form: a sealed file, kept as it came.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = SealedBytes(person="submission.number", bound=("submission_id", "name"))
    sent_sha256 = models.CharField(max_length=64, default="", help_text="Of the bytes as sent")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "name"], name="attachment_once")
        ]

    def __str__(self) -> str:
        return self.name


def new_envelope_number() -> str:
    """Return a new number for a sealed envelope; it says nothing."""
    return new_number("EN")


class WhyKept(models.TextChoices):
    """Why an envelope did not simply become a filled form."""

    DOES_NOT_OPEN = "does_not_open", _("No key of ours opens it, or it was altered on its way")
    NOT_READ = "not_read", _("It opened, and could not be read as a filled form")
    REFUSED = "refused", _("It opened, and the filled form was refused")
    FILES = "files", _("The answers were received; some file of it was not taken")


class SealedEnvelope(models.Model):
    """What a browser sealed and we could not take whole: kept as it came, never dropped.

    ``content`` is as the phone made it, readable with a key of the key service only.
    """

    number = models.CharField(max_length=20, unique=True, default=new_envelope_number)
    envelope = models.CharField(max_length=32, help_text="As the phone drew it, at random")
    key_version = models.PositiveIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    why = models.CharField(max_length=20, choices=WhyKept)
    submission = models.ForeignKey(
        Submission, models.CASCADE, null=True, related_name="envelopes",
        help_text="What came of it",
    )  # fmt: skip
    received_at = models.DateTimeField()
    received_from = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    device = models.BigIntegerField(help_text="Number of the phone")
    opened_at = models.DateTimeField(null=True, help_text="When it was opened after all")

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "envelope", "sha256"], name="envelope_same_content_once"
            )
        ]

    def __str__(self) -> str:
        return self.number


class Training(models.Model):
    """An officer was trained in one version of a form on a day; recorded once, never changed."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="trainings")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="trainings")
    held_on = models.DateField()
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "version", "held_on"], name="training_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.held_on}"


class Practised(models.Model):
    """How many practice forms of a version an officer finished, and when last; no answers."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="practised")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="practised")
    finished = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "version"], name="practised_once")
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.finished}"
