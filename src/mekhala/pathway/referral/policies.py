"""Who may ask, who answers, and which moves a referral may make."""

from datetime import datetime

from mekhala.pathway.directory.fitting import fit
from mekhala.pathway.directory.models import Service
from mekhala.pathway.directory.needs import Needs
from mekhala.pathway.referral.errors import (
    AnswersAnotherNeed,
    ConsentMissing,
    DoesNotSuit,
    HasAnAccount,
    MoveNotAllowed,
    NotHere,
    NotYourReferral,
    ReasonMissing,
)
from mekhala.pathway.referral.models import DeclineReason, Referral, ReferralStatus
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.access.queries import purposes_for
from mekhala.safeguards.consent import queries as consent
from mekhala.safeguards.consent.models import DataClass

HELPERS = frozenset({Role.FIRST_RESPONDER, Role.AUTHORITY, Role.REGISTRAR, Role.PROVIDER})
HELPING = frozenset(
    {Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.SUPPORT}
)
_S = ReferralStatus
MOVES: dict[str, frozenset[str]] = {
    _S.ASKED: frozenset({_S.ACCEPTED, _S.DECLINED, _S.EXPIRED, _S.ENDED, _S.WITHDRAWN}),
    _S.ACCEPTED: frozenset({_S.ENDED}),
    _S.DECLINED: frozenset(),
    _S.EXPIRED: frozenset(),
    _S.ENDED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
OPEN = frozenset({_S.ASKED, _S.ACCEPTED})  # a place is held


def check_helps(officer: Officer) -> None:
    """Refuse roles that do not arrange help."""
    if officer.role not in HELPERS:
        raise NotYourRole


def check_may_ask(officer: Officer, case_number: str, *, now: datetime) -> None:
    """Refuse whoever does not arrange help or has no live grant to help on this file.

    There is no check of the case's status: help waits for no decision.
    """
    check_helps(officer)
    if not purposes_for(officer, case_number, now=now) & HELPING:
        raise NotOpenToYou


def may_ask(officer: Officer, case_number: str, *, now: datetime) -> bool:
    """Return whether ``officer`` may refer this person."""
    try:
        check_may_ask(officer, case_number, now=now)
    except ActRefused:
        return False
    return True


def check_suits(service: Service, needs: Needs, need: str) -> None:
    """Refuse a service for another need, or one that what is known of the person rules out.

    A restriction after an inspection rules out as well; ``service`` comes from ``as_now``.
    """
    if service.need != need:
        raise AnswersAnotherNeed
    if fit(service, needs).takes is False:
        raise DoesNotSuit


def check_consent(case_number: str, recipient: str, *, now: datetime) -> None:
    """Refuse unless a yes stands that this agency is told what she needs (R-13, R-20).

    The yes is held until the transaction ends: whoever takes it back waits, and what was kept
    meanwhile goes with it.
    """
    consent.hold(case_number)
    if not has_consent(case_number, recipient, now=now):
        raise ConsentMissing


def has_consent(case_number: str, recipient: str, *, now: datetime) -> bool:
    """Answer whether a yes stands that this agency is told what the person needs."""
    return consent.is_given(
        case_number, recipient=recipient, purpose=Purpose.SUPPORT, data_class=DataClass.NEEDS,
        now=now,
    )  # fmt: skip


def check_may_answer(officer: Officer, referral: Referral) -> None:
    """Refuse whoever is not a provider of the agency that is asked."""
    if officer.role != Role.PROVIDER:
        raise NotYourRole
    if officer.agency_id != referral.service.agency_id:
        raise NotYourReferral


def check_may_end(officer: Officer, referral: Referral, *, now: datetime) -> None:
    """Refuse whoever neither runs the service nor may refer this person."""
    if officer.role == Role.PROVIDER and officer.agency_id == referral.service.agency_id:
        return
    check_may_ask(officer, referral.case_id, now=now)


def check_move(status: str, to: str) -> None:
    """Refuse a move that is not in ``MOVES``."""
    if to not in MOVES[status]:
        raise MoveNotAllowed


def check_reason(reason: str) -> None:
    """Refuse to decline without one of the coded reasons."""
    if reason not in DeclineReason.values:
        raise ReasonMissing


def check_may_transfer(referral: Referral) -> None:
    """Refuse to transfer somebody from where nobody accepted."""
    if referral.status != ReferralStatus.ACCEPTED:
        raise NotHere


def check_without_account(service: Service) -> None:
    """Refuse a link where somebody of the agency can sign in and answer."""
    if Officer.objects.filter(
        agency=service.agency_id, role=Role.PROVIDER, is_active=True
    ).exists():
        raise HasAnAccount
