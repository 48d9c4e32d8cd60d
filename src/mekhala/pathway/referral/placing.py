"""The ministry of social affairs decides about each place in a house: asked, decided, obeyed.

Each request for a place in a house asks the ministry too, under a number that names nobody, and is
accepted only when it has agreed; unless who asked said why the person cannot wait. Then the
place is given first, and the ministry decides within some working days. A stay that began without a
request is asked about when it is kept. What the ministry did not agree to is shown to who helps:
nobody is put out by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection, transaction
from django.db.models import Prefetch
from django.utils import timezone

from mekhala.core.calendar.stages import last_day_to_decide_a_place
from mekhala.core.check_digit import new_number
from mekhala.pathway.directory.models import Need
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral import errors
from mekhala.pathway.referral.bands import age_band
from mekhala.pathway.referral.codes import Outcome, PlacementReason, Urgent
from mekhala.pathway.referral.models import PlacementDecision, PlacementQuestion, Referral
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency, AgencyKind
from mekhala.safeguards.audit import services as audit

PREFIX = "PL"
_R = PlacementReason
REASONS_FOR = {
    Outcome.AGREED: (_R.SUITS, _R.OWN_WISH, _R.NO_FAMILY, _R.FOR_NOW),
    Outcome.NOT_AGREED: (_R.FAMILY_FIRST, _R.BETTER_HOUSE, _R.STANDARDS, _R.WISH_UNCLEAR),
}


@dataclass(frozen=True, kw_only=True)
class ToDecide:
    """One place as the ministry reads it: no case, no name, no story.

    ``house_km`` is the service's name, or the house's where none was asked, in Khmer if it has one.
    ``given`` says whether the person has the place already; ``outcome`` is empty while undecided.
    """

    number: str
    house: str
    service: str
    house_km: str
    asked_by: str
    sex: str
    age_band: str
    language: str
    requirements: list[str]
    places: int
    urgent: str
    given: bool
    asked_at: datetime
    due_at: datetime
    outcome: str
    reasons: list[str]
    decided_at: datetime | None


def is_needed(need: str) -> bool:
    """Answer whether the ministry decides about this kind of help: a place in a house."""
    return need == Need.SHELTER


def may_decide(officer: Officer) -> bool:
    """Answer whether the officer decides on places: a registrar of social affairs."""
    kind = officer.agency.kind
    return officer.role == Role.REGISTRAR and kind == AgencyKind.SOCIAL_AFFAIRS


def check_may_be_given(referral: Referral) -> None:
    """Refuse to give a place that the ministry has yet to decide on, or did not agree to.

    The database holds to it too, whoever writes.
    """
    question = of_referral(referral)
    if question is None:
        return
    decision = question.decision
    if decision is None and not question.urgent:
        raise errors.NotDecidedYet
    if decision is not None and decision.outcome != Outcome.AGREED:
        raise errors.NotAgreedTo


def of_referral(referral: Referral) -> PlacementQuestion | None:
    """Return what the ministry was asked about the place of a request."""
    found = PlacementQuestion.objects.filter(referral=referral)
    return found.prefetch_related("decisions").first()


def of_case(case: Case) -> list[PlacementQuestion]:
    """Return all that the ministry was asked about one person, with its decisions."""
    found = PlacementQuestion.objects.filter(case=case).order_by("-asked_at")
    decisions = PlacementDecision.objects.select_related("decided_by")
    return list(found.prefetch_related(Prefetch("decisions", decisions)))


def ask_the_ministry(
    case: Case, agency: Agency, *, referral: Referral | None, urgent: Urgent | str,
    by: Officer, at: datetime,
) -> PlacementQuestion:  # fmt: skip
    """Ask about a place: before the hold on it ends, or afterwards where it cannot wait.

    A part of another act, in whose entry of the log the number of the question stands.
    """
    due = _end_of(last_day_to_decide_a_place(timezone.localdate(at)))
    return PlacementQuestion.objects.create(
        number=new_number(PREFIX), case=case, agency=agency, referral=referral, sex=case.sex,
        age_band=age_band(case), urgent=Urgent(urgent) if urgent else "", asked_by=by, asked_at=at,
        due_at=due if urgent or referral is None else referral.hold_until,
    )  # fmt: skip


def no_longer_asked(case: Case, agency: Agency | None, *, at: datetime) -> None:
    """Take back what the ministry has yet to decide about a stay without a request: it is over."""
    PlacementQuestion.objects.filter(
        case=case, agency=agency, referral=None, over_at=None, decisions=None
    ).update(over_at=at)


def to_decide(*, most: int, skip: int = 0) -> list[ToDecide]:
    """Return places that wait for the ministry, the soonest due first. It alone is answered."""
    return _read(waiting=True, most=most, skip=skip)


def decided(*, most: int, skip: int = 0) -> list[ToDecide]:
    """Return places the ministry has decided on, the newest decision first."""
    return _read(waiting=False, most=most, skip=skip)


def one_to_decide(number: str) -> ToDecide | None:
    """Return one place by its number, decided or not."""
    return next(iter(_read(waiting=None, most=1, skip=0, number=number)), None)


@transaction.atomic
def decide(
    number: str, outcome: Outcome | str, reasons: Iterable[PlacementReason | str], *,
    by: Officer, at: datetime,
) -> None:  # fmt: skip
    """Keep the ministry's decision on a place, with its reasons. A later one stands instead.

    Raises ``DecidesOnPlaces``, ``DecisionNeedsReason`` or ``PlaceIsOver``.
    """
    if not may_decide(by):
        raise errors.DecidesOnPlaces
    given = sorted({str(reason) for reason in reasons})
    if (
        outcome not in Outcome.values
        or not given
        or not set(given) <= set(REASONS_FOR[Outcome(outcome)])
    ):
        raise errors.DecisionNeedsReason
    with connection.cursor() as cursor:
        cursor.execute(
            "select referral_decide_placement(%s, %s, %s, %s)", [number, str(outcome), given, at]
        )
        if not cursor.fetchone()[0]:
            raise errors.PlaceIsOver
    audit.record("referral.placement_decided", subject=number, by=by, at=at, outcome=str(outcome),
                 reasons=given)  # fmt: skip


def _read(*, waiting: bool | None, most: int, skip: int, number: str = "") -> list[ToDecide]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from referral_placements(%s, %s, %s, %s)", [waiting, most, skip, number]
        )
        names = [column.name for column in cursor.description]
        return [ToDecide(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
