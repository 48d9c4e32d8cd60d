"""Acts on agencies: register, license, count placements, note incidents, decide a review."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from mekhala.core.vocabulary.countries import alpha_2
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.labour_migration import errors, policies, queries
from mekhala.pathway.labour_migration.ladder import Told, why_to_review
from mekhala.pathway.labour_migration.models import (
    Employer,
    Incident,
    Licence,
    Placement,
    PlacementBefore,
    Recruiter,
    Review,
)
from mekhala.pathway.labour_migration.words import Kind, Rung, Source
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def register_recruiter(
    register_number: str, name: str, *, by: Officer, at: datetime, name_km: str = "",
    province_code: str = "",
) -> Recruiter:  # fmt: skip
    """Enter an agency. Raises ``WrongInput`` where the number is taken."""
    policies.check_supervises(by)
    try:
        with transaction.atomic():
            kept = Recruiter.objects.create(
                register_number=register_number.strip(), name=name.strip(), name_km=name_km.strip(),
                province_code=province_code,
            )  # fmt: skip
    except IntegrityError:
        raise WrongInput(
            f"register number: {register_number[:40]!r} is another agency's."
        ) from None
    audit.record("recruitment.registered", subject=kept.register_number, by=by, at=at)
    return kept


@transaction.atomic
def license_recruiter(
    recruiter: Recruiter, number: str, *, valid_from: date, valid_until: date, by: Officer,
    at: datetime,
) -> Licence:  # fmt: skip
    """Record a licence. Raises ``WrongInput`` for a number given before or days turned round."""
    policies.check_supervises(by)
    if valid_until < valid_from:
        raise WrongInput(f"licence: ends on {valid_until}, before it begins on {valid_from}.")
    try:
        with transaction.atomic():
            kept = Licence.objects.create(
                recruiter=recruiter, number=number.strip(), valid_from=valid_from,
                valid_until=valid_until, recorded_by=by, recorded_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise WrongInput(f"licence: number {number[:40]!r} was given before.") from None
    audit.record(
        "recruitment.licensed", subject=recruiter.register_number, by=by, at=at, licence=kept.pk
    )
    return kept


@transaction.atomic
def record_placement(
    recruiter: Recruiter, employer: str, country: str, *, month: date, people: int, by: Officer,
    at: datetime,
) -> Placement:  # fmt: skip
    """Record how many workers were sent to an employer in a month.

    Sent by an agency that had no licence, or was suspended, on no day of the month: kept all the
    same, with an incident that opens a review. Raises ``WrongInput``, ``CountedAlready``.
    """
    policies.check_supervises(by)
    policies.check_past(month, now=at)
    check_country(country)
    if people < 1 or not employer.strip():
        raise WrongInput(f"placement: {people} people of {employer[:40]!r}; expected both.")
    first = month.replace(day=1)
    work, _made = Employer.objects.get_or_create(name=employer.strip(), country=country)
    try:
        with transaction.atomic():
            kept = Placement.objects.create(
                recruiter=recruiter, employer=work, month=first, people=people, recorded_by=by,
                recorded_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise errors.CountedAlready from None
    audit.record(
        "recruitment.placements", subject=recruiter.register_number, by=by, at=at, people=people
    )
    if not queries.was_licensed_in(recruiter, first):
        note_unlicensed(kept, by=by, at=at)
    return kept


def note_unlicensed(placed: Placement, *, by: Officer, at: datetime) -> Incident:
    """Note that workers were sent in a month without a licence: the agency's own figures say it."""
    return record_incident(
        placed.recruiter, [Kind.UNLICENSED], source=Source.RECORD, country=placed.employer.country,
        on=placed.month, by=by, at=at, established=True,
    )  # fmt: skip


@transaction.atomic
def correct_placement(
    placement: Placement, people: int, because: str, *, by: Officer, at: datetime
) -> Placement:
    """Put a right count in the place of a wrong one, with the reason; the wrong one stays readable.

    Nobody sent is 0. Raises ``WhyCorrected``, ``NotYourRole``, ``WrongInput``.
    """
    policies.check_supervises(by)
    if people < 0:
        raise WrongInput(f"placement: {people} people; expected 0 or more.")
    if not because.strip():
        raise errors.WhyCorrected
    held = Placement.objects.select_for_update().get(pk=placement.pk)
    PlacementBefore.objects.create(
        placement=held, people=held.people, because=because.strip(), corrected_by=by,
        corrected_at=at,
    )  # fmt: skip
    held.people = people
    held.save(update_fields=["people"])
    audit.record(
        "recruitment.placements_corrected", subject=held.recruiter.register_number, by=by, at=at,
        placement=held.pk, people=people,
    )  # fmt: skip
    return held


@transaction.atomic
def record_incident(
    recruiter: Recruiter,
    kinds: Sequence[str],
    *,
    source: Source | str,
    country: str,
    on: date,
    by: Officer,
    at: datetime,
    established: bool | None = None,
) -> Incident:
    """Note what an agency is said or found to have done; open a review where the ladder says so.

    ``on`` is kept as its month. Raises ``NotYourRole``, ``DayToCome``, ``WrongInput``.
    """
    if source == Source.COMPLAINT:
        policies.check_takes_complaints(by)
    else:
        policies.check_supervises(by)
    policies.check_past(on, now=at)
    check_country(country)
    if not kinds or set(kinds) - set(Kind.values):
        raise WrongInput(f"kinds: {list(kinds)}; expected some of {', '.join(Kind.values)}.")
    kept = Incident.objects.create(
        recruiter=recruiter, kinds=list(dict.fromkeys(map(str, kinds))), source=source,
        country=country, month=on.replace(day=1), established=established, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    audit.record(
        "recruitment.incident", subject=recruiter.register_number, by=by, at=at,
        incident=kept.pk, source=str(source),
    )  # fmt: skip
    _review_if_due(recruiter, by=by, at=at)
    return kept


@transaction.atomic
def open_review(recruiter: Recruiter, *, by: Officer, at: datetime) -> Review:
    """Open a review without a threshold. Raises ``ReviewOpen``."""
    policies.check_supervises(by)
    _hold(recruiter)
    if queries.open_review(recruiter):
        raise errors.ReviewOpen
    return _opened(recruiter, "asked", queries.since_last_review(recruiter), by=by, at=at)


@transaction.atomic
def decide_review(
    review: Review, decision: Rung | str, *, reasons: str, by: Officer, at: datetime,
    until_on: date | None = None,
) -> Review:  # fmt: skip
    """Decide what follows, with reasons; ``until_on`` is the end of a suspension.

    A suspension that runs is ended early by a review of its own. Raises ``NotYourRole``,
    ``NotImpartial``, ``ReasonsMissing``, ``WrongTime``, ``NotSuspended``, ``ReviewDecided``.
    """
    policies.check_supervises(by)
    if decision not in Rung.values:
        raise WrongInput(f"decision: {str(decision)[:40]!r}; expected one of {Rung.values}.")
    kept = Review.objects.select_for_update().get(pk=review.pk)
    one = queries.recruiters().get(pk=kept.recruiter_id)
    policies.check_may_decide(
        by, kept, str(decision), reasons, until_on, now=at,
        is_suspended=queries.standing(one, timezone.localdate(at)) == "suspended",
    )  # fmt: skip
    kept.decision, kept.reasons, kept.until_on = str(decision), reasons.strip(), until_on
    kept.decided_by, kept.decided_at = by, at
    kept.save()
    if decision == Rung.REMOVAL:
        today = timezone.localdate(at)
        Licence.objects.filter(recruiter_id=kept.recruiter_id, ended_on=None).update(ended_on=today)
    audit.record(
        "recruitment.decided", subject=kept.recruiter.register_number, by=by, at=at,
        review=kept.pk, decision=kept.decision,
    )  # fmt: skip
    return kept


def check_country(country: str) -> str:
    """Return an ISO 3166-1 alpha-3 code. Raises ``WrongInput``."""
    if country not in alpha_2():
        raise WrongInput(f"country: {country[:20]!r} is no ISO 3166-1 alpha-3 code, such as MYS.")
    return country


def _review_if_due(recruiter: Recruiter, *, by: Officer, at: datetime) -> Review | None:
    """Open a review if what was told since the last one asks for it. It decides nothing."""
    _hold(recruiter)
    fresh = queries.since_last_review(recruiter)
    told = [Told(frozenset(i.kinds), timezone.localdate(i.recorded_at)) for i in fresh]
    why = why_to_review(told, today=timezone.localdate(at))
    now_open = queries.open_review(recruiter)
    if now_open:
        now_open.incidents.add(*fresh)
        return now_open
    return _opened(recruiter, why, fresh, by=by, at=at) if why else None


def _opened(
    recruiter: Recruiter, because: str, incidents: Sequence[Incident], *, by: Officer, at: datetime
) -> Review:
    made = Review.objects.create(recruiter=recruiter, because=because, opened_at=at)
    made.incidents.set(incidents)
    audit.record(
        "recruitment.review_opened", subject=recruiter.register_number, by=by, at=at,
        review=made.pk, because=because,
    )  # fmt: skip
    return made


def _hold(recruiter: Recruiter) -> None:
    Recruiter.objects.select_for_update().get(pk=recruiter.pk)
