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
    """One text of a form. Once an answer rests on it, it never changes."""

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
    is_offered = models.BooleanField(default=True, help_text="Handed out for new answers")

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["form", "version"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["form"], condition=models.Q(is_offered=True), name="form_one_offered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.version}"


class SubmissionState(models.TextChoices):
    """What became of what was sent."""

    RECEIVED = "received", _("Received")
    HELD = "held", _("Held for checking")


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
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.instance_id


class Attachment(models.Model):
    """A picture that came with a submission, drawn anew; what was sent is known by its digest."""

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
