"""Acts on a return: begin it, hear the person, check, do a step, seal a file, end it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from mekhala.core import exchange_file
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.repatriation import errors, policies, queries
from mekhala.pathway.repatriation.corridor import OURS, THEIRS, corridor
from mekhala.pathway.repatriation.minimum import minimum_data
from mekhala.pathway.repatriation.models import (
    Check,
    CounterpartKey,
    Exchange,
    Return,
    Statement,
    StepDone,
    StepTakenBack,
)
from mekhala.pathway.repatriation.words import Ending, Mistake, StepCode, Wish
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.consent import queries as consent
from mekhala.safeguards.consent.models import DataClass
from mekhala.safeguards.identity import services as vault

TOLD = (DataClass.NEEDS, DataClass.IDENTITY)  # what the person has to say yes to


@transaction.atomic
def begin(
    case: Case,
    corridor_code: str,
    *,
    started_on: date,
    by: Officer,
    at: datetime,
    country: str = "",
    counterpart: Agency | None = None,
    their_number: str = "",
) -> Return:
    """Begin a return through a corridor; ``country`` names the other side where it may be any.

    Raises ``ReturnOpen``, ``WrongCorridor``, ``DayToCome``, ``NotYourRole``, ``NotOpenToYou``,
    ``WrongInput`` for an unknown corridor.
    """
    policies.check_may_act(by, case.number, now=at)
    way = corridor(corridor_code)
    policies.check_leads_home(case, way, country)
    begun = Return(
        case=case, corridor=way.code, country=way.other or country, counterpart=counterpart,
        their_number=their_number.strip(), started_on=started_on, opened_by=by, opened_at=at,
    )  # fmt: skip
    policies.check_day(started_on, begun, at=at)
    policies.check_met_before(started_on, case)
    try:
        with transaction.atomic():
            begun.save()
    except IntegrityError as error:
        if "return_one_open_per_case" not in str(error):
            raise
        raise errors.ReturnOpen from None
    audit.record("repatriation.begun", subject=case.number, by=by, at=at, corridor=way.code)
    return begun


@transaction.atomic
def record_statement(
    one: Return,
    wish: Wish | str,
    *,
    said_on: date,
    by: Officer,
    at: datetime,
    was_alone: bool | None = None,
    interpreter: bool | None = None,
    guardian_agrees: bool | None = None,
) -> Statement:
    """Keep what the person says about returning; what was said before is history.

    It may be taken back until somebody is handed over. Raises ``HandedOver``, ``ReturnEnded``,
    ``DayToCome``.
    """
    policies.check_may_act(by, one.case_id, now=at)
    policies.check_open(one)
    policies.check_day(said_on, one, at=at)
    if policies.travelled(_held(one)):
        raise errors.HandedOver
    kept = Statement.objects.create(
        of_return=one, wish=_one_of("wish", wish, Wish.values), said_on=said_on,
        was_alone=was_alone, interpreter=interpreter, guardian_agrees=guardian_agrees,
        heard_by=by, heard_at=at,
    )  # fmt: skip
    audit.record("repatriation.statement", subject=one.case_id, by=by, at=at, wish=kept.wish)
    return kept


@transaction.atomic
def record_check(
    one: Return,
    kind: str,
    answer: bool | None,
    *,
    found_by: str,
    found_on: date,
    by: Officer,
    at: datetime,
) -> Check:
    """Keep what somebody found out: yes, no, or None for not known; the newest counts."""
    policies.check_may_act(by, one.case_id, now=at)
    policies.check_open(one)
    policies.check_day(found_on, one, at=at)
    kept = Check.objects.create(
        of_return=one, kind=kind, answer=answer, found_by=found_by, found_on=found_on,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record(
        "repatriation.checked", subject=one.case_id, by=by, at=at, kind=kind, answer=answer
    )
    return kept


@transaction.atomic
def record_step(
    one: Return,
    code: str,
    *,
    side: str,
    done_on: date,
    by: Officer,
    at: datetime,
    reference: str = "",
) -> StepDone:
    """Record for one side that a step was done on a day.

    The other side's is recorded by its own officer, or by ours from its paper, whose number is
    ``reference``. Raises ``NotAStepHere``, ``StepDoneAlready``, ``NotScreenedYet``,
    ``DoesNotWant``, ``GuardianNotHeard``, ``NotShownSafe``, ``NotHandedOverYet``,
    ``ReferenceMissing``, ``DayToCome``, ``ReturnEnded``.
    """
    policies.check_may_act(by, one.case_id, now=at)
    policies.check_open(one)
    policies.check_day(done_on, one, at=at)
    way, held = corridor(one.corridor), _held(one)
    step = policies.check_is_step(way, code, side)
    if side == THEIRS and not reference.strip():
        raise errors.ReferenceMissing
    policies.check_order(held, one.case, way, step, done_on)
    return _keep_step(one, code, side, done_on, reference, by=by, at=at)


@transaction.atomic
def confirm_step(
    one: Return, code: str, *, done_on: date, by: Officer, at: datetime, reference: str = ""
) -> StepDone:
    """Record a step for the other side, by an officer of its body; nothing else of the case opens.

    The handover is confirmed only after our side did. Raises as ``record_step``.
    """
    if one.counterpart_id != by.agency_id:
        raise NotYourRole
    policies.check_open(one)
    policies.check_day(done_on, one, at=at)
    way = corridor(one.corridor)
    step = policies.check_is_step(way, code, THEIRS)
    fresh = queries.whole(Return.objects.filter(pk=one.pk)).get()
    policies.check_comes_after(fresh, way, step, done_on)
    done = {(said.step, said.side) for said in fresh.steps_done.all()}
    if step.code == StepCode.HANDOVER and (code, OURS) not in done:
        raise errors.HandoverBegins
    return _keep_step(one, code, THEIRS, done_on, reference, by=by, at=at)


@transaction.atomic
def take_back_step(
    one: Return, code: str, *, side: str, because: Mistake | str, by: Officer, at: datetime
) -> StepTakenBack:
    """Take back a step that was said in error; its clock runs again, and it may be said anew.

    Each side takes back what it said itself. Raises ``NotDoneYet``, ``SaidByTheOtherSide``,
    ``RestsOnIt`` while an arrival stands on a handover, ``ReturnEnded``.
    """
    is_theirs = side == THEIRS and one.counterpart_id == by.agency_id
    if not is_theirs:
        policies.check_may_act(by, one.case_id, now=at)
    policies.check_open(one)
    why = _one_of("because", because, Mistake.values)
    held = queries.whole(Return.objects.filter(pk=one.pk)).get() if is_theirs else _held(one)
    standing = {(said.step, said.side): said for said in held.steps_done.all()}
    said = standing.get((code, side))
    if said is None:
        raise errors.NotDoneYet
    policies.check_may_take_back(held, corridor(one.corridor), said, by)
    kept = _taken_back(said, why, by=by, at=at)
    audit.record(
        "repatriation.step_taken_back", subject=one.case_id, by=by, at=at, step=code, side=side,
        because=why,
    )  # fmt: skip
    return kept


@transaction.atomic
def seal_exchange(one: Return, *, by: Officer, at: datetime) -> Exchange:
    """Seal the minimum data set to the other side's key; the look at the name is noted.

    Raises ``NoKeyOfTheirs``, ``YesMissing``, ``ReturnEnded``, and what keeps a name from being
    shown.
    """
    policies.check_may_act(by, one.case_id, now=at)
    policies.check_open(one)
    to = one.counterpart
    key = queries.key_of(to) if to else None
    if to is None or key is None:
        raise errors.NoKeyOfTheirs
    _check_yes(one, to, at=at)
    name = vault.show(one.case_id, by=by, at=at, purpose="return")
    word = exchange_file.receipt_word()
    told = minimum_data(_held(one), name) | {"receipt": word}
    kept = Exchange.objects.create(
        of_return=one, to=to, made_by=by, made_at=at,
        content=exchange_file.seal(told, about=one.case_id, public=bytes(key.public)),
        receipt_digest=exchange_file.receipt_digest(word),
    )  # fmt: skip
    audit.record("repatriation.sealed", subject=one.case_id, by=by, at=at, to=to.code)
    return kept


@transaction.atomic
def receive_exchange(sent: Exchange, word: str, *, by: Officer, at: datetime) -> Exchange:
    """Keep that the other side opened the file: it says the word that stands in it.

    Raises ``NotTheReceipt``.
    """
    one = sent.of_return
    policies.check_may_act(by, one.case_id, now=at)
    if exchange_file.receipt_digest(word) != sent.receipt_digest:
        raise errors.NotTheReceipt
    if Exchange.objects.filter(pk=sent.pk, received_at=None).update(received_at=at):
        audit.record("repatriation.received", subject=one.case_id, by=by, at=at, file=sent.pk)
    sent.refresh_from_db()
    return sent


@transaction.atomic
def end(one: Return, because: Ending | str, *, by: Officer, at: datetime) -> Return:
    """End a return for a reason; the other side sees it no longer.

    Complete is only what every side has said of every step. Raises ``StepsNotDone``,
    ``ReturnEnded``, ``NotOpenToYou``.
    """
    policies.check_may_act(by, one.case_id, now=at)
    reason = _one_of("because", because, Ending.values)
    if reason == Ending.COMPLETE:
        policies.check_complete(_held(one), corridor(one.corridor))
    ended = Return.objects.filter(pk=one.pk, ended_at=None)
    if not ended.update(ended_at=at, ended_because=reason):
        raise errors.ReturnEnded
    one.refresh_from_db()
    audit.record("repatriation.ended", subject=one.case_id, by=by, at=at, because=reason)
    return one


@transaction.atomic
def add_key(
    agency: Agency, country: str, public: str, *, by: Officer, at: datetime
) -> CounterpartKey:
    """Keep the public key of a body abroad, whose fingerprint both sides read to each other.

    Raises ``NotYourRole`` for all but administrators, ``WrongInput`` for what is no key.
    """
    if by.role != Role.ADMINISTRATOR:
        raise NotYourRole
    raw = exchange_file.public_bytes(public)
    kept = CounterpartKey.objects.create(
        agency=agency, country=country, public=raw, added_by=by, added_at=at
    )
    audit.record(
        "repatriation.key_added", subject=agency.code, by=by, at=at,
        fingerprint=exchange_file.fingerprint(raw),
    )  # fmt: skip
    return kept


def _check_yes(one: Return, to: Agency, *, at: datetime) -> None:
    consent.hold(one.case_id)
    for told in TOLD:
        given = consent.is_given(
            one.case_id, recipient=to.code, purpose=Purpose.SUPPORT, data_class=told, now=at
        )
        if not given:
            raise errors.YesMissing


def _held(one: Return) -> Return:
    """Hold the return against a second act at the same moment; return it with its rows."""
    Return.objects.select_for_update().get(pk=one.pk)
    found = queries.whole(Return.objects.filter(pk=one.pk)).first()
    assert found is not None
    return found


def _keep_step(
    one: Return, code: str, side: str, done_on: date, reference: str, *, by: Officer, at: datetime
) -> StepDone:
    before = StepTakenBack.objects.filter(step__of_return=one, step__step=code, step__side=side)
    try:
        with transaction.atomic():
            kept = StepDone.objects.create(
                of_return=one, step=code, side=side, done_on=done_on, reference=reference.strip(),
                turn=before.count(), recorded_by=by, recorded_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        if "return_step_once_a_side" not in str(error):
            raise
        raise errors.StepDoneAlready from None
    audit.record(
        "repatriation.step_done", subject=one.case_id, by=by, at=at, step=code, side=side,
        on=done_on.isoformat(),
    )  # fmt: skip
    return kept


def _taken_back(said: StepDone, why: str, *, by: Officer, at: datetime) -> StepTakenBack:
    try:
        with transaction.atomic():
            return StepTakenBack.objects.create(
                step=said, because=why, recorded_by=by, recorded_at=at
            )
    except IntegrityError:
        raise errors.NotDoneYet from None  # two at once: the first did it


def _one_of(field: str, word: str, words: list[str]) -> str:
    if word not in words:
        raise WrongInput(f"{field}: {str(word)[:40]!r}; expected one of {', '.join(words)}.")
    return str(word)
