"""Entering an agreement, an owner's answer, stopping it, going on, and naming who leads."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.agreements import policies, queries
from mekhala.safeguards.agreements.errors import AlreadyStopped, NotStopped
from mekhala.safeguards.agreements.models import (
    Agreement,
    DataOwner,
    LeadBody,
    Said,
    StopReason,
    Suspension,
)
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.notices import services as notices
from mekhala.safeguards.notices.kinds import Kind


@transaction.atomic
def enter(
    *,
    agency: Agency,
    feeds: Sequence[str],
    elements: Sequence[str],
    purpose: str,
    breach: str,
    from_on: date,
    until_on: date,
    signed_reference: str,
    by: Officer,
    at: datetime,
    other: Agency | None = None,
    body: str = "",
    lists: Sequence[str] = (),
    renewed_from: Agreement | None = None,
    owners: Sequence[Agency] = (),
) -> Agreement:
    """Enter what two parties signed, or what a body outside asks for; the owners are asked.

    The agencies of the agreement and ``owners`` each have to say yes; that of ``by``, if among
    them, says so by this. It runs from its first day to its last and not beyond. Raises
    ``SameParty``, ``NothingShared``, ``DaysOutOfOrder``, ``OneAgencyAlone`` or ``NotYourRole``.
    """
    policies.check_may_enter(by)
    policies.check_two_parties(agency.pk, other.pk if other else None, body)
    policies.check_shared(list(feeds), list(elements))
    policies.check_days(from_on, until_on)
    asked = {one.pk: one for one in (agency, other, *owners) if one}
    policies.check_two_agencies(set(asked), by)
    kept = Agreement.objects.create(
        agency=agency, other=other, body=body.strip(), feeds=sorted(set(feeds)),
        lists=sorted(set(lists)), elements=sorted(set(elements)), purpose=purpose, breach=breach,
        from_on=from_on, until_on=until_on, signed_reference=signed_reference,
        lead_body=queries.lead_body(), renewed_from=renewed_from, entered_by=by, entered_at=at,
    )  # fmt: skip
    audit.record("agreements.entered", subject=f"agreement {kept.pk}", by=by, at=at,
                 agency_of=agency.code, until=until_on.isoformat())  # fmt: skip
    _ask_owners(kept, list(asked.values()), by=by, at=at)
    return kept


@transaction.atomic
def answer(
    agreement: Agreement, *, said: Said | str, reference: str, by: Officer, at: datetime
) -> DataOwner:
    """Answer for the agency of ``by``, once and in writing; ``reference`` numbers its letter.

    Raises ``AnsweredBefore`` where it is not asked or has answered, ``NothingInWriting``.
    """
    owner = DataOwner.objects.select_for_update().filter(
        agreement=agreement, agency=by.agency_id
    ).first()  # fmt: skip
    policies.check_may_answer(owner, reference)
    assert owner is not None
    owner.said, owner.reference, owner.by, owner.at = str(said), reference.strip(), by, at
    owner.save(update_fields=["said", "reference", "by", "at"])
    audit.record("agreements.answered", subject=f"agreement {agreement.pk}", by=by, at=at,
                 said=str(said))  # fmt: skip
    notices.tell(
        [agreement.entered_by], Kind.OWNER_ANSWERED, subject=f"agreement {agreement.pk}", by=by,
        at=at, agreement=agreement.pk,
    )  # fmt: skip
    return owner


def _ask_owners(kept: Agreement, asked: list[Agency], *, by: Officer, at: datetime) -> None:
    """Keep whose yes is needed; tell their administrators and statisticians."""
    for agency in asked:
        mine = agency.pk == by.agency_id
        DataOwner.objects.create(
            agreement=kept, agency=agency, said=Said.YES if mine else "",
            reference=kept.signed_reference if mine else "", by=by if mine else None,
            at=at if mine else None,
        )  # fmt: skip
    others = [agency.pk for agency in asked if agency.pk != by.agency_id]
    told = Officer.objects.filter(agency__in=others, is_active=True)
    notices.tell(
        list(told), Kind.OWNER_ASKED, subject=f"agreement {kept.pk}", by=by, at=at,
        agreement=kept.pk,
    )  # fmt: skip


@transaction.atomic
def suspend(
    agreement: Agreement, *, reason: StopReason | str, by: Officer, at: datetime
) -> Suspension:
    """Stop an agreement at once, on the word of one party or owner. Raises ``AlreadyStopped``."""
    policies.check_may_stop(by, agreement, queries.owner_ids(agreement))
    try:
        with transaction.atomic():
            kept = Suspension.objects.create(agreement=agreement, reason=reason, by=by, at=at)
    except IntegrityError:
        raise AlreadyStopped from None
    audit.record("agreements.stopped", subject=f"agreement {agreement.pk}", by=by, at=at,
                 reason=str(reason))  # fmt: skip
    return kept


@transaction.atomic
def lift(agreement: Agreement, *, by: Officer, at: datetime) -> bool:
    """Say yes to going on, for the party of ``by``; return whether both have said so now.

    Raises ``NotStopped`` where nothing is stopped, or this party said yes before.
    """
    policies.check_is_party(by, agreement)
    stop = queries.stops_not_lifted(agreement).select_for_update().first()
    side = "lifted_by" if by.agency_id == agreement.agency_id else "lifted_by_other"
    if stop is None or getattr(stop, f"{side}_id") is not None:
        raise NotStopped
    setattr(stop, side, by)
    setattr(stop, "lifted_at" if side == "lifted_by" else "lifted_by_other_at", at)
    stop.save(update_fields=[side, "lifted_at" if side == "lifted_by" else "lifted_by_other_at"])
    audit.record("agreements.going_on", subject=f"agreement {agreement.pk}", by=by, at=at)
    return stop.lifted_at is not None and stop.lifted_by_other_at is not None


@transaction.atomic
def name_lead_body(agency: Agency, *, by: Officer, at: datetime) -> LeadBody:
    """Name the agency that leads from now on, under two signatures (see ``signed_acts``).

    Agreements under another lead stand no longer.
    """
    policies.check_may_enter(by)
    kept = LeadBody.objects.create(agency=agency, since=at)
    audit.record("agreements.lead_named", subject=agency.code, by=by, at=at)
    return kept


@transaction.atomic
def tell_of_endings(now: datetime, *, on: date) -> int:
    """Tell administrators and statisticians, once, of agreements that end within 30 days.

    For ``jobs``: nobody's act. Returns how many agreements were told of.
    """
    told = 0
    who = Officer.objects.filter(
        role__in=[Role.ADMINISTRATOR, Role.STATISTICIAN], is_active=True
    )  # fmt: skip
    for agreement in queries.ending_soon(on=on).filter(told_of_end_at=None):
        concerned = [
            o for o in who if o.agency_id in (agreement.agency_id, agreement.other_id)
            or o.role == Role.ADMINISTRATOR
        ]  # fmt: skip
        notices.tell(
            concerned, Kind.AGREEMENT_ENDS, subject=f"agreement {agreement.pk}", by=None, at=now,
            agreement=agreement.pk,
        )  # fmt: skip
        agreement.told_of_end_at = now
        agreement.save(update_fields=["told_of_end_at"])
        told += 1
    return told
