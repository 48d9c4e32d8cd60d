"""Being heard: protective measures, and the plan agreed with the person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.redress.models.files import OfOneFile
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency


class MeasureKind(models.TextChoices):
    """What protects a person who is heard (Palermo Protocol, Article 6; Guidelines on vulnerable
    witnesses).
    """

    SCREEN = "screen", _("A screen between her or him and the accused")
    VIDEO = "video", _("Heard by video from another room")
    CLOSED = "closed", _("Hearing behind closed doors")
    NO_NAME = "no_name", _("Name and address kept out of the public file")
    ESCORT = "escort", _("Escort on the way")
    CONTACT = "contact", _("A contact person at her or his side")
    NO_CONTACT = "no_contact", _("The accused may not approach her or him")


class Asker(models.TextChoices):
    """Who asked."""

    PERSON = "person", _("The person")
    COUNSEL = "counsel", _("Counsel")
    SUPPORT = "support", _("Who supports the person")
    PROSECUTOR = "prosecutor", _("The prosecutor")
    COURT = "court", _("The court of its own accord")


class Answerer(models.TextChoices):
    """Who decides on a measure."""

    POLICE = "police", _("Police")
    PROSECUTOR = "prosecutor", _("The prosecutor")
    JUDGE = "judge", _("The investigating judge")
    COURT = "court", _("The court")


class WhyRefused(models.TextChoices):
    """Why a measure was refused."""

    NO_MEANS = "no_means", _("There is no room, device or officer for it")
    NOT_NEEDED = "not_needed", _("Held not to be needed")
    DEFENCE = "defence", _("The rights of the defence stand against it")
    NO_BASIS = "no_basis", _("No basis in law was seen")
    NO_REASON = "no_reason", _("No reason was given")


class Measure(OfOneFile):
    """A protective measure: asked for, and granted or refused, by whom and when."""

    kind = models.CharField(max_length=20, choices=MeasureKind)
    asked_by = models.CharField(max_length=20, choices=Asker)
    asked_on = models.DateField()
    granted = models.BooleanField(null=True, help_text="Empty: no answer yet")
    answered_by = models.CharField(max_length=20, choices=Answerer, blank=True)
    answered_on = models.DateField(null=True)
    why_refused = models.CharField(max_length=20, choices=WhyRefused, blank=True)

    class Meta(OfOneFile.Meta):
        ordering = ["asked_on", "recorded_at"]
        constraints = [
            *OfOneFile.Meta.constraints,
            models.CheckConstraint(
                condition=Q(granted=None, answered_by="", answered_on=None, why_refused="")
                | Q(granted=True, answered_on__isnull=False, why_refused="") & ~Q(answered_by="")
                | Q(granted=False, answered_on__isnull=False)
                & ~Q(answered_by="")
                & ~Q(why_refused=""),
                name="measure_answer_is_whole",
            ),
        ]


class Heard(models.TextChoices):
    """How somebody is to be heard."""

    IN_COURT = "in_court", _("In the court room")
    VIDEO = "video", _("By video")
    RECORDED = "recorded", _("By a recorded statement")
    NOT_HEARD = "not_heard", _("Not at all")
    NOT_DECIDED = "not_decided", _("Not decided")


class WitnessPlan(models.Model):
    """How somebody is to be heard in a proceeding, agreed with her or him. Never edited.

    It lies with the proceeding alone. No case, no service and no plan of support knows of it:
    help is never given, prolonged or ended for being heard.
    """

    number = models.CharField(max_length=20, primary_key=True)
    proceeding = models.CharField(max_length=20, db_index=True)
    heard = models.CharField(max_length=20, choices=Heard)
    language = models.CharField(max_length=10, help_text="ISO 639 code")
    interpreter = models.BooleanField(null=True, help_text="Arranged; empty: not known")
    contact = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+",
        help_text="Whose officer goes with her or him",
    )  # fmt: skip
    agreed_on = models.DateField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["agreed_on", "recorded_at"]

    def __str__(self) -> str:
        return self.number
