"""Acts in a proceeding. Steps are only ever added; a charge is withdrawn, never deleted."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from mekhala.core.check_digit import new_number
from mekhala.pathway.justice import acquittals, gate, ladder, policies, texts
from mekhala.pathway.justice.models import Accused, Appeal, Charge, Proceeding, Stage, Step, Way
from mekhala.pathway.justice.services.telling import (
    correct_if_ended,
    note_told,
    tell_it_has_ended,
)
from mekhala.safeguards.access import services as access
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity import services as vault

DESCRIBED = frozenset({
    "age", "literate", "language", "nationality", "education", "occupation", "part",
    "presumed_victim",
})  # fmt: skip


def local_day(at: datetime) -> date:
    """Return the day of an instant where the office stands."""
    return timezone.localdate(at)


@transaction.atomic
def file_complaint(
    *, by: Officer, at: datetime, complaint_on: date, case: str | None = None
) -> Proceeding:
    """Open a proceeding under a number of its own, to ``by`` and to nobody else.

    ``case`` is the number of the case of the person the complaint speaks of. It is linked only
    while her yes to the agency of ``by`` stands (purpose justice, what happened to me), and the
    link opens nothing of her file. Raises ``NotYourRole``, ``ConsentMissing``, ``DaysOutOfOrder``.
    """
    policies.check_may_file(by)
    policies.check_day(complaint_on, not_before=None, at=at)
    if case:
        policies.check_may_link(case, by=by, now=at)
    number = new_number("PR")
    access.open_to([by], number, purpose=Purpose.JUSTICE, by=by, at=at)
    filed = Proceeding.objects.create(
        number=number, case_id=case or None, complaint_on=complaint_on, agency=by.agency,
        opened_by=by, opened_at=at,
    )  # fmt: skip
    audit.record("justice.complaint_filed", subject=number, by=by, at=at, linked=bool(case))
    return filed


@transaction.atomic
def assign(proceeding: Proceeding, *, to: Officer, by: Officer, at: datetime) -> None:
    """Open a proceeding to another justice officer of the same agency.

    Raises ``NotYourRole``, ``NotOpenToYou``, ``NotOfThisCourt``.
    """
    policies.check_may_act(by, proceeding.number, now=at)
    policies.check_may_assign(to, by=by)
    access.open_to([to], proceeding.number, purpose=Purpose.JUSTICE, by=by, at=at)
    audit.record("justice.assigned", subject=proceeding.number, by=by, at=at, officer=to.pk)


@transaction.atomic
def hand_on(proceeding: Proceeding, *, to: Officer, by: Officer, at: datetime) -> None:
    """Open a proceeding, under its own number, to police or court: another agency goes on with it.

    That its agency was told is kept for each accused: whoever is told of a suspicion is told how
    it ended. Raises ``NotYourRole``, ``NotOpenToYou``, ``NotHandedOn``.
    """
    policies.check_may_act(by, proceeding.number, now=at)
    policies.check_may_hand_on(to, by=by)
    access.open_to([to], proceeding.number, purpose=Purpose.JUSTICE, by=by, at=at)
    for one in proceeding.accused.all():
        note_told(one, way=Way.REFERRAL, agency=to.agency, on=local_day(at), by=by, at=at)
        correct_if_ended(one, by=by, at=at)
    audit.record("justice.handed_on", subject=proceeding.number, by=by, at=at, officer=to.pk)


@transaction.atomic
def describe(accused: Accused, *, by: Officer, at: datetime, **about: object) -> Accused:
    """Keep what is known of an accused now: ``DESCRIBED`` names the fields; None: not known.

    Raises ``NotYourRole``, ``NotOpenToYou``, ``PresumptionStands`` where the police would take it
    back that somebody may be a victim or was a child.
    """
    policies.check_may_act(by, accused.proceeding_id, now=at)
    kept = Accused.objects.select_for_update().get(pk=accused.pk)
    taken_back = gate.is_taken_back(kept, about)
    if taken_back:
        policies.check_may_take_presumption_back(by)
    for field in DESCRIBED & about.keys():
        setattr(accused, field, about[field])
    accused.save(update_fields=sorted(DESCRIBED & about.keys()))
    audit.record(
        "justice.accused_described", subject=accused.proceeding_id, by=by, at=at,
        accused=accused.pk, fields=sorted(DESCRIBED & about.keys()),
    )  # fmt: skip
    if taken_back:
        audit.record(
            "justice.presumption_taken_back", subject=accused.proceeding_id, by=by, at=at,
            accused=accused.pk,
        )  # fmt: skip
    return accused


@transaction.atomic
def add_accused(
    proceeding: Proceeding,
    *,
    sex: str,
    age: int | None,
    by: Officer,
    at: datetime,
    identity: Mapping[str, str] | None = None,
    on: date | None = None,
    **about: object,
) -> Accused:
    """Add somebody the complaint is about: complained of, and nothing more.

    ``identity`` holds fields of the vault (``native_name``, ``latin_name``, …), kept nowhere
    else. ``on`` is the day of the complaint about this person, the day of the first complaint
    unless given; ``about`` what else is known: ``literate``, ``language``, ``part``, …
    Raises ``NotYourRole``, ``NotOpenToYou``, ``DaysOutOfOrder``.
    """
    policies.check_may_act(by, proceeding.number, now=at)
    first_day = on or proceeding.complaint_on
    policies.check_day(first_day, not_before=proceeding.complaint_on, at=at)
    added = Accused.objects.create(
        number=new_number("AC"), proceeding=proceeding, sex=sex, age=age, **about
    )
    if said := {field: words for field, words in (identity or {}).items() if words}:
        vault.keep(added.number, file_number=proceeding.number, by=by, at=at, **said)
    Step.objects.create(
        accused=added, stage=Stage.NAMED, on=first_day, recorded_by=by, recorded_at=at
    )
    audit.record("justice.accused_added", subject=proceeding.number, by=by, at=at, accused=added.pk)
    return added


@transaction.atomic
def record_step(accused: Accused, stage: Stage, on: date, *, by: Officer, at: datetime) -> Step:
    """Record that an accused reached the next rung on a day.

    Raises ``MoveNotAllowed`` for a rung that does not follow the last (an acquittal is followed by
    what an appeal of the prosecution leads to), ``DaysOutOfOrder`` for a day before it or still to
    come, ``CheckBeforeStep`` where somebody who may be a victim would
    be told as charged, ``NotYourRole``, ``NotOpenToYou``.
    """
    steps = _steps_of(accused, by=by, at=at)
    appeals = list(Appeal.objects.filter(accused=accused))
    policies.check_move(steps, stage, allowed=acquittals.what_may_follow(steps, appeals))
    policies.check_day(on, not_before=acquittals.first_day_to_follow(steps, appeals), at=at)
    if stage == Stage.CHARGED:
        gate.check_step(accused)
    step = Step.objects.create(accused=accused, stage=stage, on=on, recorded_by=by, recorded_at=at)
    audit.record(
        "justice.step_recorded", subject=accused.proceeding_id, by=by, at=at, accused=accused.pk,
        stage=stage.value, on=on.isoformat(),
    )  # fmt: skip
    if stage in ladder.CLEARED:
        tell_it_has_ended(accused, stage, by=by, at=at)
    return step


@transaction.atomic
def charge(
    accused: Accused,
    *,
    statute: str,
    article: str,
    in_force_from: date,
    conduct_from: str,
    charged_on: date,
    by: Officer,
    at: datetime,
    conduct_to: str = "",
) -> Charge:
    """Record a charge under one version of an article.

    ``conduct_from`` and ``conduct_to`` are dates as far as they are known (``2009-03``). Raises
    ``GateFirst`` or ``GateClosed`` where the accused may be a victim made to do it, and
    ``ReasonsCarryOneCharge`` where a prosecutor's reasons against the check were for another;
    ``NoSuchText``; ``TextNotInForce``, naming the text that was in force, where the version was
    on no day of the conduct; ``NotChargedThen``; ``DaysOutOfOrder``; ``WrongInput`` for what is
    no date.
    """
    steps = _steps_of(accused, by=by, at=at)
    policies.check_day(charged_on, not_before=None, at=at)
    conduct = texts.span_of(conduct_from, conduct_to)
    policies.check_day(charged_on, not_before=conduct.first, at=at)
    text = texts.check_in_force(statute, article, in_force_from, conduct=conduct)
    against = gate.check_before(
        accused, statute=text.statute, article=text.article,
        conduct=(conduct_from, conduct_to or conduct_from),
    )  # fmt: skip
    policies.check_may_be_charged(steps, charged_on)  # the check comes before that step, too
    brought = Charge.objects.create(
        accused=accused, statute=text.statute, article=text.article, in_force_from=in_force_from,
        conduct_from=conduct_from, conduct_to=conduct_to, charged_on=charged_on,
        against_check=against,
    )  # fmt: skip
    audit.record(
        "justice.charged", subject=accused.proceeding_id, by=by, at=at, accused=accused.pk,
        charge=brought.pk, article=text.citation,
    )  # fmt: skip
    return brought


@transaction.atomic
def withdraw_charge(charge: Charge, *, on: date, by: Officer, at: datetime) -> Charge:
    """Record that a charge was withdrawn on a day; it stays on the file as withdrawn.

    Raises ``AlreadyWithdrawn``, ``DaysOutOfOrder``, ``NotYourRole``, ``NotOpenToYou``.
    """
    number = charge.accused.proceeding_id
    policies.check_may_act(by, number, now=at)
    kept = Charge.objects.select_for_update().get(pk=charge.pk)
    policies.check_may_withdraw(kept)
    policies.check_day(on, not_before=kept.charged_on, at=at)
    kept.withdrawn_on = on
    kept.save(update_fields=["withdrawn_on"])
    audit.record("justice.charge_withdrawn", subject=number, by=by, at=at, charge=kept.pk)
    return kept


def _steps_of(accused: Accused, *, by: Officer, at: datetime) -> list[Step]:
    """Return the steps in order, held against a second act at the same moment."""
    policies.check_may_act(by, accused.proceeding_id, now=at)
    Accused.objects.select_for_update().get(pk=accused.pk)
    return list(Step.objects.filter(accused=accused))
