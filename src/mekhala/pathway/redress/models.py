"""Money owed and paid, protective measures, being heard, legal aid, and rights that were told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency

ONE_FILE = Q(case=None) & ~Q(proceeding="") | Q(case__isnull=False, proceeding="")


class OfOneFile(models.Model):
    """Kept under a case by who helps, or under a proceeding by justice: under one of both."""

    number = models.CharField(max_length=20, primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    proceeding = models.CharField(max_length=20, blank=True, help_text="Number of a proceeding")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=ONE_FILE, name="%(app_label)s_%(class)s_of_one_file")
        ]
        indexes = [models.Index(fields=["proceeding"], name="%(class)s_proceeding")]

    def __str__(self) -> str:
        return self.number

    @property
    def file_number(self) -> str:
        """The number of the case or of the proceeding it is kept under."""
        return str(self.case_id or self.proceeding)


class What(models.TextChoices):
    """For what money is owed."""

    WAGES = "wages", _("Wages not paid")
    COMPENSATION = "compensation", _("Compensation for harm")
    RESTITUTION = "restitution", _("Money or things to be given back")


class Basis(models.TextChoices):
    """On what it rests that money is owed."""

    CLAIMED = "claimed", _("Claimed")
    AGREED = "agreed", _("Agreed in writing")
    ORDERED = "ordered", _("Ordered")


class Debtor(models.TextChoices):
    """Who is to pay; never by name."""

    ACCUSED = "accused", _("An accused")
    EMPLOYER = "employer", _("An employer")
    AGENCY = "agency", _("A recruitment agency")
    STATE = "state", _("The State")
    OTHER = "other", _("Somebody else")


class Said(models.TextChoices):
    """Before whom it was claimed or agreed, or who ordered it."""

    COURT = "court", _("A court")
    LABOUR = "labour", _("Labour inspection or arbitration")
    EMPLOYER = "employer", _("The employer or agency directly")
    STATE = "state", _("A fund or office of the State")


class Currency(models.TextChoices):
    """What money is counted in (ISO 4217)."""

    KHR = "KHR", _("Riel")
    USD = "USD", _("US dollar")
    THB = "THB", _("Baht")
    VND = "VND", _("Dong")


class Ended(models.TextChoices):
    """Why money is no longer asked for although it was not paid in full."""

    WAIVED = "waived", _("The person does not want it any more")
    DISMISSED = "dismissed", _("The claim was refused")
    SET_ASIDE = "set_aside", _("The order was set aside on appeal")
    CANNOT_BE_HAD = "cannot_be_had", _("It cannot be had: nothing to take it from")


class Owed(OfOneFile):
    """Money owed to a person, and on what that rests.

    Never edited: what is ordered in place of a claim is a row of its own that replaces it.
    """

    what = models.CharField(max_length=20, choices=What)
    basis = models.CharField(max_length=20, choices=Basis)
    said = models.CharField(max_length=20, choices=Said)
    debtor = models.CharField(max_length=20, choices=Debtor)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, choices=Currency)
    said_on = models.DateField(help_text="Day of the claim, agreement or order")
    due_on = models.DateField(null=True, help_text="Empty: no day was set")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=20, choices=Ended, blank=True)

    class Meta(OfOneFile.Meta):
        ordering = ["said_on", "recorded_at"]
        verbose_name_plural = "owed"
        constraints = [
            *OfOneFile.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0), name="owed_is_an_amount"),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=models.F("said_on")),
                name="owed_due_after_it_was_said",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_because="")
                | Q(ended_on__isnull=False) & ~Q(ended_because=""),
                name="owed_ends_for_a_reason",
            ),
        ]


class Way(models.TextChoices):
    """How money came."""

    COURT = "court", _("Through the court")
    BANK = "bank", _("Bank or telephone transfer")
    CASH = "cash", _("Cash, against a receipt")
    THINGS = "things", _("Things given back")


class Payment(models.Model):
    """A part of what is owed that reached the person on a day. Never edited."""

    owed = models.ForeignKey(Owed, models.PROTECT, related_name="payments")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    on = models.DateField(help_text="Day on which she or he had it")
    way = models.CharField(max_length=10, choices=Way)
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="taken_back_by",
        help_text="The payment that was recorded by mistake",
    )  # fmt: skip
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(takes_back=None, amount__gt=0)
                | Q(takes_back__isnull=False, amount__lt=0),
                name="payment_is_an_amount",
            )
        ]

    def __str__(self) -> str:
        return f"{self.owed_id} {self.on}"


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


class Fee(models.TextChoices):
    """Who pays the lawyer."""

    FREE = "free", _("Legal aid, free of charge")
    APPOINTED = "appointed", _("Appointed by the court")
    PAID = "paid", _("Paid by her or him")


class LegalAid(OfOneFile):
    """A lawyer for the presumed victim, asked for, and assigned or not yet.

    The lawyer of an accused stands with the accused, in justice, and nowhere else.
    """

    asked_on = models.DateField()
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    bar_number = models.CharField(max_length=30, blank=True, help_text="Number at the bar")
    fee = models.CharField(max_length=10, choices=Fee, blank=True)
    assigned_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta(OfOneFile.Meta):
        ordering = ["asked_on", "recorded_at"]
        constraints = [
            *OfOneFile.Meta.constraints,
            models.CheckConstraint(
                condition=Q(assigned_on=None, fee="") | Q(assigned_on__isnull=False) & ~Q(fee=""),
                name="legal_aid_assigned_says_who_pays",
            ),
        ]


class Right(models.TextChoices):
    """What a presumed victim is to be told (Palermo Protocol, Article 6; the minimum standards
    of Cambodia of 2009 on the protection of the rights of victims).
    """

    INFORMATION = "information", _("To be told of every step, in a language she or he understands")
    INTERPRETER = "interpreter", _("To have an interpreter")
    LEGAL_AID = "legal_aid", _("To have a lawyer, free of charge")
    PRIVACY = "privacy", _("To have name and story kept private")
    PROTECTION = "protection", _("To be protected, before, during and after a trial")
    COMPENSATION = "compensation", _("To claim wages and compensation")
    HEALTH = "health", _("To have medical and other care")
    SHELTER = "shelter", _("To have a safe place, and to leave it freely")
    NO_DETENTION = (
        "no_detention",
        _("Not to be detained or punished for what she or he was made do"),
    )
    NOT_TESTIFY = "not_testify", _("To have help whether or not she or he speaks to a court")
    RETURN = "return", _("Not to be sent back against her or his will or into danger")
    RECONSIDERATION = "reconsideration", _("To have a decision looked at again")


class RightTold(OfOneFile):
    """A right was told to the person on a day, and whether it was understood. Never edited."""

    right = models.CharField(max_length=20, choices=Right)
    told_on = models.DateField()
    language = models.CharField(max_length=10, help_text="ISO 639 code")
    understood = models.BooleanField(null=True, help_text="Empty: not known")

    class Meta(OfOneFile.Meta):
        ordering = ["told_on", "recorded_at"]
        verbose_name_plural = "rights told"


class Link(models.Model):
    """What justice keeps under this number is seen from this case; seen from nowhere else."""

    number = models.CharField(max_length=20, primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.number
