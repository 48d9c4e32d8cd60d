"""Acts of redress. What was said and paid is only ever added to."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import ProgrammingError, transaction
from psycopg.errors import InsufficientPrivilege

from mekhala.core.check_digit import new_number
from mekhala.pathway.redress import errors, policies, queries
from mekhala.pathway.redress.models import (
    LegalAid,
    Link,
    Measure,
    OfOneFile,
    Owed,
    Payment,
    RightTold,
    WitnessPlan,
)
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit

PREFIX = "RD"


@transaction.atomic
def record_owed(
    file_number: str, *, what: str, basis: str, said: str, debtor: str, amount: Decimal,
    currency: str, said_on: date, by: Officer, at: datetime, due_on: date | None = None,
    replaces: Owed | None = None,
) -> Owed:  # fmt: skip
    """Record money owed under a case or a proceeding; ``replaces`` a claim it took the place of.

    Raises ``NotAnAmount``, ``DayToCome``, ``DaysOutOfOrder``, ``NotStanding``, ``NotYourRole``,
    ``NotOpenToYou``.
    """
    policies.check_may_keep(by, file_number, now=at)
    policies.check_amount(amount)
    policies.check_past(said_on, now=at)
    policies.check_order(said_on, due_on)
    if replaces is not None:
        policies.check_own(replaces, by, now=at)
        policies.check_standing(_held(replaces.pk))
    kept = Owed.objects.create(
        **_under(file_number, by=by, at=at), what=what, basis=basis, said=said, debtor=debtor,
        amount=amount, currency=currency, said_on=said_on, due_on=due_on, replaces=replaces,
    )  # fmt: skip
    audit.record("redress.owed", subject=file_number, by=by, at=at, row=kept.pk, what=str(what),
                 basis=str(basis))  # fmt: skip
    return kept


@transaction.atomic
def record_payment(
    owed: Owed, amount: Decimal, *, on: date, way: str, by: Officer, at: datetime
) -> Payment:
    """Record that a part, or all, reached the person on a day.

    Whoever sees the sum may: she often tells who supports her before the court hears of it.
    Raises ``MoreThanOwed``, ``NotStanding``, ``DayToCome``, ``DaysOutOfOrder``, ``NotYourRole``.
    """
    if not policies.may_keep(by):
        raise policies.NotYourRole
    policies.check_past(on, now=at)
    policies.check_order(owed.said_on, on)
    policies.check_standing(_held(owed.pk))
    left = queries.account_of(Owed.objects.get(pk=owed.pk), today=on).open
    policies.check_amount(amount, at_most=left)
    paid = Payment.objects.create(
        owed=owed, amount=amount, on=on, way=way, recorded_by=by, recorded_at=at
    )
    audit.record("redress.paid", subject=owed.file_number, by=by, at=at, row=owed.pk,
                 payment=paid.pk)  # fmt: skip
    return paid


@transaction.atomic
def take_back_payment(payment: Payment, *, by: Officer, at: datetime) -> Payment:
    """Take back a payment recorded by mistake: by a row of its own, on the same day of payment.

    Raises ``NotAPayment``, ``NotYourRole``.
    """
    if not policies.may_keep(by):
        raise policies.NotYourRole
    _held(payment.owed_id)
    if payment.takes_back_id or Payment.objects.filter(takes_back=payment.pk).exists():
        raise errors.NotAPayment
    undone = Payment.objects.create(
        owed=payment.owed, amount=-payment.amount, on=payment.on, way=payment.way,
        takes_back=payment, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record("redress.payment_taken_back", subject=payment.owed.file_number, by=by, at=at,
                 row=payment.owed_id, payment=payment.pk)  # fmt: skip
    return undone


@transaction.atomic
def end_owed(owed: Owed, *, because: str, on: date, by: Officer, at: datetime) -> Owed:
    """Record that a sum is no longer asked for, and why."""
    policies.check_own(owed, by, now=at)
    policies.check_past(on, now=at)
    policies.check_order(owed.said_on, on)
    kept = _held(owed.pk)
    policies.check_standing(kept)
    kept.ended_on, kept.ended_because = on, because
    kept.save(update_fields=["ended_on", "ended_because"])
    audit.record("redress.owed_ended", subject=owed.file_number, by=by, at=at, row=owed.pk,
                 because=str(because))  # fmt: skip
    return kept


@transaction.atomic
def ask_measure(
    file_number: str, *, kind: str, asked_by: str, asked_on: date, by: Officer, at: datetime
) -> Measure:
    """Record that a protective measure was asked for."""
    policies.check_may_keep(by, file_number, now=at)
    policies.check_past(asked_on, now=at)
    kept = Measure.objects.create(
        **_under(file_number, by=by, at=at), kind=kind, asked_by=asked_by, asked_on=asked_on
    )
    audit.record("redress.measure_asked", subject=file_number, by=by, at=at, row=kept.pk,
                 kind=str(kind))  # fmt: skip
    return kept


@transaction.atomic
def answer_measure(
    measure: Measure, *, granted: bool, answered_by: str, on: date, by: Officer, at: datetime,
    why_refused: str = "",
) -> Measure:  # fmt: skip
    """Record whether a measure was granted, by whom and when; a refusal with its reason.

    Raises ``AnsweredBefore``, ``ReasonMissing``, ``DaysOutOfOrder``, ``DayToCome``.
    """
    policies.check_own(measure, by, now=at)
    policies.check_past(on, now=at)
    policies.check_order(measure.asked_on, on)
    if not granted and not why_refused:
        raise errors.ReasonMissing
    kept = Measure.objects.select_for_update().get(pk=measure.pk)
    policies.check_open_question(kept)
    kept.granted, kept.answered_by, kept.answered_on = granted, answered_by, on
    kept.why_refused = "" if granted else why_refused
    kept.save(update_fields=["granted", "answered_by", "answered_on", "why_refused"])
    audit.record("redress.measure_answered", subject=measure.file_number, by=by, at=at,
                 row=measure.pk, granted=granted)  # fmt: skip
    return kept


@transaction.atomic
def plan_witness(
    proceeding: str, *, heard: str, language: str, interpreter: bool | None, agreed_on: date,
    by: Officer, at: datetime, contact: Agency | None = None, replaces: WitnessPlan | None = None,
) -> WitnessPlan:  # fmt: skip
    """Keep how somebody is to be heard, as agreed; with the proceeding, and nowhere else.

    Raises ``OnlyInAProceeding`` for whoever is no officer of justice.
    """
    if by.role != Role.JUSTICE:
        raise errors.OnlyInAProceeding
    policies.check_may_keep(by, proceeding, now=at)
    policies.check_past(agreed_on, now=at)
    if replaces is not None and WitnessPlan.objects.filter(replaces=replaces.pk).exists():
        raise errors.NotStanding
    kept = WitnessPlan.objects.create(
        number=new_number(PREFIX), proceeding=proceeding, heard=heard, language=language,
        interpreter=interpreter, contact=contact, agreed_on=agreed_on, replaces=replaces,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record("redress.witness_planned", subject=proceeding, by=by, at=at, row=kept.pk)
    return kept


@transaction.atomic
def ask_legal_aid(file_number: str, *, asked_on: date, by: Officer, at: datetime) -> LegalAid:
    """Record that a lawyer was asked for, for the presumed victim."""
    policies.check_may_keep(by, file_number, now=at)
    policies.check_past(asked_on, now=at)
    under = _under(file_number, by=by, at=at)
    kept = LegalAid.objects.create(**under, asked_on=asked_on)
    audit.record("redress.legal_aid_asked", subject=file_number, by=by, at=at, row=kept.pk)
    return kept


@transaction.atomic
def assign_lawyer(
    aid: LegalAid, *, fee: str, on: date, by: Officer, at: datetime, agency: Agency | None = None,
    bar_number: str = "",
) -> LegalAid:  # fmt: skip
    """Record the lawyer, by number at the bar and agency, and who pays."""
    policies.check_own(aid, by, now=at)
    policies.check_past(on, now=at)
    policies.check_order(aid.asked_on, on)
    kept = LegalAid.objects.select_for_update().get(pk=aid.pk)
    policies.check_no_lawyer_yet(kept)
    kept.fee, kept.assigned_on, kept.agency, kept.bar_number = fee, on, agency, bar_number
    kept.save(update_fields=["fee", "assigned_on", "agency", "bar_number"])
    audit.record("redress.lawyer_assigned", subject=aid.file_number, by=by, at=at, row=aid.pk)
    return kept


@transaction.atomic
def end_legal_aid(aid: LegalAid, *, on: date, by: Officer, at: datetime) -> LegalAid:
    """Record the day on which a lawyer's work ended, or the request was taken back."""
    policies.check_own(aid, by, now=at)
    policies.check_past(on, now=at)
    policies.check_order(aid.assigned_on or aid.asked_on, on)
    if not LegalAid.objects.filter(pk=aid.pk, ended_on=None).update(ended_on=on):
        raise errors.NotStanding
    audit.record("redress.legal_aid_ended", subject=aid.file_number, by=by, at=at, row=aid.pk)
    return LegalAid.objects.get(pk=aid.pk)


@transaction.atomic
def tell_right(
    file_number: str, *, right: str, told_on: date, language: str, understood: bool | None,
    by: Officer, at: datetime,
) -> RightTold:  # fmt: skip
    """Record that a right was told, in which language, and whether it was understood."""
    policies.check_may_keep(by, file_number, now=at)
    policies.check_past(told_on, now=at)
    kept = RightTold.objects.create(
        **_under(file_number, by=by, at=at), right=right, told_on=told_on, language=language,
        understood=understood,
    )  # fmt: skip
    audit.record("redress.right_told", subject=file_number, by=by, at=at, right=str(right))
    return kept


@transaction.atomic
def show_from_case(row: OfOneFile, case_number: str, *, by: Officer, at: datetime) -> None:
    """Let those who support a person see, from her case, what justice keeps under this row.

    ``case_number`` is the case the proceeding is linked to. Asked by the database: the row is
    of a proceeding open to ``by``, and the person's yes to the agency of ``by`` stands.
    Justice never sees the link. Raises ``AgreementMissing``, ``OnlyInAProceeding``.
    """
    policies.check_own(row, by, now=at)
    if not row.proceeding:
        raise errors.OnlyInAProceeding
    try:
        with transaction.atomic():
            Link.objects.bulk_create([Link(number=row.pk, case_id=case_number)])
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        raise errors.AgreementMissing from None
    audit.record("redress.shown_from_case", subject=row.proceeding, by=by, at=at, row=row.pk)


def _under(file_number: str, *, by: Officer, at: datetime) -> dict[str, Any]:
    """Return the columns every row has; officers of justice keep theirs under a proceeding."""
    of_justice = by.role == Role.JUSTICE
    return {
        "number": new_number(PREFIX),
        "case_id": None if of_justice else file_number,
        "proceeding": file_number if of_justice else "",
        "recorded_by": by, "recorded_at": at,
    }  # fmt: skip


def _held(number: str) -> Owed:
    """Return a sum, held against a second act at the same moment. Raises ``NotOpenToYou``."""
    found = Owed.objects.select_for_update().filter(pk=number).first()
    if found is None:
        raise NotOpenToYou
    return found
