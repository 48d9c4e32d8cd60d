"""Items of evidence, who held them, what they bear on, and what the defence was told of."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.justice.models import Accused, Charge, Proceeding
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.identity.fields import SealedBytes, SealedText


class Kind(models.TextChoices):
    """What an item is: the words in which a fair-trial check is asked."""

    CONFESSION = "confession", _("Confession of an accused")
    VICTIM_STATEMENT = "victim_statement", _("Statement of the presumed victim")
    COMPLAINANT_STATEMENT = "complainant_statement", _("Statement of the complainant")
    WITNESS_STATEMENT = "witness_statement", _("Statement of a witness")
    CO_ACCUSED_STATEMENT = "co_accused_statement", _("Statement of another accused")
    POLICE_STATEMENT = "police_statement", _("Statement of police")
    NGO_REPORT = "ngo_report", _("Report of an organisation")
    CAUGHT_IN_ACT = "caught_in_act", _("Record of somebody met in the act")
    EXPERT_REPORT = "expert_report", _("Report of an expert")
    MEDICAL_REPORT = "medical_report", _("Medical report")
    FORENSIC_REPORT = "forensic_report", _("Forensic report")
    DOCUMENT = "document", _("Document")
    PHOTOGRAPH = "photograph", _("Photograph")
    RECORDING = "recording", _("Recording of sound or pictures")
    TELEPHONE_DATA = "telephone_data", _("Telephone data")
    FINANCIAL_RECORD = "financial_record", _("Record of money")
    BORDER_RECORD = "border_record", _("Record of a border")
    OBJECT = "object", _("Thing")
    MONEY = "money", _("Money")
    OTHER = "other", _("Something else")


class Source(models.TextChoices):
    """From whom it came."""

    PERSON = "person", _("The presumed victim")
    WITNESS = "witness", _("A witness")
    ACCUSED = "accused", _("An accused")
    DEFENCE = "defence", _("The defence")
    POLICE = "police", _("Police")
    ORGANISATION = "organisation", _("An organisation")
    EXPERT = "expert", _("An expert or laboratory")
    OFFICE = "office", _("Another office or State")
    COMPANY = "company", _("A company")


class Basis(models.TextChoices):
    """On what it rests that it was taken."""

    GIVEN = "given", _("Given freely")
    HEARING = "hearing", _("A hearing by police, prosecutor or judge")
    IN_THE_ACT = "in_the_act", _("Search or seizure in the act")
    WARRANT = "warrant", _("An order of a prosecutor or judge")
    UNDERCOVER = "undercover", _("Investigation under cover, authorised by a prosecutor")
    ASSISTANCE = "assistance", _("Help between States")
    EXPERT_ORDER = "expert_order", _("An order to an expert")
    NONE_RECORDED = "none_recorded", _("No basis is recorded")


ORDERED = frozenset({Basis.WARRANT, Basis.UNDERCOVER, Basis.ASSISTANCE, Basis.EXPERT_ORDER})


class Item(models.Model):
    """One item in the register. Never edited; an item entered wrongly is replaced by another."""

    number = models.CharField(max_length=20, primary_key=True)
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=30, choices=Kind)
    source = models.CharField(max_length=20, choices=Source)
    basis = models.CharField(max_length=20, choices=Basis)
    basis_on = models.DateField(null=True, help_text="Day of the order it rests on")
    basis_number = models.CharField(max_length=40, blank=True, help_text="Its number")
    taken_on = models.DateField()
    taken_by = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    taker = models.CharField(max_length=40, blank=True, help_text="Service number, not a name")
    place = SealedText(person="number", bound=("taken_on",), max_length=300)
    what = SealedText(person="number", bound=("taken_on",), max_length=1000)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(basis__in=sorted(ORDERED)) | Q(basis_on__isnull=False),
                name="item_order_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.number


class ItemFile(models.Model):
    """The original of an item: the bytes as they came, sealed, and their digest in clear."""

    item = models.OneToOneField(Item, models.PROTECT, primary_key=True, related_name="file")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="Bytes")
    sha256 = models.CharField(max_length=64, help_text="Of the bytes as they came")
    content = SealedBytes(person="item_id", bound=("sha256",))

    def __str__(self) -> str:
        return self.sha256[:8]


class Move(models.TextChoices):
    """What happened to an item."""

    TAKEN_IN = "taken_in", _("Taken into custody")
    HANDED_OVER = "handed_over", _("Handed over")
    RECEIVED = "received", _("Received")
    SENT_OUT = "sent_out", _("Sent out, against a receipt")
    CAME_BACK = "came_back", _("Came back")
    GIVEN_BACK = "given_back", _("Given back to whom it belongs")


class Outside(models.TextChoices):
    """Where an item went that no officer here received."""

    LABORATORY = "laboratory", _("Laboratory")
    EXPERT = "expert", _("Expert")
    COURT_STORE = "court_store", _("Store of the court")
    OTHER_STATE = "other_state", _("Another State")
    OWNER = "owner", _("To whom it belongs")


class CustodyEntry(models.Model):
    """One line of the chain of custody. Two officers make a hand-over; nobody edits a line."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="custody")
    move = models.CharField(max_length=20, choices=Move)
    at = models.DateTimeField(help_text="When it happened")
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    to = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", help_text="Who is to receive it"
    )
    outside = models.CharField(max_length=20, choices=Outside, blank=True)
    receipt = models.CharField(max_length=40, blank=True, help_text="Number of the receipt")
    of = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="answer",
        help_text="The hand-over this receives",
    )  # fmt: skip
    seal_whole = models.BooleanField(null=True, help_text="Seal unbroken; empty: not known")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(move="handed_over", to__isnull=False) | ~Q(move="handed_over") & Q(to=None)
                )
                & (Q(move="received", of__isnull=False) | ~Q(move="received") & Q(of=None))
                & (~Q(move="sent_out") | ~Q(outside="") & ~Q(receipt="")),
                name="custody_entry_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(to=None) | ~Q(to=models.F("by")), name="custody_by_two_officers"
            ),
        ]
        verbose_name_plural = "custody entries"

    def __str__(self) -> str:
        return f"{self.item_id} {self.move}"


class Weighs(models.TextChoices):
    """What an item says of an element."""

    SUPPORTS = "supports", _("Supports it")
    AGAINST = "against", _("Speaks against it")
    NEITHER = "neither", _("Neither")


class Bearing(models.Model):
    """What an item says of one element of one charge. Never edited; the latest one counts."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="bearings")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="bearings")
    element = models.CharField(max_length=40, help_text="As the text of the article names it")
    weighs = models.CharField(max_length=10, choices=Weighs)
    because = SealedText(
        person="item_id", bound=("charge_id", "element", "recorded_at"), max_length=500
    )
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.element} {self.weighs}"


class DisclosureList(models.Model):
    """What the defence of one accused was told of, and what not, with the reason. Never edited."""

    number = models.CharField(max_length=20, primary_key=True)
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="disclosures")
    made_on = models.DateField()
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "number"]

    def __str__(self) -> str:
        return self.number


class WhyLeftOut(models.TextChoices):
    """Why the defence is not shown an item; that it is not shown, it is always told."""

    WITNESS = "witness", _("It would tell where a witness or victim is")
    SECRET = "secret", _("A secret of State or of an office, by an order")
    PRIVATE = "private", _("Private to somebody with no part in the matter")
    ELSEWHERE = "elsewhere", _("Not in our hands; the place is named to the defence")
    PENDING = "pending", _("Still with an expert; to follow")


class Disclosed(models.Model):
    """One item on a list: shown, or left out for a reason that stands on the list."""

    listed = models.ForeignKey(DisclosureList, models.PROTECT, related_name="entries")
    item = models.ForeignKey(Item, models.PROTECT, related_name="disclosed")
    speaks_against = models.BooleanField(help_text="Spoke against the charge on that day")
    left_out = models.CharField(max_length=20, choices=WhyLeftOut, blank=True)
    because = SealedText(person="item_id", bound=("listed_id",), max_length=500)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["listed", "item"], name="disclosed_once")]
        verbose_name_plural = "disclosed"

    def __str__(self) -> str:
        return f"{self.listed_id} {self.item_id}"
