"""After the judgment: appeal, what was taken, release, and limits of time that were told of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.justice.models.proceedings import Accused
from mekhala.pathway.justice.models.records import Entry, Note


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


class Appellant(models.TextChoices):
    """Who appeals."""

    ACCUSED = "accused", _("The accused")
    PROSECUTOR = "prosecutor", _("The prosecutor")
    PROSECUTOR_GENERAL = "prosecutor_general", _("The prosecutor general at the court of appeal")
    CIVIL_PARTY = "civil_party", _("The civil party, about compensation")


class AppealOutcome(models.TextChoices):
    """How an appeal ended."""

    UPHELD = "upheld", _("Judgment upheld")
    ACQUITTED = "acquitted", _("Acquitted")
    CONVICTED = "convicted", _("Acquittal set aside, convicted")
    CHANGED = "changed", _("Sentence changed")
    RETRIAL = "retrial", _("Set aside, retrial")
    WITHDRAWN = "withdrawn", _("Appeal withdrawn")


class Appeal(Entry):
    """Whether there is an appeal, what helps it and what stands in its way."""

    judged_on = models.DateField(_("Judgment of"))
    filed = models.BooleanField(_("An appeal was filed"), null=True)
    filed_on = models.DateField(_("Filed on"), null=True)
    filed_by = models.CharField(_("By whom"), max_length=20, blank=True, choices=Appellant)
    fee_waiver_asked = models.BooleanField(_("Waiving of the fee was asked for"), null=True)
    fee_waived = models.BooleanField(_("The fee was waived"), null=True)
    lawyer = models.BooleanField(_("A lawyer is there for the appeal"), null=True)
    blocked_by = models.JSONField(_("What stands in the way"), null=True, blank=True)
    outcome = models.CharField(_("Outcome"), max_length=12, blank=True, choices=AppealOutcome)
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


class ClockAlarm(models.Model):
    """That those who keep a proceeding were told, once, before a limit of time ran out."""

    accused = models.ForeignKey(Accused, models.PROTECT, related_name="alarms")
    clock = models.CharField(
        max_length=10,
        choices=[
            ("custody", _("Custody")),
            ("pre_trial", _("Detention before trial")),
            ("appeal", _("Appeal")),
        ],
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
