"""What comes between asking and the end: asking back, arriving, waking up who does not answer."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.referral import policies
from mekhala.pathway.referral.codes import Mistake
from mekhala.pathway.referral.errors import (
    AskedAlready,
    MoveNotAllowed,
    NothingToTell,
    NotNotedYet,
)
from mekhala.pathway.referral.models import (
    ArrivalTakenBack,
    Asks,
    Referral,
    ReferralQuestion,
    ReferralStatus,
    Told,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.notices import services as notices
from mekhala.safeguards.notices.kinds import Kind


@transaction.atomic
def ask_back(
    referral: Referral, asks: Asks | str, *, by: Officer, at: datetime
) -> ReferralQuestion:
    """Ask who asks one thing before answering. The hold goes on as it is."""
    policies.check_may_answer(by, referral)
    if referral.status != ReferralStatus.ASKED:
        raise MoveNotAllowed
    try:
        with transaction.atomic():
            kept = ReferralQuestion.objects.create(referral=referral, asks=Asks(asks), asked_at=at)
    except IntegrityError as error:
        if "referral_asks_back_once" not in str(error):
            raise
        raise AskedAlready from None
    audit.record("referral.asked_back", subject=referral.case_id, by=by, at=at,
                 referral=referral.pk, asks=str(asks))  # fmt: skip
    return kept


@transaction.atomic
def tell(question: ReferralQuestion, told: Told | str, *, by: Officer, at: datetime) -> None:
    """Answer what a service asked back: yes, no or not known, and nothing more."""
    referral = question.referral
    policies.check_may_ask(by, referral.case_id, now=at)
    waiting = ReferralQuestion.objects.filter(pk=question.pk, told="")
    if referral.status != ReferralStatus.ASKED or not waiting.update(
        told=Told(told), told_by=by, told_at=at
    ):
        raise NothingToTell
    audit.record("referral.told", subject=referral.case_id, by=by, at=at, referral=referral.pk,
                 asks=question.asks)  # fmt: skip


@transaction.atomic
def note_arrival(referral: Referral, *, by: Officer, at: datetime) -> None:
    """Note that the person has come: the circle of this request is closed."""
    policies.check_may_answer(by, referral)
    came = Referral.objects.filter(
        pk=referral.pk, status=ReferralStatus.ACCEPTED, arrived_at=None
    ).update(arrived_at=at)
    if not came:
        raise MoveNotAllowed
    audit.record("referral.arrived", subject=referral.case_id, by=by, at=at, referral=referral.pk)


@transaction.atomic
def take_back_arrival(
    referral: Referral, because: Mistake | str, *, by: Officer, at: datetime
) -> ArrivalTakenBack:
    """Take back that the person has come; it may be noted again. Raises ``NotNotedYet``."""
    policies.check_may_answer(by, referral)
    if because not in Mistake.values:
        raise WrongInput(f"because: {str(because)[:20]!r}; expected one of {Mistake.values}.")
    held = Referral.objects.select_for_update(of=["self"]).get(pk=referral.pk)
    if held.arrived_at is None:
        raise NotNotedYet
    kept = ArrivalTakenBack.objects.create(
        referral=held, arrived_at=held.arrived_at, because=because, recorded_by=by, recorded_at=at
    )
    Referral.objects.filter(pk=held.pk).update(arrived_at=None)
    audit.record("referral.arrival_taken_back", subject=held.case_id, by=by, at=at,
                 referral=held.pk, because=str(because))  # fmt: skip
    return kept


@transaction.atomic
def wake(now: datetime) -> int:
    """Tell of every request that waits for more than half its time, once; return how many.

    For ``jobs``: told are all of the service's providers and who asked, who may ask another.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select referral, case_number, agency, asked_by from referral_wake(%s)", [now]
        )
        waiting = cursor.fetchall()
    for referral, number, agency, asked_by in waiting:
        about = {"subject": number, "by": None, "at": now, "referral": referral}
        notices.tell(Officer.objects.filter(pk=asked_by), Kind.REFERRAL_WAITS, **about)
        asked = Officer.objects.filter(agency=agency, role=Role.PROVIDER, is_active=True)
        about["subject"] = f"referral {referral}"  # no case number before a service accepts
        notices.tell(asked, Kind.REFERRAL_WAITS, **about, to_answer=True)
    return len(waiting)
