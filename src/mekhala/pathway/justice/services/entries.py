"""Entries of an accused: one act for all kinds, with the rules of each in ``rules``."""

from datetime import datetime
from typing import Any

from django.db import transaction

from mekhala.core.check_digit import new_number
from mekhala.pathway.justice import gate, policies, rules, texts
from mekhala.pathway.justice.errors import AlreadyReplaced, EntryRefused, ReasonsMissing
from mekhala.pathway.justice.models import (
    Accused,
    Entry,
    GateCheck,
    GateOutcome,
    Hearing,
    Proceeding,
    Told,
)
from mekhala.pathway.justice.services.telling import correct_if_ended
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def record(
    of: type[Entry], accused: Accused, *, by: Officer, at: datetime,
    replaces: Entry | None = None, **said: Any,
) -> Entry:  # fmt: skip
    """Record one entry of the model ``of``; ``replaces`` an earlier one, which stays on the file.

    Raises ``EntryRefused`` and ``DaysOutOfOrder`` for what contradicts itself,
    ``AlreadyReplaced``, ``NoSuchText`` for a legal basis that is misspelt, ``NotYourRole``,
    ``NotOpenToYou``.
    """
    policies.check_may_act(by, accused.proceeding_id, now=at)
    Accused.objects.select_for_update().get(pk=accused.pk)
    _check_replaces(of, accused, replaces)
    rules.check(of, accused, said, at=at)
    rows: Any = of._default_manager
    kept: Entry = rows.create(
        accused=accused, recorded_by=by, recorded_at=at, replaces=replaces, **said
    )
    audit.record(
        "justice.recorded", subject=accused.proceeding_id, by=by, at=at, accused=accused.pk,
        kind=of._meta.model_name, entry=kept.pk,
    )  # fmt: skip
    return kept


def _check_replaces(kind: type[Entry], accused: Accused, replaces: Entry | None) -> None:
    if replaces is None:
        return
    if not isinstance(replaces, kind) or replaces.accused_id != accused.pk:
        raise EntryRefused
    rows: Any = kind._default_manager
    if rows.filter(replaces=replaces).exists():
        raise AlreadyReplaced


@transaction.atomic
def plan_hearing(
    proceeding: Proceeding, *, kind: str, starts_at: datetime, by: Officer, at: datetime,
    room: str = "", is_public: bool | None = None,
) -> Hearing:  # fmt: skip
    """Put a hearing into the calendar, under a number by which a monitor may speak of it.

    Raises ``EntryRefused`` for a year that cannot be right, ``NotYourRole``, ``NotOpenToYou``.
    """
    policies.check_may_act(by, proceeding.number, now=at)
    rules.check_year(starts_at)
    hearing = Hearing.objects.create(
        number=new_number("HE"), proceeding=proceeding, kind=kind, starts_at=starts_at,
        court=by.agency, room=room, is_public=is_public, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record(
        "justice.hearing_planned", subject=proceeding.number, by=by, at=at, hearing=hearing.number
    )
    return hearing


@transaction.atomic
def put_off(hearing: Hearing, *, starts_at: datetime, by: Officer, at: datetime) -> Hearing:
    """Put a hearing off to another time; the first one stays in the calendar as put off.

    Raises ``EntryRefused`` where it was put off before, ``NotYourRole``, ``NotOpenToYou``.
    """
    policies.check_may_act(by, hearing.proceeding_id, now=at)
    kept = Hearing.objects.select_for_update().get(pk=hearing.pk)
    if kept.put_off_to_id:
        raise EntryRefused
    later = plan_hearing(
        kept.proceeding, kind=kept.kind, starts_at=starts_at, room=kept.room,
        is_public=kept.is_public, by=by, at=at,
    )  # fmt: skip
    kept.put_off_to = later
    kept.save(update_fields=["put_off_to"])
    return later


@transaction.atomic
def pass_gate(
    accused: Accused, *, statute: str, article: str, kind: str, by: Officer, at: datetime,
    case_number: str = "", **answers: bool | None,
) -> GateCheck:  # fmt: skip
    """Make the check before a charge and keep its outcome.

    ``case_number`` is what the accused or the accused's own lawyer gave; the database answers
    whether that person is presumed a victim, and the number is not kept. ``answers`` are
    ``compelled``, ``direct_result`` and the four conditions. Raises ``NotYourRole``,
    ``NotOpenToYou``, ``NoSuchText``.
    """
    policies.check_may_act(by, accused.proceeding_id, now=at)
    texts.check_kept(statute, article)
    known, kind = gate.presumption_of(case_number), gate.kind_of(statute, article, chosen=kind)
    asked = gate.Asked(
        kind=kind, presumption=True if accused.presumed_victim else known,
        is_child=gate.is_child(accused),
        compelled=answers.get("compelled"), direct_result=answers.get("direct_result"),
        conditions=tuple(answers.get(name) for name in gate.CONDITIONS),
    )  # fmt: skip
    outcome, reasons = gate.weigh(asked)
    made = GateCheck.objects.create(
        accused=accused, recorded_by=by, recorded_at=at, statute=statute, article=article,
        kind=kind, presumption=asked.presumption, outcome=outcome, reasons=reasons, **answers,
    )  # fmt: skip
    audit.record(
        "justice.gate_passed", subject=accused.proceeding_id, by=by, at=at, accused=accused.pk,
        outcome=outcome.value,
    )  # fmt: skip
    return made


@transaction.atomic
def override_gate(
    check: GateCheck, because: str, *, conduct_from: str, by: Officer, at: datetime,
    conduct_to: str = "",
) -> GateCheck:  # fmt: skip
    """Let one charge through against the check, with a prosecutor's reasons; it is counted.

    The charge is of the check's article and of the conduct of ``conduct_from`` to ``conduct_to``,
    dates as far as they are known; one that stands already is carried from now on. Raises
    ``NotAProsecutor``, ``ReasonsMissing``, ``AlreadyReplaced``, ``EntryRefused`` where the gate
    is not closed, ``WrongInput`` for what is no date, ``DaysOutOfOrder``.
    """
    accused = check.accused
    policies.check_may_act(by, accused.proceeding_id, now=at)
    policies.check_may_prosecute(by)
    if not because.strip():
        raise ReasonsMissing
    if check.outcome != GateOutcome.CLOSED:
        raise EntryRefused
    texts.span_of(conduct_from, conduct_to)
    _check_replaces(GateCheck, accused, check)
    same = ("statute", "article", "kind", "presumption", "compelled", "direct_result", "reasons",
            "neighbours_complain", "says_forced", "minors_involved", "disorder")  # fmt: skip
    made = GateCheck.objects.create(
        accused=accused, recorded_by=by, recorded_at=at, replaces=check, because=because,
        outcome=GateOutcome.OVERRIDDEN, conduct_from=conduct_from, conduct_to=conduct_to,
        **{name: getattr(check, name) for name in same},
    )  # fmt: skip
    if standing := gate.charge_to_carry(made, gate.conduct_of(made)):
        standing.against_check = made
        standing.save(update_fields=["against_check"])
    audit.record(
        "justice.gate_overridden", subject=accused.proceeding_id, by=by, at=at, accused=accused.pk,
        check=check.pk,
    )  # fmt: skip
    return made


@transaction.atomic
def record_told(accused: Accused, *, by: Officer, at: datetime, **said: Any) -> Told:
    """Keep that somebody outside was told of the suspicion: letter, copy, notice at a border.

    Where it has ended meanwhile, a correction is due at once.

    Raises ``EntryRefused`` where nobody is named or two are, ``NotYourRole``, ``NotOpenToYou``.
    """
    if bool(said.get("agency")) == bool(said.get("body")):
        raise EntryRefused
    kept = record(Told, accused, by=by, at=at, **said)
    assert isinstance(kept, Told)
    correct_if_ended(accused, by=by, at=at)
    return kept
