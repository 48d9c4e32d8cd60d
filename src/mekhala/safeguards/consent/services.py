"""Keeping what the person said, taking it back, and confirming that one has stopped."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.consent import policies, queries
from mekhala.safeguards.consent.errors import NothingToTakeBack, NotYourStop
from mekhala.safeguards.consent.models import (
    Answer,
    Because,
    Consent,
    DataClass,
    Guardian,
    Held,
    Manner,
    Relation,
    Speaker,
    Stop,
)
from mekhala.safeguards.notices import services as notices
from mekhala.safeguards.notices.kinds import Kind


@transaction.atomic
def record_answer(
    case_number: str,
    *,
    recipient: str,
    purpose: Purpose,
    data_class: DataClass,
    answer: Answer,
    by: Officer,
    at: datetime,
    is_adult: bool = False,
    said_by: Speaker | str = Speaker.PERSON,
    best_interest: str = "",
    language: str = "",
    interpreter: bool | None = None,
    interpreter_of: str = "",
    present: Collection[str] = (),
    asked_alone: bool | None = None,
    manner: Manner | str = "",
    read_out: bool | None = None,
    until: datetime | None = None,
) -> Consent:
    """Keep one answer; the newest per recipient, purpose, data class and speaker counts.

    ``is_adult``: the age is known to be 18 or more; otherwise child rules apply and a yes stands
    only beside that of a guardian or appointed person. A yes ends at ``until``, half a year after
    it was given unless a day is named. What is no yes takes effect in the same transaction: the
    database closes what rested on it, and the agencies that were told are told to stop.

    Raises ``NotYourRole`` or ``NotOpenToYou`` for whoever does not help this person, and another
    ``ActRefused`` of this room for an answer that may not be kept.
    """
    policies.check_may_hear(by, case_number, now=at)
    policies.check_disinterested(by, recipient=recipient, answer=answer)
    policies.check_speaker(
        said_by, answer=answer, is_adult=is_adult, best_interest=best_interest,
        guardian_involved=(
            queries.guardian_involved(case_number) if said_by == Speaker.GUARDIAN else None
        ),
    )  # fmt: skip
    policies.check_way_asked(present=present, manner=manner, language=language)
    kept = Consent.objects.create(
        case_number=case_number, recipient=recipient, purpose=purpose, data_class=data_class,
        answer=answer, said_by=said_by, as_child=not is_adult, best_interest=best_interest,
        language=language, interpreter=interpreter, interpreter_of=interpreter_of,
        present=sorted(set(present)), asked_alone=policies.was_alone(present, asked_alone),
        manner=manner, read_out=read_out, asked_at=at, asked_by=by.pk,
        until=_end_of(answer, until, at=at),
    )  # fmt: skip
    stops = _tell_to_stop(kept.pk, answer.value, case_number, by=by, at=at)
    audit.record(
        f"consent.{answer.value}", subject=case_number, by=by, at=at, recipient=recipient,
        purpose=purpose.value, data_class=data_class.value, said_by=str(said_by),
        told_to_stop=len(stops),
    )  # fmt: skip
    return kept


def _end_of(answer: Answer, until: datetime | None, *, at: datetime) -> datetime | None:
    """Return when an answer ends: a yes on the day named, else half a year after it was given."""
    if answer != Answer.GIVEN:
        return until
    ends = until or at + policies.USUAL_TIME
    policies.check_ends(ends, at=at)
    return ends


@transaction.atomic
def withdraw(
    case_number: str,
    *,
    by: Officer,
    at: datetime,
    recipient: str | None = None,
    purpose: Purpose | None = None,
    data_class: DataClass | None = None,
    said_by: Speaker = Speaker.PERSON,
    **asked: object,
) -> list[Consent]:
    """Take back every yes to ``recipient`` (None: to everybody), narrowed by what else is named.

    One answer is kept for each yes that was given; ``asked`` is how it was asked, as in
    ``record_answer``. Raises ``NothingToTakeBack`` where there is none.
    """
    policies.check_may_hear(by, case_number, now=at)
    given = [
        one for one in _given(case_number, said_by)
        if (recipient is None or one.recipient == recipient)
        and (purpose is None or one.purpose == purpose)
        and (data_class is None or one.data_class == data_class)
    ]  # fmt: skip
    if not given:
        raise NothingToTakeBack
    return [
        record_answer(
            case_number, recipient=one.recipient, purpose=Purpose(one.purpose),
            data_class=DataClass(one.data_class), answer=Answer.WITHDRAWN, by=by, at=at,
            is_adult=not one.as_child, said_by=said_by, **asked,  # type: ignore[arg-type]
        )
        for one in given
    ]  # fmt: skip


def _given(case_number: str, said_by: Speaker) -> list[Consent]:
    """Return the newest answers of one speaker that are a yes, ended or not."""
    kept: dict[tuple[str, str, str], Consent] = {}
    for one in queries.newest_first(case_number):
        if one.said_by == said_by:
            kept.setdefault((one.recipient, one.purpose, one.data_class), one)
    return [one for one in kept.values() if one.answer == Answer.GIVEN]


@transaction.atomic
def record_guardian(
    case_number: str,
    *,
    relation: Relation | str,
    involved: bool | None,
    is_adult: bool,
    by: Officer,
    at: datetime,
) -> Guardian:
    """Keep what is known of who answers for a child by law; it counts from now on.

    Unless ``involved`` is False, no yes of a guardian stands from this instant: what rested on
    it is closed by the database and the agencies are told to stop. Raises ``NoGuardianOfAdult``.
    """
    policies.check_may_hear(by, case_number, now=at)
    policies.check_has_guardian(is_adult=is_adult)
    kept = Guardian.objects.create(
        case_number=case_number, relation=relation, involved=involved, recorded_at=at,
        recorded_by=by.pk,
    )  # fmt: skip
    stops = _tell_to_stop(kept.pk, Because.GUARDIAN.value, case_number, by=by, at=at)
    audit.record(
        "consent.guardian_recorded", subject=case_number, by=by, at=at, relation=str(relation),
        involved=involved, told_to_stop=len(stops),
    )  # fmt: skip
    return kept


@transaction.atomic
def confirm_stop(stop: Stop, *, held: Held, by: Officer, at: datetime) -> Stop:
    """Confirm for the agency of ``by`` that it stopped, and say what it still holds.

    Raises ``NotYourStop`` for the stop of another agency. What was confirmed stays as it was.
    """
    policies.check_may_confirm(by, stop)
    done = Stop.objects.filter(pk=stop.pk, acknowledged_at=None).update(
        acknowledged_at=at, acknowledged_by=by.pk, held=held
    )
    if done:
        audit.record(
            "consent.stop_confirmed", subject=stop.reference, by=by, at=at, stop=stop.pk,
            held=held.value,
        )  # fmt: skip
    elif not Stop.objects.filter(pk=stop.pk).exists():
        raise NotYourStop
    stop.refresh_from_db()
    return stop


def _tell_to_stop(
    cause: int, because: str, case_number: str, *, by: Officer, at: datetime
) -> list[Stop]:
    """Tell the officers of each agency that the database found to have been told."""
    if because == Answer.GIVEN.value:
        return []
    stops = queries.stopped_by(cause, because, case_number)
    for stop in stops:
        role = policies.TOLD_TO_STOP.get(Purpose(stop.purpose), Role.PROVIDER)
        agency = Agency.objects.get(code=stop.recipient)
        notices.tell(
            access.officers_of(role, agency), Kind.CONSENT_WITHDRAWN, subject=stop.reference,
            by=by, at=at, stop=stop.pk,
        )  # fmt: skip
    return stops
