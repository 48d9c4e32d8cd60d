"""Asking a service, answering, ending; and need that nobody met."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mekhala.pathway.directory import queries as directory
from mekhala.pathway.directory import services as places
from mekhala.pathway.directory.models import Need, Service
from mekhala.pathway.directory.needs import Needs, needs_of
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral import placing, policies
from mekhala.pathway.referral.bands import age_band
from mekhala.pathway.referral.codes import Urgent
from mekhala.pathway.referral.errors import (
    AlreadyAsked,
    ConsentMissing,
    MoveNotAllowed,
    NoPlaceLeft,
    PlaceGivenAway,
)
from mekhala.pathway.referral.models import (
    DeclineReason,
    Group,
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
OTHERS = 50  # so many are told of, to whom the last place was lost


@transaction.atomic
def ask(
    *, case: Case, service: Service, need: str, by: Officer, at: datetime,
    requirements: Iterable[Requirement | str] = (), needs: Needs | None = None,
    transfer_of: Referral | None = None, urgent: Urgent | str = "",
) -> Referral:  # fmt: skip
    """Ask ``service`` to take the person, holding a place until it answers, 24 hours at most.

    ``needs`` says who comes along, from which night and what else was asked for the match; a place
    is held for each. With ``transfer_of`` the place accepted before is kept until this one is
    accepted. About a place in a house the ministry is asked too; ``urgent`` says why the person
    cannot wait for it. Raises ``ConsentMissing`` without a standing yes for this agency,
    ``NoPlaceLeft`` (with what to ask next) if the last place went to somebody else,
    ``AlreadyAsked``, or another ``ActRefused`` if the officer may not or the service does not suit.
    """
    policies.check_may_ask(by, case.number, now=at)
    who = needs or needs_of(case)
    services = Service.objects.select_related("agency")
    asked_of = directory.as_now(services, now=at, night=who.night).get(pk=service.pk)
    policies.check_suits(asked_of, who, need)
    if transfer_of is not None:
        policies.check_may_transfer(transfer_of)
    policies.check_consent(case.number, asked_of.agency.code, now=at)
    hold = places.take_place(service.pk, until=at + HOLD, at=at, places=who.places, night=who.night)
    if hold is None:
        raise NoPlaceLeft(_others(service, need, who, now=at))
    told = {"places": who.places, "hold": hold.pk, "transfer_of": transfer_of,
            "first_on": hold.first_on, "last_on": hold.last_on}  # fmt: skip
    asked = _kept(case, service, requirements, by=by, at=at, **told)
    more = {}
    if placing.is_needed(service.need):
        place = placing.ask_the_ministry(
            case, asked_of.agency, referral=asked, urgent=urgent, by=by, at=at
        )
        more = {"placement": place.number, "urgent": place.urgent}
    audit.record(
        "referral.asked", subject=case.number, by=by, at=at, referral=asked.pk,
        service=service.pk, need=service.need, **more,
    )  # fmt: skip
    return asked


@transaction.atomic
def accept(referral: Referral, *, by: Officer, at: datetime) -> Referral:
    """Accept: the file is open to the accepting officer, as far as the person agreed to it.

    The grant names the yes it rests on, ends with it and carries the classes she agreed to and no
    other. Consent is looked at again: she may have changed her mind since it was asked. An answer
    after the hold is still taken as long as the place was not given back. Raises ``NotDecidedYet``
    or ``NotAgreedTo`` where the ministry stands before it.
    """
    policies.check_may_answer(by, referral)
    policies.check_consent(referral.case_id, referral.service.agency.code, now=at)
    placing.check_may_be_given(referral)
    _move(referral, ReferralStatus.ACCEPTED, answered_by=by, answered_at=at)
    if referral.hold and not places.keep_place(referral.hold):
        raise PlaceGivenAway
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
    places.give_back_place(referral.hold)
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
    places.give_back_place(referral.hold)
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
    by: Officer, at: datetime, group: Group | str = Group.UNKNOWN, barriers: Iterable[str] = (),
) -> UnmetNeed:  # fmt: skip
    """Count a need that nobody met. No case is named, here or in the audit entry."""
    policies.check_helps(by)
    kept = UnmetNeed.objects.create(
        need=need, sex=sex, age_band=age_band, province_code=province_code, reason=reason,
        recorded_on=timezone.localdate(at), group=group, barriers=sorted(set(barriers)),
    )  # fmt: skip
    audit.record("referral.need_unmet", subject=str(need), by=by, at=at)
    return kept


def _kept(
    case: Case, service: Service, requirements: Iterable[object], *, by: Officer, at: datetime,
    **held: object,
) -> Referral:  # fmt: skip
    """Keep the request with the least the service must know. One open request per service."""
    try:
        with transaction.atomic():
            return Referral.objects.create(
                case=case, service=service, need=service.need, status=ReferralStatus.ASKED,
                sex=case.sex, age_band=age_band(case), language=case.language,
                requirements=sorted(str(r) for r in requirements),
                asked_by=by, asked_at=at, hold_until=at + HOLD, **held,
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


def _others(service: Service, need: str, who: Needs, *, now: datetime) -> list:
    near = replace(who, province_code=service.province_code)
    found = directory.suitable(need, near, now=now, most=OTHERS + 1)
    return [f for f in found.can_be_asked if f.service.pk != service.pk][:OTHERS]
