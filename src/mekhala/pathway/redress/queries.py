"""Questions about redress. Row security answers only with what is open to the officer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from mekhala.pathway.redress.models import (
    Basis,
    LegalAid,
    Link,
    Measure,
    OfOneFile,
    Owed,
    Right,
    RightTold,
    WitnessPlan,
)

NOTHING = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class Account:
    """How one sum stands on a day; all amounts in its currency."""

    owed: Owed
    paid: Decimal
    open: Decimal  # zero once it is replaced or ended
    is_replaced: bool
    is_overdue: bool
    days_late: int  # 0 where no day was set or it is not over
    paid_in_full_on: date | None


def of_file[Row: OfOneFile](model: type[Row], file_number: str) -> QuerySet[Row]:
    """Return the rows kept under a case or a proceeding, and those linked to the case."""
    linked = Link.objects.filter(number=OuterRef("number"), case=file_number)
    return model._default_manager.filter(
        Q(case=file_number) | Q(proceeding=file_number) | Q(Exists(linked))
    )


def accounts(file_number: str, *, today: date) -> list[Account]:
    """Return every sum of a file as it stands, oldest first; two queries."""
    found = of_file(Owed, file_number).prefetch_related("payments")
    return _told(found, today=today)


def account_of(owed: Owed, *, today: date) -> Account:
    """Return how one sum stands."""
    return _told([owed], today=today)[0]


def overdue(*, today: date) -> list[Account]:
    """Return the sums open to the officer whose day is over, the longest over first."""
    due = Owed.objects.filter(due_on__lt=today, ended_on=None).exclude(basis=Basis.CLAIMED)
    late = [one for one in _told(due.prefetch_related("payments"), today=today) if one.is_overdue]
    return sorted(late, key=lambda one: (-one.days_late, one.owed.pk))


def _told(found: Iterable[Owed], *, today: date) -> list[Account]:
    rows = list(found)
    replaced = set(
        Owed.objects.filter(replaces__in=[r.pk for r in rows]).values_list("replaces", flat=True)
    )
    return [_account(row, is_replaced=row.pk in replaced, today=today) for row in rows]


def _account(owed: Owed, *, is_replaced: bool, today: date) -> Account:
    payments = list(owed.payments.all())
    paid = sum((p.amount for p in payments), NOTHING)
    left = NOTHING if is_replaced or owed.ended_on else owed.amount - paid
    late = left > 0 and owed.due_on is not None and owed.due_on < today
    is_overdue = late and owed.basis != Basis.CLAIMED
    return Account(
        owed=owed, paid=paid, open=left, is_replaced=is_replaced, is_overdue=is_overdue,
        days_late=(today - owed.due_on).days if is_overdue and owed.due_on else 0,
        paid_in_full_on=max(p.on for p in payments) if paid >= owed.amount else None,
    )  # fmt: skip


def totals(found: Iterable[Account]) -> dict[str, tuple[Decimal, Decimal]]:
    """Return what was paid and what is open of what stands, by currency; never added across."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for one in found:
        paid, left = sums.get(one.owed.currency, (NOTHING, NOTHING))
        sums[one.owed.currency] = paid + one.paid, left + one.open
    return sums


def measures(file_number: str) -> QuerySet[Measure]:
    """Return the protective measures of a file, oldest first."""
    return of_file(Measure, file_number)


def legal_aid(file_number: str) -> QuerySet[LegalAid]:
    """Return the lawyers asked for and assigned, oldest first."""
    return of_file(LegalAid, file_number).select_related("agency")


def witness_plans(proceeding: str) -> QuerySet[WitnessPlan]:
    """Return the plans for being heard that stand in a proceeding."""
    return WitnessPlan.objects.filter(proceeding=proceeding, replaced_by=None).select_related(
        "contact"
    )


def rights(file_number: str) -> list[tuple[Right, RightTold | None]]:
    """Return every right with the last time it was told, None: never; one query."""
    last = {told.right: told for told in of_file(RightTold, file_number)}
    return [(right, last.get(right.value)) for right in Right]
