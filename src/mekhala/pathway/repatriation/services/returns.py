"""A return is begun, the person is heard, what was found out is kept, the return ends."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.policies import check_met_before
from mekhala.pathway.repatriation import errors, policies
from mekhala.pathway.repatriation.corridor import corridor
from mekhala.pathway.repatriation.models import Check, Return, Statement
from mekhala.pathway.repatriation.services.holding import hold, one_of
from mekhala.pathway.repatriation.words import Ending, Wish
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit


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
    check_met_before(started_on, case.number)
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
    if policies.travelled(hold(one)):
        raise errors.HandedOver
    kept = Statement.objects.create(
        of_return=one, wish=one_of("wish", wish, Wish.values), said_on=said_on,
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
def end(one: Return, because: Ending | str, *, by: Officer, at: datetime) -> Return:
    """End a return for a reason; the other side sees it no longer.

    Complete is only what every side has said of every step. Raises ``StepsNotDone``,
    ``ReturnEnded``, ``NotOpenToYou``.
    """
    policies.check_may_act(by, one.case_id, now=at)
    reason = one_of("because", because, Ending.values)
    if reason == Ending.COMPLETE:
        policies.check_complete(hold(one), corridor(one.corridor))
    ended = Return.objects.filter(pk=one.pk, ended_at=None)
    if not ended.update(ended_at=at, ended_because=reason):
        raise errors.ReturnEnded
    one.refresh_from_db()
    audit.record("repatriation.ended", subject=one.case_id, by=by, at=at, because=reason)
    return one
