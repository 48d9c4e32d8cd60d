"""Invented proceedings against invented accused, step by step up the ladder.

Nobody here is called guilty before a final judgment; charges are dropped and people acquitted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .agencies import agencies_of
from .decisions import POSITIVE, Determination
from .draws import Draws, Weighted
from .encounters import NO, YES, Encounter
from .names import InventedName, invent_name
from .people import LANGUAGES, InventedPerson

STATUTE = "KH-LSHTSE-2008"
OPENED_SHARE = {True: 0.3, False: 0.04}  # after a positive decision, and otherwise
UNKNOWN = "unknown"
SUSPECT, CHARGED, DEFENDANT = "suspect", "charged_person", "defendant"
DISCONTINUED, ACQUITTED = "discontinued", "acquitted"
CONVICTED, FINAL = "convicted_appeal_open", "convicted_final"
NEXT = {
    SUSPECT: Weighted({CHARGED: 80, DISCONTINUED: 20}),
    CHARGED: Weighted({DEFENDANT: 85, DISCONTINUED: 15}),
    DEFENDANT: Weighted({CONVICTED: 72, ACQUITTED: 28}),
    CONVICTED: Weighted({FINAL: 82, ACQUITTED: 18}),
}
DAYS_TO_NEXT = {SUSPECT: (1, 45), CHARGED: (60, 300), DEFENDANT: (20, 180), CONVICTED: (31, 240)}
# Which provision a charge cites, by what was told; Law on Suppression of Human Trafficking and
# Sexual Exploitation (2008). The first that fits is taken.
ARTICLE_BY_FACT = (
    ("act.sale_or_exchange", "15"),
    ("act.removal", "10"),
    ("act.removal_from_guardian", "10"),
    ("act.recruitment", "12"),
    ("act.transportation", "17"),
    ("act.harbouring", "19"),
    ("act.receipt", "19"),
)
# Articles 10, 12, 15, 17, 19: 7 to 15 years, and 15 to 20 where the victim was a minor. As in the
# study of prisoners, women are sentenced to more for the same: here to two years more.
YEARS_ADULT = {"male": (7, 13), "female": (9, 15)}
YEARS_CHILD = {"male": (15, 18), "female": (17, 20)}
ACCUSED_NATIONALITY = Weighted({"KHM": 75, "CHN": 12, "VNM": 7, "THA": 6})
VERDICT = {
    CONVICTED: "convicted",
    FINAL: "convicted",
    ACQUITTED: "acquitted",
    DISCONTINUED: "dismissed",
}
ROLES = ("recruiter", "transporter", "owner", "accomplice", "principal")
THREE = Weighted({YES: 60, NO: 25, UNKNOWN: 15})
EVIDENCE = ("victim_statement", "witness_statement", "police_statement", "ngo_report", "confession")


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of the ladder, and the day it was reached."""

    stage: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Accused:
    """One invented accused; ``ladder`` is in the order of days, its last rung is today's."""

    name: InventedName
    sex: str
    age: int
    nationality: str
    language: str
    role: str
    ladder: tuple[Step, ...]
    custody_hours: int | None
    lawyer: str  # yes | no | unknown, like the three below
    interpreter: str
    complainant_present: str
    presumed_victim: str
    hearing_minutes: int | None
    sentence_years: int | None

    @property
    def stage(self) -> str:
        """The ladder word of today."""
        return self.ladder[-1].stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceeding:
    """One invented proceeding, with one to three accused."""

    police_code: str
    prosecutor_code: str
    court_code: str
    complaint_on: date
    complaint_by: str  # victim | victim_family | ngo | police
    statute: str
    article: str
    conduct_from: date
    conduct_to: date
    evidence: tuple[str, ...]
    accused: tuple[Accused, ...]


def proceeding(
    draws: Draws, person: InventedPerson, met: Encounter, file: Determination, *, today: date
) -> Proceeding | None:
    """A proceeding about what was done to ``person``; None where there is none."""
    complaint_on = file.opened_on + timedelta(days=draws.between(0, 40))
    if not draws.chance(OPENED_SHARE[file.decision == POSITIVE]) or complaint_on > today:
        return None
    return Proceeding(
        police_code=f"PO-{met.province_code}",
        prosecutor_code=draws.pick(agencies_of("prosecutor")).code,
        court_code=draws.pick(agencies_of("court")).code,
        complaint_on=complaint_on,
        complaint_by=draws.pick(("victim", "victim_family", "ngo", "police")),
        statute=STATUTE,
        article=article_for(file),
        conduct_from=file.conduct_from,
        conduct_to=file.conduct_to,
        evidence=tuple(kind for kind in EVIDENCE if draws.chance(0.5)),
        accused=tuple(
            _accused(draws, person, complaint_on, today) for _ in range(draws.between(1, 3))
        ),
    )


def article_for(file: Determination) -> str:
    """The article that fits the acts told; recruitment (Article 12) where none was told."""
    for code, article in ARTICLE_BY_FACT:
        if file.facts.get(code) == YES:
            return article
    return "12"


def _accused(draws: Draws, person: InventedPerson, since: date, today: date) -> Accused:
    nationality = draws.of(ACCUSED_NATIONALITY)
    sex = "male" if draws.chance(0.62) else "female"
    ladder = _ladder(draws, since, today)
    stage = ladder[-1].stage
    tried = stage in (ACQUITTED, CONVICTED, FINAL)
    return Accused(
        name=invent_name(draws, nationality=nationality, sex=sex),
        sex=sex,
        age=draws.between(19, 60),
        nationality=nationality,
        language=LANGUAGES[nationality],
        role=draws.pick(ROLES),
        ladder=ladder,
        custody_hours=draws.between(6, 90) if draws.chance(0.8) else None,
        lawyer=draws.of(THREE) if tried else UNKNOWN,
        interpreter=draws.of(THREE) if tried and nationality != "KHM" else UNKNOWN,
        complainant_present=draws.of(THREE) if tried else UNKNOWN,
        presumed_victim=YES if draws.chance(0.05) else UNKNOWN,
        hearing_minutes=draws.between(25, 300) if tried else None,
        sentence_years=_sentence(draws, person, sex) if stage in (CONVICTED, FINAL) else None,
    )


def _ladder(draws: Draws, since: date, today: date) -> tuple[Step, ...]:
    """Climb from suspect as far as the days until ``today`` allow."""
    steps = [Step(SUSPECT, since)]
    while (stage := steps[-1].stage) in NEXT:
        on = steps[-1].on + timedelta(days=draws.between(*DAYS_TO_NEXT[stage]))
        reached = draws.of(NEXT[stage])
        if on > today:
            break
        steps.append(Step(reached, on))
    return tuple(steps)


def _sentence(draws: Draws, person: InventedPerson, sex: str) -> int:
    known_child = person.age_certainty == "known" and person.true_age < 18
    return draws.between(*(YEARS_CHILD if known_child else YEARS_ADULT)[sex])


def fair_trial_input(
    case: str, held: Proceeding, accused: Accused, *, person: InventedPerson, file: Determination
) -> dict[str, Any]:
    """The input of ``fair-trial`` for one accused of the proceeding about ``person``."""
    charge = {"statute": held.statute, "article": held.article}
    return {
        "case": case,
        "accused": {
            "age": accused.age,
            "language": accused.language,
            "nationality": accused.nationality,
            "presumed_victim": accused.presumed_victim,
        },
        "complaint": {"by": held.complaint_by},
        "custody": _known(hours=accused.custody_hours),
        "evidence": [{"kind": kind} for kind in held.evidence],
        "hearing": _hearing(accused),
        "charges": [charge],
        "conduct": file.conduct,
        "alleged_victim": person.as_judged(),
        "facts": dict(file.facts),
        "none_of": list(file.none_of),
        "verdict": {
            "result": VERDICT.get(accused.stage, "pending"),
            **charge,
            "sentence_years": accused.sentence_years,
        },
    }


def _hearing(accused: Accused) -> dict[str, Any]:
    return {
        **_known(minutes=accused.hearing_minutes),
        "lawyer": accused.lawyer,
        "interpreter": accused.interpreter,
        "complainant_present": accused.complainant_present,
    }


def _known(**numbers: int | None) -> dict[str, int]:
    return {key: number for key, number in numbers.items() if number is not None}
