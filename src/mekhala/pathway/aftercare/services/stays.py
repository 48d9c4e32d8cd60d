"""Where a person stays, on what basis; looking at it again; leaving."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from mekhala.pathway.aftercare import errors, policies
from mekhala.pathway.aftercare.codes import Basis, Movement, StayKind
from mekhala.pathway.aftercare.models import Stay
from mekhala.pathway.directory.models import Need
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.referral import placing
from mekhala.pathway.referral import services as referrals
from mekhala.pathway.referral.models import Referral, ReferralStatus
from mekhala.safeguards.access.errors import YearNotMeant
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit

FIRST_YEAR = 1990
# After so many days a stay is looked at again with the person. Our own; no lawyer confirmed them.
LONG_AFTER = {
    StayKind.TRANSIT: 14, StayKind.HOSPITAL: 30, StayKind.SHELTER: 90, StayKind.LONG_TERM: 180,
    StayKind.FOSTER: 180,
}  # fmt: skip
# In these a stay that began without a request is put to the ministry when it is kept.
DECIDED_BY_THE_MINISTRY = {StayKind.TRANSIT, StayKind.SHELTER, StayKind.LONG_TERM}


@transaction.atomic
def begin_stay(
    case: Case, *, agency: Agency, kind: StayKind | str, basis: Basis | str, agreed: bool | None,
    movement: Movement | str, began_at: datetime, by: Officer, at: datetime,
    beside: bool | None = None, order_number: str = "", basis_ends_on: date | None = None,
) -> Stay:  # fmt: skip
    """Keep that a person stays in a house of ``agency`` from ``began_at``.

    ``agreed``: the person's own yes; ``beside``: that of who answers beside a child. Raises
    ``NoBasis``, ``ChildNeedsMore``, ``NotFree``, ``AlreadyStays``, ``NotYourHouse``, ``DayToCome``,
    ``YearNotMeant``.
    """
    policies.check_may_support(by, case.number, now=at)
    policies.check_own_house(by, agency.pk)
    if began_at > at:
        raise errors.DayToCome
    # she or he may have stayed there before anybody met them
    if timezone.localdate(began_at).year < FIRST_YEAR:
        raise YearNotMeant
    policies.check_basis(
        basis, agreed=agreed, beside=beside, is_adult=is_known_adult(case),
        order_number=order_number, ends_on=basis_ends_on, today=timezone.localdate(at),
    )  # fmt: skip
    policies.check_movement(movement, basis)
    is_order = basis == Basis.COURT_ORDER
    stay = _kept(Stay(
        case=case, agency=agency, referral=_asked_of(case, agency), kind=kind, basis=basis,
        agreed=agreed, movement=movement, began_at=began_at, recorded_by=by, recorded_at=at,
        order_number=order_number.strip() if is_order else "",
        basis_ends_on=basis_ends_on if is_order else None,
        look_again_on=_long_from(kind, timezone.localdate(began_at), basis_ends_on),
    ))  # fmt: skip
    audit.record(
        "aftercare.stay_begun", subject=case.number, by=by, at=at, stay=stay.pk, kind=str(kind),
        basis=str(basis), movement=str(movement), **_put_to_the_ministry(stay),
    )  # fmt: skip
    return stay


@transaction.atomic
def leave(stay: Stay, *, by: Officer, at: datetime) -> Stay:
    """Note that the person left: her or his own act, for which no reason is asked or kept.

    A place held for the stay is free again at once.
    """
    policies.check_may_support(by, stay.case_id, now=at)
    left = Stay.objects.filter(pk=stay.pk, left_at=None)
    if not left.update(left_at=max(at, stay.began_at), left_noted_by=by):
        raise errors.AlreadyDone
    _give_back(stay, by=by, at=at)
    placing.no_longer_asked(stay.case, stay.agency, at=at)
    audit.record("aftercare.left", subject=stay.case_id, by=by, at=at, stay=stay.pk)
    stay.refresh_from_db(fields=["left_at", "left_noted_by"])  # no more: nothing sealed is opened
    return stay


@transaction.atomic
def look_again(stay: Stay, *, agreed: bool | None, by: Officer, at: datetime) -> Stay:
    """Ask anew whether the person wants to stay; a yes moves the day on which it is long.

    Raises ``HelpToLeave`` without a yes, ``NoBasis`` where the order of a court has ended.
    """
    policies.check_may_support(by, stay.case_id, now=at)
    today = timezone.localdate(at)
    if stay.left_at is not None:
        raise errors.AlreadyDone
    if stay.basis_ends_on is not None and stay.basis_ends_on < today:
        raise errors.NoBasis
    if agreed is not True and stay.basis != Basis.COURT_ORDER:
        raise errors.HelpToLeave
    stay.look_again_on = _long_from(stay.kind, today, stay.basis_ends_on)
    Stay.objects.filter(pk=stay.pk).update(agreed=agreed, look_again_on=stay.look_again_on)
    audit.record("aftercare.stay_looked_at", subject=stay.case_id, by=by, at=at, stay=stay.pk)
    stay.refresh_from_db(fields=["agreed", "look_again_on"])
    return stay


def _put_to_the_ministry(stay: Stay) -> dict[str, str]:
    """Ask the ministry about a stay that began without a request; with one it was asked before."""
    if stay.referral_id is not None or stay.kind not in DECIDED_BY_THE_MINISTRY:
        return {}
    assert stay.agency is not None
    asked = placing.ask_the_ministry(
        stay.case, stay.agency, referral=None, urgent="", by=stay.recorded_by, at=stay.recorded_at
    )
    return {"placement": asked.number}


def _give_back(stay: Stay, *, by: Officer, at: datetime) -> None:
    if stay.referral_id is None:
        return
    held = Referral.objects.filter(pk=stay.referral_id, status=ReferralStatus.ACCEPTED).first()
    if held is not None:
        referrals.end(held, by=by, at=at)


def _asked_of(case: Case, agency: Agency) -> Referral | None:
    """Return the accepted request under which the house holds a place, if there is one."""
    return Referral.objects.filter(
        case=case, service__agency=agency, need=Need.SHELTER, status=ReferralStatus.ACCEPTED
    ).first()


def _long_from(kind: StayKind | str, begin: date, ends_on: date | None) -> date:
    day = begin + timedelta(days=LONG_AFTER[StayKind(kind)])
    return min(day, ends_on) if ends_on else day


def _kept(stay: Stay) -> Stay:
    try:
        with transaction.atomic():
            stay.save(force_insert=True)
    except IntegrityError as error:
        if "stay_one_at_a_time" not in str(error):
            raise
        raise errors.AlreadyStays from None
    return stay
