"""Visits to places, what was seen and done, and the cases they led to. Nobody seen is in a row."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.identity.fields import SealedText


class PlaceKind(models.TextChoices):
    """What kind of place it is."""

    BROTHEL = "brothel", _("Brothel")
    ENTERTAINMENT = "entertainment", _("Karaoke, massage or beer garden")
    GUESTHOUSE = "guesthouse", _("Guesthouse or hotel")
    STREET = "street", _("Street or park")
    WORKPLACE = "workplace", _("Factory, building site, farm or boat")
    COMPOUND = "compound", _("Closed compound")
    OTHER = "other", _("Another place")


class Entry(models.TextChoices):
    """Whether the visitors were let in."""

    WHOLE = "whole", _("Yes, everywhere")
    PART = "part", _("Only in part")
    REFUSED = "refused", _("No, it was refused")
    CLOSED = "closed", _("Nobody was there, or it was closed")


class Visitor(models.TextChoices):
    """Who visited; of which body, never a name."""

    OWN_TEAM = "own_team", _("Our own team")
    OTHER_ORGANISATION = "other_organisation", _("Another organisation")
    HEALTH = "health", _("Health workers")
    SOCIAL_AFFAIRS = "social_affairs", _("Social affairs")
    INSPECTION = "inspection", _("Labour or licensing inspection")
    VOLUNTEER = "volunteer", _("Volunteers or peers")


class Seen(models.TextChoices):
    """What may be seen at a place. Each is answered yes, no, or not known."""

    MINORS = "minors", _("People who look younger than 18")
    LOCKED_IN = "locked_in", _("Doors or windows locked from outside")
    GUARDED = "guarded", _("People watched or not free to leave")
    PAPERS = "papers", _("Papers or telephones kept by somebody else")
    DEBT = "debt", _("Debts held against people")
    VIOLENCE = "violence", _("Marks of violence, or threats heard")
    FOREIGN = "foreign", _("People who do not speak the language of the place")
    OFFICIALS = "officials", _("Officials as guests or guards")


class Done(models.TextChoices):
    """What was done afterwards."""

    HOTLINE = "hotline", _("A helpline number was left")
    REFERRED = "referred", _("Somebody was asked to help")
    SOCIAL_AFFAIRS = "social_affairs", _("Social affairs was told")
    REPORTED = "reported", _("It was reported to the police")
    INSPECTION = "inspection", _("Labour or licensing inspection was told")
    VISIT_AGAIN = "visit_again", _("Another visit was planned")


LET_IN = (Entry.WHOLE, Entry.PART)


class Visit(models.Model):
    """One visit to one place. Never edited; ``seen`` holds True, False or None by code."""

    number = models.CharField(max_length=20, primary_key=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    visited_on = models.DateField()
    kind = models.CharField(max_length=20, choices=PlaceKind)
    province_code = models.CharField(max_length=2, help_text="Gazetteer code")
    district_code = models.CharField(max_length=4, blank=True, help_text="Gazetteer code")
    address = SealedText(person="number", bound=("recorded_at",), max_length=300, blank=True)
    visitors = ArrayField(models.CharField(max_length=20, choices=Visitor))
    entry = models.CharField(max_length=10, choices=Entry)
    seen = models.JSONField(default=dict)
    done = ArrayField(models.CharField(max_length=20, choices=Done), default=list)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-visited_on", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__in=LET_IN) | Q(seen={}), name="visit_saw_only_where_let_in"
            ),
            models.CheckConstraint(condition=~Q(visitors=[]), name="visit_by_somebody"),
        ]

    def __str__(self) -> str:
        return self.number


class Led(models.Model):
    """That a visit led to a case: told with the case, and only to whom that is open."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="led")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "led"
        constraints = [models.UniqueConstraint(fields=["visit", "case"], name="visit_led_once")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.case_id}"
