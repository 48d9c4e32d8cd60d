"""Reports about officials, who may read them, where they go, and who reported."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.identity.fields import SealedText


class Kind(models.TextChoices):
    """What an official asked for or did."""

    BRIBE = "bribe", _("Asked for money to drop, lighten or hurry a matter")
    SETTLEMENT = "settlement", _("Pressed somebody to settle a complaint for money")
    EXTORTION = "extortion", _("Threatened to accuse somebody unless paid")
    CUSTODY = "custody", _("Held somebody without a basis in law, or for too long")
    COMPLICITY = "complicity", _("Took part in, covered or profited from exploitation")
    THREAT = "threat", _("Threatened a witness, a victim or counsel")


class Body(models.TextChoices):
    """The body the official serves."""

    POLICE = "police", _("Police")
    MILITARY_POLICE = "military_police", _("Military police or army")
    BORDER = "border", _("Border or immigration")
    PROSECUTION = "prosecution", _("Prosecution")
    COURT = "court", _("Court")
    PRISON = "prison", _("Prison")
    LOCAL = "local", _("Village, commune or district")
    LABOUR = "labour", _("Labour or licensing office")
    WELFARE = "welfare", _("Social affairs or a shelter")
    UNKNOWN = "unknown", _("Not known")


class Post(models.TextChoices):
    """The official's role; never a name."""

    CHIEF = "chief", _("Head of a unit or office")
    OFFICER = "officer", _("Officer")
    INVESTIGATOR = "investigator", _("Investigator")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    JUDGE = "judge", _("Judge")
    CLERK = "clerk", _("Clerk")
    GUARD = "guard", _("Guard")
    BROKER = "broker", _("Somebody who speaks for an official")
    UNKNOWN = "unknown", _("Not known")


class ReporterKind(models.TextChoices):
    """Who reports."""

    PERSON = "person", _("The person it happened to, by a hotline or in person")
    FAMILY = "family", _("Family")
    COUNSEL = "counsel", _("Counsel")
    ORGANISATION = "organisation", _("An organisation")
    OFFICIAL = "official", _("An official")


class Currency(models.TextChoices):
    """What money is counted in (ISO 4217)."""

    KHR = "KHR", _("Riel")
    USD = "USD", _("US dollar")
    THB = "THB", _("Baht")
    VND = "VND", _("Dong")


class Incident(models.Model):
    """One report. Never edited; ``pseudonym`` is all the file tells of who reported."""

    number = models.CharField(max_length=20, primary_key=True)
    kind = models.CharField(max_length=20, choices=Kind)
    province_code = models.CharField(max_length=2, help_text="Gazetteer code")
    month = models.CharField(max_length=7, help_text="When, as 2026-03")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, choices=Currency, blank=True)
    was_paid = models.BooleanField(null=True, help_text="Empty: not known")
    body = models.CharField(max_length=20, choices=Body)
    post = models.CharField(max_length=20, choices=Post)
    of_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+",
        help_text="The official's own agency, as far as it is known",
    )  # fmt: skip
    reporter = models.CharField(max_length=20, choices=ReporterKind)
    pseudonym = models.CharField(max_length=40)
    names = SealedText(person="number", bound=("recorded_at",), max_length=500)
    words = SealedText(person="number", bound=("recorded_at",), max_length=4000)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None, currency="") | Q(amount__gt=0) & ~Q(currency=""),
                name="incident_amount_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(month__regex=r"^\d{4}-(0[1-9]|1[0-2])$"), name="incident_month"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Reporter(models.Model):
    """Who reported, under a number and a key of its own, apart from the report."""

    number = models.CharField(max_length=20, primary_key=True)
    incident = models.OneToOneField(Incident, models.PROTECT, related_name="identity")
    name = SealedText(person="number", bound=("incident_id",), max_length=200)
    contact = SealedText(person="number", bound=("incident_id",), max_length=300)

    def __str__(self) -> str:
        return self.number


class Opening(models.Model):
    """One report is open to one officer until an instant: the grants of this room.

    ``reporter``: with who reported. Not for any officer in a role or agency the room is sealed
    from: the rule stands at the rows as well as here.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="openings")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    reporter = models.BooleanField(default=False)
    given_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "officer", "given_by"], name="opening_once")
        ]

    def __str__(self) -> str:
        return self.incident_id


class Way(models.TextChoices):
    """Where a report goes, as the reporter chose."""

    NOBODY_YET = "nobody_yet", _("Nobody yet")
    ANTI_CORRUPTION = "anti_corruption", _("The Anti-Corruption Unit")
    MONITOR = "monitor", _("A monitor")


class Route(models.Model):
    """Where the reporter wants a report to go, since a day. Never edited; the latest counts.

    To an agency that works here it is opened; to one that does not a paper is handed, without
    who reported, against a receipt.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="routes")
    way = models.CharField(max_length=20, choices=Way)
    chosen_on = models.DateField()
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    receipt = models.CharField(max_length=40, blank=True, help_text="Of the paper handed over")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.way}"
