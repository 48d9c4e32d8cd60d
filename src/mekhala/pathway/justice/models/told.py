"""Who was told of a suspicion, and that each was told how it ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.justice.models.records import Entry
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency


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
