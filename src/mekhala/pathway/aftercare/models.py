"""Support agreed with the person, and looking in later."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.directory.models import Need
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity.fields import SealedText


class SupportPlan(models.Model):
    """What the person wants and what is done towards it. Never a condition for anything."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="plan")
    goals = SealedText(person="case_id", bound=("made_at",), help_text="In the person's own words")
    agreed_on = models.DateField()
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.case_id)


class PlanTask(models.Model):
    """One thing somebody does by a day."""

    plan = models.ForeignKey(SupportPlan, models.PROTECT, related_name="tasks")
    need = models.CharField(max_length=20, choices=Need)
    what = SealedText(person="plan.case_id", bound=("plan_id", "need", "due_on"), max_length=300)
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.need} {self.due_on}"


class FollowUpOutcome(models.TextChoices):
    """How things stand at a follow-up."""

    WELL = "well", _("Doing well")
    NEEDS_HELP = "needs_help", _("Needs more help")
    CLOSED_AT_WISH = "closed_at_wish", _("Does not want more contact")
    NOT_MET = "not_met", _("Not met since")


class FollowUp(models.Model):
    """A day on which somebody looks in, and what was found."""

    plan = models.ForeignKey(SupportPlan, models.PROTECT, related_name="follow_ups")
    due_on = models.DateField(db_index=True)
    done_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, choices=FollowUpOutcome, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_on=None) | ~models.Q(outcome=""),
                name="follow_up_done_says_how",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.due_on}"
