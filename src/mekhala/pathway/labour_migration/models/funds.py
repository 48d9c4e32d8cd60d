"""Village funds: an open ledger."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from mekhala.pathway.labour_migration.words import (
    EntryKind,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency


class VillageFund(models.Model):
    """Money a village keeps so that nobody borrows from a broker. Its ledger is open to all."""

    name = models.CharField(max_length=160)
    name_km = models.CharField(max_length=160, blank=True)
    place_code = models.CharField(max_length=8, help_text="Gazetteer code")
    keeper = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    terms = models.CharField(max_length=300, help_text="Interest, time to repay, who may borrow")
    opened_on = models.DateField()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        khmer = (get_language() or "").startswith("km")
        return self.name_km if khmer and self.name_km else self.name


class FundEntry(models.Model):
    """One line of the ledger, in riel. A loan has a number and no name. Never edited.

    A wrong line stays; another takes it back, with the reason, from its own day on.
    """

    fund = models.ForeignKey(VillageFund, models.PROTECT, related_name="entries")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=EntryKind)
    riel = models.PositiveBigIntegerField()
    loan = models.CharField(max_length=20, blank=True, help_text="Number of the loan")
    due_on = models.DateField(null=True, help_text="Of a loan: repaid by")
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="taken_back_by", help_text="A wrong line"
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why it is taken back; no name")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(riel__gt=0), name="fund_entry_moves_money"),
            models.CheckConstraint(
                condition=~Q(kind="taken_back") & Q(takes_back=None, reason="")
                | Q(kind="taken_back", takes_back__isnull=False) & ~Q(reason=""),
                name="fund_entry_taken_back_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["lent", "repaid", "forgiven"]) | ~Q(loan=""),
                name="fund_entry_of_a_loan_names_it",
            ),
            models.UniqueConstraint(
                fields=["fund", "loan"], condition=Q(kind="lent"), name="fund_loan_lent_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.on} {self.kind}"
