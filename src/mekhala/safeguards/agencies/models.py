"""Organisations that meet, decide on, help or count people."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    """What an organisation is for; its mandate follows from it."""

    FIRST_RESPONDER = "first_responder", _("First responder")
    POLICE = "police", _("Police")
    BORDER = "border", _("Border post")
    COMPETENT_AUTHORITY = "competent_authority", _("Competent authority")
    SOCIAL_AFFAIRS = "social_affairs", _("Social affairs")
    PROVIDER = "provider", _("Service provider")
    COURT = "court", _("Prosecution and court")
    LABOUR = "labour", _("Labour inspection")
    EMBASSY = "embassy", _("Embassy")
    NATIONAL_COMMITTEE = "national_committee", _("National committee and statistics")
    OBSERVER = "observer", _("Trial observation")


class Agency(models.Model):
    """One organisation, under the code by which its lists are known."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    name_km = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=30, choices=AgencyKind)
    province_code = models.CharField(max_length=2, blank=True, help_text="Gazetteer code")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        khmer = (get_language() or "").startswith("km")
        return self.name_km if khmer and self.name_km else self.name
