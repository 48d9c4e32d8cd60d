"""Services: who runs them, whom they take, how many places are free."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import Sex
from mekhala.safeguards.agencies.models import Agency


class Need(models.TextChoices):
    """What a service answers."""

    SHELTER = "shelter", _("A safe place to stay")
    HEALTH = "health", _("Health care")
    COUNSELLING = "counselling", _("Counselling")
    LEGAL_AID = "legal_aid", _("Legal aid")
    TRAINING = "training", _("Training and work")
    RETURN = "return", _("Safe return home")
    FAMILY = "family", _("Family tracing")


class Service(models.Model):
    """One service of one provider. Where it stands is not kept here: only its province."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="services")
    name = models.CharField(max_length=160)
    name_km = models.CharField(max_length=160, blank=True)
    need = models.CharField(max_length=20, choices=Need)
    takes_sexes = ArrayField(models.CharField(max_length=10, choices=Sex))
    youngest = models.PositiveSmallIntegerField(default=0, help_text="Years")
    oldest = models.PositiveSmallIntegerField(default=120, help_text="Years")
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    province_code = models.CharField(max_length=2, help_text="Gazetteer code")
    places_total = models.PositiveIntegerField(null=True, help_text="Empty: places are not counted")
    places_free = models.PositiveIntegerField(null=True)
    places_held = models.PositiveIntegerField(
        default=0, help_text="Taken by referrals that are asked or accepted"
    )
    is_open = models.BooleanField(default=True, help_text="Planned is never capacity")
    confirmed_at = models.DateTimeField(help_text="When the provider last confirmed its places")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(places_total=None, places_free=None)
                | Q(places_free__gte=0, places_free__lte=F("places_total") - F("places_held")),
                name="service_places_free_within_total",
            )
        ]

    def __str__(self) -> str:
        khmer = (get_language() or "").startswith("km")
        return self.name_km if khmer and self.name_km else self.name
