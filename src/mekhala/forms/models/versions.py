"""Forms, their versions, files and lists, and who took them as their own."""

from django.db import models

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency


class Form(models.Model):
    """A questionnaire, known by the id its author gave it."""

    form_id = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    for_all = models.BooleanField(
        default=True, help_text="Handed out to every agency; else to those named: FormUse"
    )

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class FormUse(models.Model):
    """An agency a form is handed out to, where it is not for all; ended, never taken away."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="uses")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="None: it is still handed out there")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "agency"], condition=models.Q(ended_at=None),
                name="form_use_named_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.form}: {self.agency}"


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
    in_languages = models.JSONField(
        default=dict, help_text="Language → title, based_on and note in it; see titles.py"
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
    def title(self) -> str:
        """What the form is called in the language of the page."""
        from mekhala.forms.titles import title_of

        return title_of(self)

    @property
    def rests_on(self) -> str:
        """What it is based on, in the language of the page."""
        from mekhala.forms.titles import based_on_of

        return based_on_of(self)

    @property
    def remark(self) -> str:
        """Its author's note, in the language of the page."""
        from mekhala.forms.titles import note_of

        return note_of(self)

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
