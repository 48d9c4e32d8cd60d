"""What is recorded of one accused: each entry whole, never edited; a later one may replace it.

A yes or no that nobody asked or knows is None. Free text about a person lies sealed.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.justice.models.proceedings import Accused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.identity.fields import SealedText

NOTE_LENGTH = 2000


class Note(SealedText):
    """Free text of one entry about an accused."""

    def __init__(self, **options: object) -> None:
        """Bind the words to the accused and to the moment of the entry."""
        options = {"person": "accused_id", "bound": ("recorded_at",), "max_length": NOTE_LENGTH,
                   "blank": True} | options  # fmt: skip
        super().__init__(**options)  # type: ignore[arg-type]


class Entry(models.Model):
    """One entry about one accused. What was wrong is replaced by a later entry and stays."""

    accused = models.ForeignKey(Accused, models.PROTECT, related_name="%(class)s_entries")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaces_id: int | None
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by",
        help_text="The entry this one stands in place of",
    )  # fmt: skip

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.accused_id} {type(self).__name__} {self.pk}"


class Complainer(models.TextChoices):
    """Who made the complaint."""

    VICTIM = "victim", _("The person harmed")
    VICTIM_FAMILY = "victim_family", _("Family of the person harmed")
    RELATIVE = "relative", _("A relative of the person complained of")
    NEIGHBOUR = "neighbour", _("A neighbour")
    NGO = "ngo", _("An organisation")
    POLICE = "police", _("The police")
    OTHER = "other", _("Somebody else")
    UNKNOWN = "unknown", _("Not known")


class Complaint(Entry):
    """Who complained of the accused, and what else may lie behind it."""

    made_by = models.CharField(_("Who complained"), max_length=20, choices=Complainer)
    prior_dispute = models.BooleanField(
        _("An earlier quarrel, debt or family dispute with the person complained of"), null=True
    )
    payment_asked = models.BooleanField(
        _("The complainant asked for money to drop the complaint or not to bring it"), null=True
    )
    withdrawn = models.BooleanField(_("The complaint was withdrawn"), null=True)
    note = Note()


class PlaceKind(models.TextChoices):
    """Where somebody is held."""

    POLICE = "police", _("Police")
    PROSECUTOR = "prosecutor", _("Prosecutor or court")
    PRISON = "prison", _("Prison")
    YOUTH = "youth", _("Place for young people")
    OTHER = "other", _("Another place")


class OffenceClass(models.TextChoices):
    """How grave the offence is by law."""

    FELONY = "felony", _("Felony")
    MISDEMEANOUR = "misdemeanour", _("Misdemeanour")


class Custody(Entry):
    """Held from one instant to another, on what word, and what the accused was told."""

    held_at = models.DateTimeField(_("Held since"), db_index=True)
    released_at = models.DateTimeField(_("Let go, or brought before a judge, at"), null=True)
    place = models.CharField(_("Where"), max_length=12, choices=PlaceKind)
    offence_class = models.CharField(
        _("Class of the offence"), max_length=12, choices=OffenceClass, blank=True
    )
    was_minor = models.BooleanField(_("Under 18 when held"), null=True)
    extended = models.BooleanField(
        _("The prosecutor extended it in writing, with reasons on the file"), null=True
    )
    rights_given = models.BooleanField(_("The rights were told"), null=True)
    rights_language = models.CharField(
        _("In which language the rights were told"), max_length=8, blank=True
    )
    lawyer_asked = models.BooleanField(_("A lawyer was asked for"), null=True)
    note = Note()

    class Meta(Entry.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(released_at=None)
                | models.Q(released_at__gte=models.F("held_at")),
                name="custody_ends_after_it_began",
            )
        ]


class Speaker(models.TextChoices):
    """Whose statement it is."""

    ACCUSED = "accused", _("The accused")
    CO_ACCUSED = "co_accused", _("A co-accused")
    VICTIM = "victim", _("The person harmed")
    COMPLAINANT = "complainant", _("The complainant")
    WITNESS = "witness", _("A witness")
    POLICE = "police", _("The police")
    UNKNOWN = "unknown", _("Not known")


class StatementForm(models.TextChoices):
    """How a statement was given."""

    ORAL = "oral", _("By word of mouth")
    SIGNED = "signed", _("Signed")
    THUMBPRINT = "thumbprint", _("Thumb-printed")
    RECORDED = "recorded", _("Recorded in sound or picture")
    UNKNOWN = "unknown", _("Not known")


class Reader(models.TextChoices):
    """Who read a statement out."""

    OFFICER = "officer", _("The officer who took it")
    INTERPRETER = "interpreter", _("An interpreter")
    LAWYER = "lawyer", _("A lawyer")
    RELATIVE = "relative", _("A relative or support person")
    OTHER = "other", _("Somebody else")


class Statement(Entry):
    """What somebody said for the file, how it was taken, and whether it was changed."""

    taken_on = models.DateField(_("Taken on"), null=True)
    speaker = models.CharField(_("Whose statement"), max_length=12, choices=Speaker)
    form = models.CharField(_("How it was given"), max_length=12, choices=StatementForm)
    language = models.CharField(_("In which language"), max_length=8, blank=True)
    can_read = models.BooleanField(_("Whoever made it can read"), null=True)
    read_out = models.BooleanField(_("It was read out before it was signed"), null=True)
    read_by = models.CharField(_("Read out by whom"), max_length=12, choices=Reader, blank=True)
    lawyer_present = models.BooleanField(_("A lawyer was there"), null=True)
    interpreter_present = models.BooleanField(_("An interpreter was there"), null=True)
    is_confession = models.BooleanField(_("It is a confession"), null=True)
    changed = models.BooleanField(_("It was changed later"), null=True)
    after_benefit = models.BooleanField(
        _("It was changed after its maker got shelter, aid, money or release"), null=True
    )
    note = Note()

    class Meta(Entry.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(read_by="") | models.Q(read_out=True),
                name="statement_read_by_somebody_was_read_out",
            )
        ]


class CounselKind(models.TextChoices):
    """Who stands beside the accused."""

    LAWYER = "lawyer", _("Lawyer")
    INTERPRETER = "interpreter", _("Interpreter")


class PaidBy(models.TextChoices):
    """Who pays."""

    ACCUSED = "accused", _("The accused or family")
    STATE = "state", _("The state")
    NGO = "ngo", _("An organisation")
    NOBODY = "nobody", _("Nobody")


class Counsel(Entry):
    """A lawyer or an interpreter for the accused, from one day to another."""

    kind = models.CharField(_("Lawyer or interpreter"), max_length=12, choices=CounselKind)
    asked_on = models.DateField(_("Asked for on"), null=True)
    since = models.DateField(_("Assigned on"), null=True)
    until = models.DateField(_("Until"), null=True)
    language = models.CharField(_("Language interpreted"), max_length=8, blank=True)
    is_sworn = models.BooleanField(_("Sworn, and neither police nor party"), null=True)
    paid_by = models.CharField(_("Paid by"), max_length=8, choices=PaidBy, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("Organisation")
    )
    bar_number = models.CharField(
        _("Number at the bar"), max_length=30, blank=True, help_text=_("Not a name")
    )
    note = Note()


class InvestigationKind(models.TextChoices):
    """A step of an investigation."""

    SEARCH = "search", _("Search")
    SEIZURE = "seizure", _("Seizure")
    INTERVIEW = "interview", _("Interview")
    CONFRONTATION = "confrontation", _("Confrontation")
    UNDERCOVER = "undercover", _("Undercover investigation")
    LISTENING = "listening", _("Listening in")
    FORENSIC = "forensic", _("Forensic examination")
    OTHER = "other", _("Another step")


class Investigation(Entry):
    """One step of the investigation, on what legal basis, on which day."""

    kind = models.CharField(_("Step"), max_length=16, choices=InvestigationKind)
    on = models.DateField(_("On which day"))
    legal_basis = models.CharField(
        _("Legal basis"), max_length=80, blank=True, help_text=_("Statute and article, or order")
    )
    ordered_by = models.CharField(
        _("Ordered by"), max_length=12, blank=True,
        choices=[("police", _("Police")), ("prosecutor", _("Prosecutor")), ("judge", _("Judge"))],
    )  # fmt: skip
    note = Note()
