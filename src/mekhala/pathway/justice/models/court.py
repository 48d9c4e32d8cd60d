"""Before the court: hearings and who watched them, what was taken as proved, verdicts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.justice.models.proceedings import Charge, Proceeding
from mekhala.pathway.justice.models.records import Entry, Note
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency


class HearingKind(models.TextChoices):
    """What a hearing is about."""

    DETENTION = "detention", _("Detention")
    TRIAL = "trial", _("Trial")
    JUDGMENT = "judgment", _("Judgment")
    APPEAL = "appeal", _("Appeal")
    RETRIAL = "retrial", _("Retrial")


class Hearing(models.Model):
    """A hearing in a proceeding: planned, then held or put off. It names nobody."""

    number = models.CharField(max_length=20, primary_key=True)
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="hearings")
    kind = models.CharField(_("About"), max_length=12, choices=HearingKind)
    starts_at = models.DateTimeField(_("Begins at"), db_index=True)
    court = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("Court")
    )
    room = models.CharField(_("Room"), max_length=40, blank=True)
    is_public = models.BooleanField(_("Open to the public"), null=True)
    put_off_to = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="put_off_from"
    )
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "number"]

    def __str__(self) -> str:
        return self.number


class Watcher(models.TextChoices):
    """Who says what happened at a hearing."""

    CLERK = "clerk", _("The clerk of the court")
    LAWYER = "lawyer", _("A lawyer")
    MONITOR = "monitor", _("A trial monitor")
    ACCUSED = "accused", _("The accused")


class Observation(Entry):
    """The checklist of one hearing for one accused, as one who was there filled it in."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="observations")
    seen_by = models.CharField(_("Filled in by"), max_length=8, choices=Watcher)
    minutes = models.PositiveSmallIntegerField(_("How long it lasted, in minutes"), null=True)
    posted = models.BooleanField(_("Time and place were posted in public"), null=True)
    lawyer = models.BooleanField(_("The accused had a lawyer there"), null=True)
    interpreter = models.BooleanField(_("The accused had an interpreter there"), null=True)
    complainant_present = models.BooleanField(
        _("The complainant or the person harmed came"), null=True
    )
    law_explained = models.BooleanField(_("The judge explained the law and the charge"), null=True)
    silence_told = models.BooleanField(_("The right to be silent was told"), null=True)
    could_question = models.BooleanField(
        _("The accused could question witnesses and bring evidence"), null=True
    )
    intimidating = models.BooleanField(_("Somebody was questioned in a threatening way"), null=True)
    person_protected = models.BooleanField(
        _("The person harmed was kept from meeting the accused"), null=True
    )
    judge_doubted = models.BooleanField(_("The judge voiced doubt about the guilt"), null=True)
    reasons_given = models.BooleanField(_("Reasons were given for the judgment"), null=True)
    form_number = models.CharField(
        max_length=20, blank=True, help_text="The filled form of a monitor it was read from"
    )
    note = Note()


class Instance(models.TextChoices):
    """Which court spoke."""

    FIRST = "first", _("First instance")
    APPEAL = "appeal", _("Appeal")
    SUPREME = "supreme", _("Supreme court")
    RETRIAL = "retrial", _("Retrial")


class Result(models.TextChoices):
    """What a court found on one charge."""

    CONVICTED = "convicted", _("Convicted")
    SUSPENDED = "suspended", _("Convicted, sentence suspended")
    ACQUITTED = "acquitted", _("Acquitted")
    DISMISSED = "dismissed", _("Dismissed")


class Reliance(models.TextChoices):
    """A kind of evidence a judgment may rest on."""

    CONFESSION = "confession", _("Confession")
    VICTIM_STATEMENT = "victim_statement", _("Statement of the person harmed")
    WITNESS_STATEMENT = "witness_statement", _("Statement of a witness")
    POLICE_STATEMENT = "police_statement", _("Statement of the police")
    NGO_REPORT = "ngo_report", _("Report of an organisation")
    MEDICAL = "medical", _("Medical evidence")
    FORENSIC = "forensic", _("Forensic evidence")
    DOCUMENT = "document", _("Document")
    PHOTO_VIDEO = "photo_video", _("Picture or film")
    PHONE_DATA = "phone_data", _("Data of a telephone or account")
    PHYSICAL = "physical", _("Thing")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not known")


class Additional(models.TextChoices):
    """A penalty beside imprisonment."""

    FINE = "fine", _("Fine")
    CONFISCATION = "confiscation", _("Confiscation")
    CLOSURE = "closure", _("Closing of a place")
    BAN = "ban", _("Ban from an activity")
    STAY = "stay", _("Ban from a place or the country")


class Verdict(Entry):
    """What one court found on one charge, and the sentence for that count."""

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="verdicts")
    instance = models.CharField(_("Court"), max_length=8, choices=Instance)
    on = models.DateField(_("Day of the verdict"))
    result = models.CharField(_("Result"), max_length=10, choices=Result)
    statute = models.CharField(max_length=40, help_text="The article the court applied")
    article = models.CharField(max_length=20)
    sentence_months = models.PositiveSmallIntegerField(
        _("Sentence for this count, in months"), null=True
    )
    additional = models.JSONField(_("Further penalties"), default=list, blank=True)
    relied_on = models.JSONField(
        _("What the judgment rests on"), null=True, blank=True,
        help_text="Kinds of evidence; None: not known",
    )  # fmt: skip
    final_on = models.DateField(_("Final since"), null=True)
    note = Note()

    class Meta(Entry.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sentence_months=None)
                | models.Q(result__in=["convicted", "suspended"]),
                name="sentence_only_where_convicted",
            )
        ]


class FactsFound(Entry):
    """The facts the court or the file takes as proved, by the codes of the law tables."""

    facts = models.JSONField(default=dict, help_text="Code: yes, no or unknown")
    none_of = models.JSONField(default=list, help_text="Groups of which nothing was found")
    victim_age = models.PositiveSmallIntegerField(
        _("Age of the person harmed, at the time"), null=True
    )
    victim_sex = models.CharField(
        _("Sex of the person harmed"), max_length=10, blank=True,
        choices=[("female", _("Female")), ("male", _("Male"))],
    )  # fmt: skip
