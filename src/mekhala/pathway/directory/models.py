"""Services: who runs them, whom they take, how many places are free; what inspections found."""

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from mekhala.pathway.directory.codes import Form, LeftOut, Met, Need, Stay, Visit
from mekhala.pathway.directory.nights import Fewer, fewer_on, fewer_than, last_night
from mekhala.pathway.encounter.models import Sex
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency


class Service(models.Model):
    """One service of one provider. Where it stands is not kept here: only its province.

    Of ``takes_…`` and ``step_free``, None means that nobody has said: it is asked, never assumed.
    A list that is empty (``nationalities``, ``forms``) leaves nobody out. Hours in which somebody
    may arrive: both None is not known, both the same is day and night. ``closed_days`` are days of
    the week, Monday 1 to Sunday 7, on which nobody is received; ``confirmed_at`` None is a service
    of which its provider has not said a word: it is not shown before. A retired one stays for its
    referrals and is offered no more.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="services")
    name = models.CharField(max_length=160)
    name_km = models.CharField(max_length=160, blank=True)
    need = models.CharField(max_length=20, choices=Need)
    stay = models.CharField(
        max_length=5, choices=Stay, blank=True, help_text="Of a shelter; empty: nobody has said"
    )
    takes_sexes = ArrayField(models.CharField(max_length=10, choices=Sex))
    takes_transgender = models.BooleanField(null=True)
    youngest = models.PositiveSmallIntegerField(default=0, help_text="Years")
    oldest = models.PositiveSmallIntegerField(default=120, help_text="Years")
    takes_families = models.BooleanField(null=True, help_text="A parent with children")
    boys_to = models.PositiveSmallIntegerField(null=True, help_text="Oldest with a parent; years")
    girls_to = models.PositiveSmallIntegerField(null=True, help_text="Oldest with a parent; years")
    nationalities = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    forms = ArrayField(models.CharField(max_length=10, choices=Form), default=list, blank=True)
    step_free = models.BooleanField(null=True)
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    closed_days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    province_code = models.CharField(max_length=2, help_text="Gazetteer code")
    places_total = models.PositiveIntegerField(null=True, help_text="Empty: places are not counted")
    places_free = models.PositiveIntegerField(null=True)
    places_held = models.PositiveIntegerField(
        default=0, help_text="Taken by referrals that are asked or accepted"
    )
    is_open = models.BooleanField(default=True, help_text="Planned is never capacity")
    confirmed_at = models.DateTimeField(
        null=True, help_text="When the provider last confirmed its places"
    )
    asked_to_confirm_at = models.DateTimeField(null=True, editable=False)
    retired_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(places_total=None, places_free=None)
                | Q(places_free__gte=0, places_free__lte=F("places_total") - F("places_held")),
                name="service_places_free_within_total",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="service_opens_and_closes",
            ),
            models.CheckConstraint(
                condition=Q(retired_on=None) | Q(is_open=False), name="service_retired_is_not_open"
            ),
            models.CheckConstraint(
                condition=Q(stay="") | Q(need="shelter"), name="service_stay_of_a_shelter"
            ),
        ]

    def __str__(self) -> str:
        khmer = (get_language() or "").startswith("km")
        return self.name_km if khmer and self.name_km else self.name

    @property
    def free_now(self) -> int | None:
        """Return the places free on the night asked about; None where they are not counted.

        Those whose hold is over are free, and those that the night has not are none: both are
        known of services that ``queries.as_now`` returned.
        """
        if self.places_free is None:
            return None
        missing = fewer_on(getattr(self, "night_asked", None), self.fewer_nights)
        return max(0, self.places_free + getattr(self, "overdue_held", 0) - missing)

    @property
    def fewer_nights(self) -> list[Fewer]:
        """Return the nights with fewer places, as far as ``queries.as_now`` brought them."""
        told = getattr(self, "nights_to_come", ())
        return [Fewer.told(one, usual=self.places_total) for one in told]

    def room_until(self, night: date, needed: int) -> date | None:
        """Return the last night in a row with so many places; None: no end is known."""
        free = (self.places_free or 0) + getattr(self, "overdue_held", 0)
        return last_night(night, free=free, needed=needed, stated=self.fewer_nights)


class Closure(models.Model):
    """Days on which a service receives nobody: repairs, a feast, no staff. Both ends are in it."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="closures")
    first_on = models.DateField()
    last_on = models.DateField()
    noted_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["first_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="closure_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.first_on}"


class NightPlaces(models.Model):
    """Nights on which a service has fewer places than usual: repairs, no staff at weekends.

    A service is one kind of place: a house with rooms for women and rooms for families is entered
    as two. ``last_on`` None goes on; ``weekdays`` are evenings, Monday 1 to Sunday 7, none named
    is every night. Where several speak of one night, the lowest number holds.
    """

    service = models.ForeignKey(Service, models.CASCADE, related_name="nights")
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    places = models.PositiveIntegerField()
    noted_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["first_on", "id"]
        verbose_name_plural = "night places"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=F("first_on")),
                name="nights_end_after_they_begin",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.first_on} {self.places}"

    def as_fewer(self, usual: int | None) -> Fewer:
        """Return these nights as so many places fewer than usual."""
        fewer = fewer_than(usual, self.places)
        return Fewer(self.first_on, self.last_on, tuple(self.weekdays), fewer)


class Hold(models.Model):
    """Places kept for a request: who asks is not known here. ``until`` None: they are taken.

    After ``until`` the places count as free and whoever asks next may have them, whether any job
    has run or not. They are given from the night of ``first_on`` (None: since before nights were
    told apart) to that of ``last_on`` (None: no end is known).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="holds")
    places = models.PositiveSmallIntegerField(default=1)
    until = models.DateTimeField(null=True)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["service", "until"], name="hold_by_service_and_end")]

    def __str__(self) -> str:
        return f"{self.service_id} {self.places}"


class ProviderRegistration(models.Model):
    """That a provider is registered with the ministry of social affairs (MOSVY)."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="provider_registration")
    number = models.CharField(max_length=40)
    registered_on = models.DateField()
    ends_on = models.DateField(null=True)
    noted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.number


class Inspection(models.Model):
    """One inspection of a service against the Minimum Standards of 2009 and 2014. About a house."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="inspections")
    on = models.DateField()
    visit = models.CharField(max_length=20, choices=Visit)
    spoken_with = models.PositiveSmallIntegerField(null=True, help_text="Residents, in private")
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.service_id} {self.on}"


class InspectionFinding(models.Model):
    """One standard and how far it was met; what is missing has a day by which it is mended."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings")
    standard = models.CharField(max_length=40)
    met = models.CharField(max_length=10, choices=Met)
    due_on = models.DateField(null=True)
    mended_on = models.DateField(null=True)
    mended_seen_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "standard"], name="finding_once_per_inspection"
            ),
            models.CheckConstraint(
                condition=~Q(met__in=["partly", "not_met"]) | Q(due_on__isnull=False),
                name="finding_missing_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.met}"


class Restriction(models.Model):
    """Nobody, or none of some, may be placed in a service until it is lifted. The match obeys."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="restrictions")
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="restrictions")
    leaves_out = models.CharField(max_length=12, choices=LeftOut)
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "leaves_out"], condition=Q(lifted_at=None),
                name="restriction_once_while_it_lasts",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.service_id} {self.leaves_out}"


class ServiceAddress(models.Model):
    """Where a service stands, sealed. Row security shows it to the house itself and to whom a
    referral that the house accepted entitles, and to nobody else.
    """

    service = models.OneToOneField(
        Service, models.CASCADE, primary_key=True, related_name="address"
    )
    sealed = models.BinaryField()
    noted_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "service addresses"

    def __str__(self) -> str:
        return f"{self.service_id}"
