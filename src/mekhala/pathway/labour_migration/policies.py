"""Who supervises agencies, who takes complaints, and in which order people are asked."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from mekhala.pathway.labour_migration import errors
from mekhala.pathway.labour_migration.ladder import ladder
from mekhala.pathway.labour_migration.models import AskAfter, Deployment, Recruiter, Review, Worker
from mekhala.pathway.labour_migration.words import Found, Rung, Whom
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole, YearNotMeant
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.access.queries import purposes_for
from mekhala.safeguards.agencies.models import AgencyKind

FIRST_YEAR, AHEAD = 1990, 5
ASK_WITHIN = timedelta(days=365)
WHO_TAKE_COMPLAINTS = frozenset({Role.FIRST_RESPONDER, Role.REGISTRAR})
SUPERVISORS = WHO_TAKE_COMPLAINTS  # of a labour inspection
OF_A_WORKER = frozenset({Purpose.FIRST_CONTACT, Purpose.REGISTRATION})


def supervises(officer: Officer) -> bool:
    """Return whether the officer is of labour inspection."""
    return officer.role in SUPERVISORS and officer.agency.kind == AgencyKind.LABOUR


def check_supervises(officer: Officer) -> None:
    """Refuse all but labour inspection."""
    if not supervises(officer):
        raise NotYourRole


def takes_complaints(officer: Officer) -> bool:
    """Return whether the officer takes complaints: responders, consuls, social workers, labour."""
    return officer.role in WHO_TAKE_COMPLAINTS


def check_takes_complaints(officer: Officer) -> None:
    """Refuse roles that meet nobody."""
    if not takes_complaints(officer):
        raise NotYourRole


def check_may_act(officer: Officer, worker: Worker, *, now: datetime) -> None:
    """Refuse whoever does not hold this worker's file."""
    check_takes_complaints(officer)
    if not purposes_for(officer, worker.number, now=now) & OF_A_WORKER:
        raise NotOpenToYou


def check_put_to(deployment: Deployment | None, worker: Worker, recruiter: Recruiter) -> None:
    """Refuse to put a complaint to another worker's work, to work through another agency, and to
    what was taken back.
    """
    if deployment is not None and (
        deployment.worker_id != worker.pk or deployment.recruiter_id != recruiter.pk
    ):
        raise errors.AnotherAgency
    if deployment is not None and deployment.taken_back_at:
        raise errors.TakenBackAlready


def check_past(day: date, *, now: datetime) -> None:
    """Refuse a day to come, and one of a year that cannot be meant."""
    check_year(day.year, now=now)
    if day > timezone.localdate(now):
        raise errors.DayToCome


def check_year(year: int, *, now: datetime, ahead: int = AHEAD) -> None:
    """Refuse a year before agencies were licensed, or far from today."""
    if not FIRST_YEAR <= year <= timezone.localdate(now).year + ahead:
        raise YearNotMeant


def check_asked_on(one: AskAfter, on: date, *, now: datetime) -> None:
    """Refuse a day to come, before the person wanted it, or before she or he was asked last."""
    check_past(on, now=now)
    last = one.askings.order_by("-asked_on").first()
    wanted = timezone.localdate(one.recorded_at)
    if on < max(wanted, last.asked_on if last else wanted):
        raise errors.AskedBefore


def check_may_decide(
    officer: Officer, review: Review, decision: str, reasons: str, until_on: date | None,
    *, is_suspended: bool, now: datetime,
) -> None:  # fmt: skip
    """Refuse who recorded what is reviewed, no reasons, and a suspension without a near end."""
    check_supervises(officer)
    if review.decided_at is not None:
        raise errors.ReviewDecided
    if review.incidents.filter(recorded_by=officer).exists():
        raise errors.NotImpartial
    if not reasons.strip():
        raise errors.ReasonsMissing
    today = timezone.localdate(now)
    last = today + timedelta(days=ladder().longest_suspension)
    is_suspension = decision == Rung.SUSPENSION
    if is_suspension != (until_on is not None):
        raise errors.WrongTime
    if until_on is not None and not today < until_on <= last:
        raise errors.WrongTime
    if decision == Rung.LIFTED and not is_suspended:
        raise errors.NotSuspended


def check_may_take_back(officer: Officer, review: Review) -> None:
    """Refuse who recorded what was reviewed, and a review in which nothing is decided."""
    check_supervises(officer)
    if review.decided_at is None:
        raise errors.NothingDecided
    if review.incidents.filter(recorded_by=officer).exists():
        raise errors.NotImpartial


def check_may_ask(one: AskAfter, whom: str) -> None:
    """Refuse to ask the contact before the person was not reached, or one nobody named."""
    if one.next_on is None:
        raise errors.NotAskedAfter
    if whom == Whom.CONTACT:
        if not one.contact:
            raise errors.NoContact
        last = one.askings.first()
        if last is None or last.whom != Whom.PERSON or last.found != Found.NOT_REACHED:
            raise errors.PersonFirst
