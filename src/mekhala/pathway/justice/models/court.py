"""Before the court: hearings and who watched them, verdicts, appeal, what was taken, release."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.justice.models.proceedings import Accused, Charge, Proceeding
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


class Confiscation(Entry):
    """A thing taken from the accused: when, and on what legal basis."""

    what = models.CharField(
        _("What"), max_length=12,
        choices=[("money", _("Money")), ("vehicle", _("Vehicle")), ("phone", _("Telephone")),
                 ("house", _("House or land")), ("other", _("Other"))],
    )  # fmt: skip
    on = models.DateField(_("Taken on"))
    legal_basis = models.CharField(_("Legal basis"), max_length=80, blank=True)
    returned_on = models.DateField(_("Given back on"), null=True)
    note = Note()


class Obstacle(models.TextChoices):
    """What stands in the way of an appeal."""

    COST = "cost", _("Cost")
    FEAR = "fear_of_higher_sentence", _("Fear of a higher sentence")
    THREAT = "threat", _("Threat")
    NOT_INFORMED = "not_informed", _("Nobody told of it")
    NO_LAWYER = "no_lawyer", _("No lawyer")
    DEADLINE = "deadline_missed", _("Too late")
    OTHER = "other", _("Something else")
    OWN_CHOICE = "own_choice", _("Own choice")


class Appeal(Entry):
    """Whether there is an appeal, what helps it and what stands in its way."""

    judged_on = models.DateField(_("Judgment of"))
    filed = models.BooleanField(_("An appeal was filed"), null=True)
    filed_on = models.DateField(_("Filed on"), null=True)
    by = models.CharField(
        _("By whom"), max_length=12, blank=True,
        choices=[("accused", _("The accused")), ("prosecutor", _("The prosecutor"))],
    )  # fmt: skip
    fee_waiver_asked = models.BooleanField(_("Waiving of the fee was asked for"), null=True)
    fee_waived = models.BooleanField(_("The fee was waived"), null=True)
    lawyer = models.BooleanField(_("A lawyer is there for the appeal"), null=True)
    blocked_by = models.JSONField(_("What stands in the way"), null=True, blank=True)
    outcome = models.CharField(
        _("Outcome"), max_length=12, blank=True,
        choices=[("upheld", _("Judgment upheld")), ("acquitted", _("Acquitted")),
                 ("changed", _("Sentence changed")), ("retrial", _("Set aside, retrial")),
                 ("withdrawn", _("Appeal withdrawn"))],
    )  # fmt: skip
    decided_on = models.DateField(_("Decided on"), null=True)
    note = Note()


class Release(Entry):
    """The accused let go, and why."""

    on = models.DateField(_("Let go on"))
    why = models.CharField(
        _("Why"), max_length=12,
        choices=[("judge", _("By the judge")), ("limit", _("The time limit ran out")),
                 ("dropped", _("Case dropped")), ("acquitted", _("Acquitted")),
                 ("served", _("Sentence served")), ("pardon", _("Pardon or amnesty")),
                 ("other", _("Another reason"))],
    )  # fmt: skip
    after_payment = models.BooleanField(_("Money was paid for it"), null=True)
    note = Note()


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


class Compelled(models.TextChoices):
    """What kind of act a charge against somebody who may be a victim is about."""

    SOLICITING = "compelled.soliciting", _("Soliciting")
    IMMIGRATION = "compelled.immigration", _("Entry, stay or exit without papers")
    DOCUMENTS = "compelled.documents", _("False papers")
    FRAUD = "compelled.fraud", _("Fraud, also online")
    DRUGS = "compelled.drugs", _("Drugs")
    RECRUITING = "compelled.recruiting_others", _("Bringing in or watching others")
    OTHER = "compelled.other", _("Another act")


class GateOutcome(models.TextChoices):
    """Where the gate before a charge stands."""

    OPEN = "open", _("The charge may be recorded")
    CLOSED = "closed", _("The charge should not be recorded")
    OVERRIDDEN = "overridden", _("Recorded against the gate, with a prosecutor's reasons")


class GateCheck(Entry):
    """One look, before a charge, at whether the accused may be a victim made to do it."""

    statute = models.CharField(max_length=40)
    article = models.CharField(max_length=20)
    kind = models.CharField(_("What the charge is about"), max_length=30, choices=Compelled)
    presumption = models.BooleanField(
        null=True, help_text="The database's answer; None: no case is linked by consent"
    )
    compelled = models.BooleanField(
        _("The accused was forced, deceived or held to do it"), null=True
    )
    direct_result = models.BooleanField(
        _("The act came directly from the situation the accused was in"), null=True
    )
    neighbours_complain = models.BooleanField(
        _("People living near complained that it affects their affairs"), null=True
    )
    says_forced = models.BooleanField(
        _("Somebody complained of having been forced into it"), null=True
    )
    minors_involved = models.BooleanField(_("It involves minors"), null=True)
    disorder = models.BooleanField(_("It leads to public disorder or insecurity"), null=True)
    outcome = models.CharField(max_length=12, choices=GateOutcome)
    reasons = models.JSONField(default=list, help_text="Codes of what the outcome rests on")
    because = Note(help_text="The prosecutor's reasons where the gate is overridden")


class Way(models.TextChoices):
    """How somebody came to be told of a suspicion."""

    OPENED = "opened", _("The proceeding was opened to them")
    REFERRAL = "referral", _("Handed on to another authority")
    EXPORT = "export", _("A copy was handed over")
    LETTER = "letter", _("Letter")
    BORDER = "border", _("Notice at the border or to another country")
    WORK = "work", _("Employer, school or village")


class Told(Entry):
    """An agency or body that was told of the suspicion, and was told how it ended."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("Agency")
    )
    body = models.CharField(
        _("If none of the agencies: which kind of body"), max_length=12, blank=True,
        choices=[("foreign", _("Authority of another country")), ("employer", _("Employer")),
                 ("school", _("School")), ("village", _("Village or commune")),
                 ("press", _("Press")), ("other", _("Other"))],
    )  # fmt: skip
    way = models.CharField(_("How"), max_length=10, choices=Way)
    on = models.DateField(_("On which day"))

    class Meta(Entry.Meta):
        verbose_name_plural = "told"


class Corrected(models.Model):
    """Somebody who had been told of a suspicion was told that it is no more."""

    told = models.OneToOneField(Told, models.PROTECT, related_name="correction")
    stage = models.CharField(max_length=30, help_text="The rung that was told")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    way = models.CharField(
        max_length=10, choices=[("notice", _("Notice here")), ("letter", _("Letter to send"))]
    )
    sent_on = models.DateField(null=True, help_text="When the letter went out")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.told_id} {self.stage}"


class ClockAlarm(models.Model):
    """That those who keep a proceeding were told, once, before a limit of time ran out."""

    accused = models.ForeignKey(Accused, models.PROTECT, related_name="alarms")
    clock = models.CharField(
        max_length=10, choices=[("custody", _("Custody")), ("appeal", _("Appeal"))]
    )
    entry = models.BigIntegerField(help_text="The custody or the verdict that runs")
    limit_at = models.DateTimeField()
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "entry", "limit_at"], name="clock_alarm_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.accused_id} {self.clock}"
