"""What the person wants, what is done towards it, where she or he stays, and looking in later.

Nothing here is a condition for anything, and nothing here knows of a decision or a proceeding.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from mekhala.pathway.aftercare.codes import (
    Answer,
    Basis,
    ClosedBecause,
    FollowUpOutcome,
    Housing,
    Kin,
    Mistake,
    Movement,
    PlanStage,
    StayKind,
    Traced,
    Work,
)
from mekhala.pathway.aftercare.going_home import Visit
from mekhala.pathway.directory.models import Need
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral.models import Referral
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.identity.fields import SealedJSON, SealedText

__all__ = [
    "Answer", "Assessment", "Basis", "ClosedBecause", "FamilyTrace", "FollowUp",
    "FollowUpOutcome", "Housing", "Kin", "Movement", "Naming", "Note", "PlanStage",
    "PlanTask", "ReturnHome", "ServiceGiven", "Stay", "StayKind", "SupportPlan", "Traced", "Work",
]  # fmt: skip


class TakenBack(models.Model):
    """What may be taken back: the row stays, with who said so, when and why, and counts no more."""

    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    taken_back_because = models.CharField(max_length=12, choices=Mistake, blank=True)

    class Meta:
        abstract = True


class Assessment(models.Model):
    """What the person needs, looked at together; the first comes before the plan, later ones
    are its reviews. ``answers``: a code of ``Answer`` for each area of life that was spoken of.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    made_on = models.DateField()
    answers = SealedJSON(person="case_id", bound=("made_at",), default=dict)
    words = SealedText(person="case_id", bound=("made_at",), help_text="In the person's own words")
    next_on = models.DateField(null=True, db_index=True, help_text="When both look again")
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_on", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.made_on}"


class SupportPlan(models.Model):
    """What the person wants and what is done towards it. Never a condition for anything."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="plan")
    goals = SealedText(person="case_id", bound=("made_at",), help_text="In the person's own words")
    agreed_on = models.DateField()
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    stage = models.CharField(
        max_length=20, choices=PlanStage, default=PlanStage.PRE_INTEGRATION,
        help_text="Moves are listed in ``policies.STAGE_MOVES``",
    )  # fmt: skip
    stage_since = models.DateField(null=True, help_text="Empty: since the plan was agreed")
    closed_because = models.CharField(max_length=20, choices=ClosedBecause, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="closed") | ~Q(closed_because=""),
                name="plan_closed_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class PlanTask(TakenBack):
    """One thing somebody does by a day."""

    plan = models.ForeignKey(SupportPlan, models.PROTECT, related_name="tasks")
    need = models.CharField(max_length=20, choices=Need)
    what = SealedText(person="plan.case_id", bound=("plan_id", "need", "due_on"), max_length=300)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", help_text="Who does it"
    )
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.need} {self.due_on}"


class ServiceGiven(TakenBack):
    """Help given on a day for one need, to which the person said yes."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="help_given")
    need = models.CharField(max_length=20, choices=Need)
    given_on = models.DateField()
    agreed = models.BooleanField(help_text="The person said yes to this help")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-given_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(agreed=True), name="service_given_with_a_yes")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.need} {self.given_on}"


class FollowUp(TakenBack):
    """A day on which somebody looks in, and what was found. Empty fields: not known or not said."""

    plan = models.ForeignKey(SupportPlan, models.PROTECT, related_name="follow_ups")
    due_on = models.DateField(db_index=True)
    months = models.PositiveSmallIntegerField(null=True, help_text="After the beginning")
    tried_on = ArrayField(models.DateField(), default=list, help_text="Days nobody was reached")
    done_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, choices=FollowUpOutcome, blank=True)
    housing = models.CharField(max_length=20, choices=Housing, blank=True)
    may_stay = models.BooleanField(null=True, help_text="As long as she or he wants")
    work = models.CharField(max_length=20, choices=Work, blank=True)
    pay_enough = models.BooleanField(null=True, help_text="Enough to live on")
    feels_safe = models.BooleanField(null=True)

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


class Stay(models.Model):
    """Where a person stays, on what basis, how freely, and until when. Leaving needs no reason."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="stays")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", help_text="Empty once erased"
    )
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=StayKind)
    basis = models.CharField(max_length=20, choices=Basis)
    agreed = models.BooleanField(null=True, help_text="The person's own yes; empty: not asked")
    order_number = SealedText(person="case_id", bound=("recorded_at",), max_length=80)
    basis_ends_on = models.DateField(null=True, help_text="The last day an order holds")
    movement = models.CharField(max_length=20, choices=Movement)
    began_at = models.DateTimeField()
    look_again_on = models.DateField(db_index=True, help_text="The stay is long from this day on")
    left_at = models.DateTimeField(null=True)
    left_noted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-began_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(left_at=None), name="stay_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(agreed=True) | Q(basis="court_order", basis_ends_on__isnull=False),
                name="stay_rests_on_a_yes_or_an_order",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("began_at")),
                name="stay_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Note(models.Model):
    """A provider's own note. The agency alone reads it, until it chooses to share this one."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    words = SealedText(person="case_id", bound=("written_at",), max_length=5000)
    written_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, help_text="With those who keep the plan")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-written_at", "-id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.written_at:%Y-%m-%d}"

    @property
    def is_shared(self) -> bool:
        """Whether others than the agency may read it now."""
        return self.shared_at is not None and self.taken_back_at is None


class FamilyTrace(models.Model):
    """Looking for a relative because the person asked for it, and what the visit found.

    Empty truths: not known yet. Who the relative is stands sealed.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="traces")
    kin = models.CharField(max_length=20, choices=Kin)
    who = SealedText(person="case_id", bound=("asked_at",), max_length=300)
    asked_on = models.DateField()
    status = models.CharField(max_length=10, choices=Traced, default=Traced.LOOKING)
    found_on = models.DateField(null=True)
    visited_on = models.DateField(null=True)
    family_wants = models.BooleanField(null=True, help_text="The family wants the person back")
    is_safe = models.BooleanField(null=True, help_text="As the visit found it")
    findings = SealedText(person="case_id", bound=("asked_at",), max_length=3000)
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-asked_on", "-id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kin} {self.status}"

    @property
    def visit(self) -> Visit | None:
        """What the visit to the family found; None where nobody has been there."""
        if self.visited_on is None:
            return None
        return Visit(wants=self.family_wants, is_safe=self.is_safe)


class Naming(models.Model):
    """Somebody close whom the person named as having recruited or handed over. Never an accused.

    Kept apart: others learn only, as a yes or no, whether it stands in the way of going home.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="namings")
    kin = models.CharField(max_length=20, choices=Kin)
    words = SealedText(person="case_id", bound=("named_at",), max_length=3000)
    named_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", help_text="To whom")
    named_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, help_text="It was said in error")

    class Meta:
        ordering = ["-named_at", "-id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kin}"


class ReturnHome(models.Model):
    """One planned way home: what was asked first, who decided, and the day it was done.

    Without anything in the way one officer sends the person home. Otherwise one proposes with
    reasons and another agrees or does not. Nobody is sent without a yes of her or his own.
    The database holds to both.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="returns")
    trace = models.ForeignKey(FamilyTrace, models.PROTECT, null=True, related_name="returns")
    kin = models.CharField(max_length=20, choices=Kin, help_text="To whom")
    wants = models.BooleanField(null=True, help_text="The person's own word; empty: not said")
    answers = SealedJSON(person="case_id", bound=("screened_at",), default=dict)
    blocks = models.BooleanField(help_text="What was asked stands in the way by itself")
    screened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    screened_at = models.DateTimeField()
    reasons = SealedText(person="case_id", bound=("screened_at",), max_length=3000)
    proposed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    answer_reasons = SealedText(person="case_id", bound=("screened_at",), max_length=3000)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True, help_text="The second officer's answer")
    gone_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Given up, or screened anew")

    class Meta:
        ordering = ["-screened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(gone_on=None, ended_at=None),
                name="return_one_planned_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(gone_on=None) | Q(wants=True), name="return_only_of_who_wants_it"
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("proposed_by")),
                name="return_decided_by_two",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(proposed_by__isnull=False),
                name="return_answered_after_it_was_proposed",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.kin}"
