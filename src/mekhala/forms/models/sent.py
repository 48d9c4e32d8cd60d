"""What was sent in, kept whole: submissions, their files, envelopes that wait to be opened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.core.check_digit import new_number
from mekhala.forms.models.versions import FormVersion
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.identity.fields import SealedBytes, SealedJSON, SealedText


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
    agency = models.ForeignKey(  # the indices below lead with it, or with ids of forms
        Agency, models.PROTECT, related_name="+", db_index=False
    )
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
                fields=["deprecated_id", "agency"], condition=~models.Q(deprecated_id=""),
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
