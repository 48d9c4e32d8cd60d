"""A proceeding as the core reads it: one accused, from what is recorded, unknown where nothing is.

The keys are those of ``mekhala fair-trial``. Money asked for and officials alleged are never
among them: they are logged apart, and no officer of justice sees them.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from mekhala.core.calendar.limits import Kind
from mekhala.core.calendar.stretches import Held, Stretch
from mekhala.core.reasoning.fair_trial.flags import limit_of
from mekhala.core.reasoning.logic import conjunction, disjunction
from mekhala.pathway.directory.languages import BEFORE
from mekhala.pathway.justice import custody, ladder, queries, texts
from mekhala.pathway.justice.models import (
    Accused,
    Appellant,
    Charge,
    Hearing,
    HearingKind,
    Observation,
    Result,
    Stage,
    Verdict,
)
from mekhala.pathway.justice.standing import current

TRIED = frozenset({HearingKind.TRIAL, HearingKind.RETRIAL, HearingKind.JUDGMENT})
SECONDS = 3600
PENDING = {Stage.DROPPED: "dismissed", Stage.ACQUITTED: "acquitted"}
# Which hearing speaks for all: each must have had a lawyer, the complainant came to any.
JOINED: dict[str, tuple[str, Callable[[Iterable[bool | None]], bool | None]]] = {
    "lawyer": ("lawyer", conjunction), "interpreter": ("interpreter", conjunction),
    "complainant_present": ("complainant_present", disjunction),
    "law_explained": ("law_explained", disjunction),
    "judge_expressed_doubt": ("judge_doubted", disjunction),
}  # fmt: skip


def proceeding_of(
    accused: Accused, *, now: datetime, registered: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the proceeding against one accused of ``queries.for_review``; no key is a guess.

    ``registered`` are the kinds in the register of evidence: they stand where no judgment says
    what it rests on. Where both speak, ``differences`` says how they differ.
    """
    verdict = verdict_of(accused)
    relied = verdict.relied_on if verdict else None
    relied = list(registered) or None if relied is None else relied
    built = {
        "case": accused.number,
        "accused": _accused(accused),
        "complaint": _complaint(accused),
        "custody": _custody(accused, now),
        "statements": _statements(accused),
        "evidence": None if relied is None else [{"kind": kind} for kind in relied],
        "hearing": _hearing(accused, now),
        **_charges(accused),
        **_facts(accused),
        "verdict": _told_verdict(accused, verdict),
        "appeal": _appeal(accused),
        "co_accused": [_co_accused(o) for o in accused.proceeding.accused.all()
                       if o.pk != accused.pk],
        "confiscation": _confiscation(accused),
    }  # fmt: skip
    return {key: value for key, value in built.items() if value not in (None, {})}


def _word(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _known(**values: Any) -> dict[str, Any]:
    told = {k: _word(v) if isinstance(v, bool) else v for k, v in values.items()}
    return {key: value for key, value in told.items() if value not in (None, "")}


def _accused(one: Accused) -> dict[str, Any]:
    return _known(
        age=one.age, literate=one.literate, nationality=one.nationality,
        language=BEFORE.get(one.language, one.language),
        presumed_victim=one.presumed_victim,
    )  # fmt: skip


def _complaint(one: Accused) -> dict[str, Any]:
    made = current(one.complaint_entries.all())
    if not made:
        return {}
    last = made[-1]
    return _known(
        by=last.made_by, prior_dispute_with_accused=last.prior_dispute,
        payment_demanded_by_complainant=last.payment_asked, withdrawn=last.withdrawn,
    )  # fmt: skip


def hours_of(held: Held | Stretch, now: datetime) -> float:
    """Return how many hours a custody has lasted; one that has not ended runs until ``now``."""
    return round(((held.until or now) - held.since).total_seconds() / SECONDS, 1)


def _custody(one: Accused, now: datetime) -> dict[str, Any]:
    """Return the custody by the police that is to be looked at: of what counts as one stretch the
    whole, and each part on its own.
    """
    told: list[tuple[float, bool | None]] = []
    for held in custody.detentions_of(one):
        if held.stretch.kind is Kind.CUSTODY:
            told.append((hours_of(held.stretch, now), held.extended))
            told += [(hours_of(p, now), e.extended) for p, e in held.pairs]
    if not told:
        return {}
    hours, extended = max(told, key=_how_far_beyond)
    return _known(hours=hours, prosecutor_extension=extended)


def _how_far_beyond(told: tuple[float, bool | None]) -> tuple[bool, bool, float]:
    """Order custodies: beyond the limit first, then those of which it cannot be told, then long."""
    hours, extended = told
    plain, longest = (limit_of("unlawful_custody", n) for n in ("hours", "hours_with_extension"))
    beyond = hours > longest or (hours > plain and extended is False)
    return beyond, hours > plain and extended is None, hours


def _statements(one: Accused) -> list[dict[str, Any]] | None:
    taken = current(one.statement_entries.all())
    fields = ("read_out", "lawyer_present", "interpreter_present", "changed", "after_benefit")
    told = [
        _known(by=s.speaker, form=s.form, **{field: getattr(s, field) for field in fields})
        for s in taken
    ]
    return told or None


def hearings_held(one: Accused, now: datetime) -> list[Hearing]:
    """Return the hearings of the trial that were held by ``now``.

    Those of an appeal are among them where it was the appeal that led from an acquittal to a
    conviction: the accused was judged there.
    """
    kinds = (
        TRIED | {HearingKind.APPEAL}
        if ladder.was_convicted_on_appeal(list(one.steps.all()))
        else TRIED
    )
    return [
        h for h in one.proceeding.hearings.all()
        if h.kind in kinds and h.starts_at <= now and h.put_off_to_id is None
    ]  # fmt: skip


def _hearing(one: Accused, now: datetime) -> dict[str, Any]:
    held = hearings_held(one, now)
    if not held:
        return {}
    seen = current(one.observation_entries.all())
    joined = {
        key: rule(_agreed(h, seen, field) for h in held) for key, (field, rule) in JOINED.items()
    }
    minutes = [_agreed(h, seen, "minutes") for h in held]
    total = None if None in minutes else sum(minutes)
    return _known(minutes=total, **joined)


def _agreed(hearing: Hearing, seen: list[Observation], field: str) -> Any:
    """Return what all who were at a hearing say; None where they differ or none says."""
    said = {getattr(o, field) for o in seen if o.hearing_id == hearing.pk} - {None}
    return said.pop() if len(said) == 1 else None


def _charges(one: Accused) -> dict[str, Any]:
    standing = [c for c in one.charges.all() if c.withdrawn_on is None]
    if not standing:
        return {}
    return {"charges": [_cited(c) for c in standing], "conduct": _conduct(standing)}


def _cited(charge: Charge | Verdict) -> dict[str, str]:
    return {"statute": charge.statute, "article": charge.article}


def _conduct(standing: list[Charge]) -> dict[str, str]:
    """Return the widest span, compared as days: 2009 ends after 2009-03, in Khmer digits too."""
    dated = [(texts.span_of(c.conduct_from, c.conduct_to), c) for c in standing if c.conduct_from]
    if not dated:
        return {}
    begins = min(dated, key=lambda each: each[0].first or date.min)[1]
    ends = max(dated, key=lambda each: each[0].last or date.max)[1]
    return {"from": begins.conduct_from, "to": ends.conduct_to or ends.conduct_from}


def _facts(one: Accused) -> dict[str, Any]:
    found = current(one.factsfound_entries.all())
    if not found:
        return {}
    last = found[-1]
    certainty = "known" if last.victim_age is not None else None
    victim = _known(age=last.victim_age, age_certainty=certainty, sex=last.victim_sex)
    return {"facts": last.facts, "none_of": last.none_of, "alleged_victim": victim}


def verdict_of(one: Accused) -> Verdict | None:
    """Return the last verdict: of several counts on a day the one with the longest sentence."""
    given = current(one.verdict_entries.all())
    return max(given, key=lambda v: (v.on, v.sentence_months or -1, v.pk), default=None)


def _told_verdict(one: Accused, verdict: Verdict | None) -> dict[str, Any]:
    stage = queries.stage_of(one)
    if stage in PENDING or stage == Stage.ACCUSED or verdict is None:
        return {"result": PENDING.get(stage, "pending")} if stage else {}
    months = verdict.sentence_months
    return _known(
        result=verdict.result, sentence_years=None if months is None else _years(months),
        **_cited(verdict),
    )  # fmt: skip


def _years(months: int) -> int | float:
    return months // 12 if months % 12 == 0 else round(months / 12, 2)


def _appeal(one: Accused) -> dict[str, Any]:
    own = current(one.appeal_entries.all())
    made = [appeal for appeal in own if appeal.filed_by in ("", Appellant.ACCUSED)]
    return _known(filed=made[-1].filed, blocked_by=made[-1].blocked_by) if made else {}


def _co_accused(other: Accused) -> dict[str, Any]:
    verdict = verdict_of(other)
    paid = disjunction(r.after_payment for r in current(other.release_entries.all())) if (
        other.release_entries.all()
    ) else None  # fmt: skip
    months = verdict.sentence_months if verdict else None
    return _known(
        role=other.part, result=_result_of(other, verdict),
        sentence_years=None if months is None else _years(months), released_after_payment=paid,
    )  # fmt: skip


def _result_of(other: Accused, verdict: Verdict | None) -> str:
    stage = queries.stage_of(other)
    reached = {step.stage for step in other.steps.all()}
    if stage == Stage.DROPPED and Stage.CHARGED not in reached:
        return "not_charged"
    if stage in PENDING:
        return PENDING[stage]
    convicted = stage in (Stage.CONVICTED_NOT_FINAL, Stage.CONVICTED)
    if convicted and verdict and verdict.result in (Result.CONVICTED, Result.SUSPENDED):
        return str(verdict.result)
    return "convicted" if convicted else "pending"


def _confiscation(one: Accused) -> dict[str, Any]:
    taken = current(one.confiscation_entries.all())
    if not taken:
        return {}
    final = [s.on for s in one.steps.all() if s.stage == Stage.CONVICTED]
    return _known(before_final=any(not final or t.on < final[-1] for t in taken))
