"""Legal aid, and rights that were told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.redress.models.files import OfOneFile
from mekhala.safeguards.agencies.models import Agency


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
