"""Asking a service, answering, ending; and need that nobody met."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mekhala.pathway.directory import queries as directory
from mekhala.pathway.directory import services as places
from mekhala.pathway.directory.fitting import age_to_fit
from mekhala.pathway.directory.models import Need, Service
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral import policies
from mekhala.pathway.referral.bands import age_band
from mekhala.pathway.referral.errors import (
    AlreadyAsked,
    ConsentMissing,
    MoveNotAllowed,
    NoPlaceLeft,
)
from mekhala.pathway.referral.models import (
    DeclineReason,
    Referral,
    ReferralStatus,
    Requirement,
    UnmetNeed,
    UnmetReason,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.access.services import USUAL_TIME, open_to
from mekhala.safeguards.audit import services as audit

HOLD = timedelta(hours=24)  # so long the place waits for the service's answer


@transaction.atomic
def ask(
    *, case: Case, service: Service, need: str, by: Officer, at: datetime,
    requirements: Iterable[Requirement | str] = (),
) -> Referral:  # fmt: skip
    """Ask ``service`` to take the person, holding one place until it answers, 24 hours at most.

    Raises ``ConsentMissing`` without a standing yes for this agency, ``NoPlaceLeft`` (with what
    to ask next) if the last place went to somebody else, ``AlreadyAsked``, or another
    ``ActRefused`` if the officer may not or the service does not suit.
    """
    policies.check_may_ask(by, case.number, now=at)
    policies.check_suits(service, case, need)
    policies.check_consent(case.number, service.agency.code, now=at)
    if not places.take_place(service.pk):
        raise NoPlaceLeft(_others(case, service, need, now=at))
    asked = _kept(case, service, requirements, by=by, at=at)
    audit.record(
        "referral.asked", subject=case.number, by=by, at=at, referral=asked.pk,
        service=service.pk, need=service.need,
    )  # fmt: skip
    return asked


@transaction.atomic
def accept(referral: Referral, *, by: Officer, at: datetime) -> Referral:
    """Accept: the file is open to the accepting officer, as far as the person agreed to it.

    The grant names the yes it rests on, ends with it and carries the classes she agreed to and no
    other. Consent is looked at again: she may have changed her mind since it was asked. An answer
    after the hold is still taken as long as the place was not given back.
    """
    policies.check_may_answer(by, referral)
    policies.check_consent(referral.case_id, referral.service.agency.code, now=at)
    _move(referral, ReferralStatus.ACCEPTED, answered_by=by, answered_at=at)
    _open_as_agreed(referral.case_id, by=by, at=at)
    audit.record("referral.accepted", subject=referral.case_id, by=by, at=at, referral=referral.pk)
    return referral


def _open_as_agreed(case_number: str, *, by: Officer, at: datetime) -> None:
    """Open the file to who accepted, with the classes and until the day the person agreed to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select classes, rests_on, ends from referral_opens_to_me(%s)", [case_number]
        )
        agreed = cursor.fetchone()
    if agreed is None:
        raise ConsentMissing
    classes, rests_on, ends = agreed
    open_to(
        [by], case_number, purpose=Purpose.SUPPORT, by=by, at=at, until=min(at + USUAL_TIME, ends),
        field_classes=[FieldClass(c) for c in classes], consent=rests_on,
    )  # fmt: skip


@transaction.atomic
def decline(
    referral: Referral, reason: DeclineReason | str, *, by: Officer, at: datetime
) -> Referral:
    """Decline with a coded reason; the place is free again at once."""
    policies.check_may_answer(by, referral)
    policies.check_reason(reason)
    _move(
        referral,
        ReferralStatus.DECLINED,
        answered_by=by,
        answered_at=at,
        decline_reason=str(reason),
    )
    places.give_back_place(referral.service_id)
    audit.record(
        "referral.declined", subject=referral.case_id, by=by, at=at, referral=referral.pk,
        reason=str(reason),
    )  # fmt: skip
    return referral


@transaction.atomic
def end(referral: Referral, *, by: Officer, at: datetime) -> Referral:
    """End a stay, or take back a request; the place is free again.

    Grants stay as they are: looking in at 3, 6 and 12 months comes after the stay.
    """
    policies.check_may_end(by, referral, now=at)
    _move(referral, ReferralStatus.ENDED)
    places.give_back_place(referral.service_id)
    audit.record("referral.ended", subject=referral.case_id, by=by, at=at, referral=referral.pk)
    return referral


@transaction.atomic
def expire_overdue(now: datetime) -> int:
    """Let every request lapse whose hold ended unanswered, give its place back, return how many.

    For ``jobs``: nobody's act. The database does it with the rights of the tables' owner and
    hands back numbers only, because no officer is there to see the rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("select referral, case_number from referral_expire_overdue(%s)", [now])
        lapsed = cursor.fetchall()
    for referral, number in lapsed:
        audit.record("referral.expired", subject=number, by=None, at=now, referral=referral)
    return len(lapsed)


@transaction.atomic
def record_unmet_need(
    *, need: Need | str, sex: str, age_band: str, province_code: str, reason: UnmetReason | str,
    by: Officer, at: datetime,
) -> UnmetNeed:  # fmt: skip
    """Count a need that nobody met. No case is named, here or in the audit entry."""
    policies.check_helps(by)
    kept = UnmetNeed.objects.create(
        need=need, sex=sex, age_band=age_band, province_code=province_code, reason=reason,
        recorded_on=timezone.localdate(at),
    )  # fmt: skip
    audit.record("referral.need_unmet", subject=str(need), by=by, at=at)
    return kept


def _kept(
    case: Case,
    service: Service,
    requirements: Iterable[object],
    *,
    by: Officer,
    at: datetime,
) -> Referral:
    """Keep the request with the least the service must know. One open request per service."""
    try:
        with transaction.atomic():
            return Referral.objects.create(
                case=case, service=service, need=service.need, status=ReferralStatus.ASKED,
                sex=case.sex, age_band=age_band(case), language=case.language,
                requirements=sorted(str(r) for r in requirements),
                asked_by=by, asked_at=at, hold_until=at + HOLD,
            )  # fmt: skip
    except IntegrityError as error:
        if "referral_one_open_per_service" not in str(error):
            raise
        raise AlreadyAsked from None


def _move(referral: Referral, to: ReferralStatus, **answer: object) -> None:
    """Move the referral if it still stands where it was read; of two answers the first counts."""
    policies.check_move(referral.status, to)
    moved = Referral.objects.filter(pk=referral.pk, status=referral.status).update(
        status=to, **answer
    )
    if not moved:
        raise MoveNotAllowed
    referral.refresh_from_db(fields=["status", *answer])


def _others(case: Case, service: Service, need: str, *, now: datetime) -> list:
    fits = directory.suitable(
        need=need, sex=case.sex, age=age_to_fit(case), language=case.language,
        province_code=service.province_code, now=now,
    )  # fmt: skip
    return [f for f in fits if f.fits is not False and f.service.pk != service.pk]
