"""The first steps of the main job: forms, encounter, screening, determination."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from mekhala.core.vocabulary.facts import codes_in_group
from mekhala.forms import services as form_room
from mekhala.forms.instruments import CARD
from mekhala.pathway.determination import queries as files
from mekhala.pathway.determination import services as determination
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    Manner,
    SourceKind,
    TraffickingStatus,
)
from mekhala.pathway.encounter import services as encounter
from mekhala.pathway.screening import services as screening
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role

from .cases import GROUND, GROUNDS, REASONS, RECOGNISED, REFUSED, THREE, URGENT
from .filling import filled
from .journeys import Journey
from .waiting import ask_again, ask_for_facts
from .walk import Walk, acting_as, case_of, first_responder, identity_of

if TYPE_CHECKING:
    from datetime import datetime

    from .main_job import Job

ADULT = 18
STAGE_ANSWER = {"met": GROUNDS, "not_met": REFUSED}  # at the first stage


def forms(job: Job) -> dict[str, Any]:
    """Take the shipped forms in and receive one Card for each person."""
    with acting_as(job.cast.officer("st-01", role=Role.ADMINISTRATOR)) as office:
        versions = form_room.load_instruments(by=office, at=job.now)
    card = next(version for version in versions if version.form.form_id == CARD)
    for walk in job.walks:
        with acting_as(first_responder(job, walk)) as officer:
            sent = filled(card.xform, _card(walk.journey))
            walk.submission = form_room.keep_submission(
                sent, [], by=officer, at=job.met_at
            ).submission
    return {"forms": len(versions), "questions": sum(v.questions for v in versions),
            "submissions": len(job.walks)}  # fmt: skip


def _card(journey: Journey) -> dict[str, str]:
    """Return what the phone sends: the answers, and the result by the Card's own rule."""
    met, person = journey.encounter, journey.person
    is_adult = person.age is not None and person.age >= ADULT
    child_rule = not is_adult or person.age_certainty == "disputed"
    is_sign = met.free_to_leave == "no" or (met.papers_kept == "yes" and child_rule)
    return {
        "language": person.language if person.language in ("km", "vi", "th", "zh") else "other",
        "safe_to_speak": met.safe_to_speak, "papers_kept": met.papers_kept,
        "free_to_leave": met.free_to_leave, "age_certainty": person.age_certainty,
        "age": "" if person.age is None else str(person.age), "sex": person.sex,
        "urgent_needs": " ".join(met.urgent_needs), "wants_to_go_on": met.wants_to_go_on,
        "result": "refer" if is_sign else "unsure", "child_rule": "yes" if child_rule else "no",
    }  # fmt: skip


def meet(job: Job) -> dict[str, Any]:
    """Open a case for each person who wishes to go on."""
    for walk in job.walks:
        person, met = walk.journey.person, walk.journey.encounter
        with acting_as(first_responder(job, walk)) as officer:
            walk.case = encounter.open_case(
                by=officer, at=job.met_at, met_at=job.met_at, place_code=met.commune_code,
                sex=person.sex, age=person.age, age_certainty=person.age_certainty,
                nationality=person.nationality, language=person.language,
                urgent_needs=[n for n in dict.fromkeys(map(URGENT.get, met.urgent_needs)) if n],
                consents_to_go_on=THREE.get(met.wants_to_go_on),
                was_alone=THREE.get(met.safe_to_speak), submission=walk.submission,
                identity=identity_of(person),
            )  # fmt: skip
    children = sum(1 for w in job.walks if w.case and (w.case.age or 99) < 18)
    return {"cases": len(job.walks), "known_children": children}


def screen(job: Job) -> dict[str, Any]:
    """Screen each person; refer to the authority whom the officer refers."""
    outcomes: Counter[str] = Counter()
    for walk in job.walks:
        asked = walk.journey.screening
        assert asked is not None
        with acting_as(first_responder(job, walk)) as officer:
            kept = screening.record_screening(
                case=case_of(walk), by=officer, at=job.met_at, answers=_answers(walk.journey),
                profile=asked.profile, indicators=asked.indicators, outcome=asked.outcome,
                because="" if asked.outcome == "refer" else "By what was seen. (Invented.)",
            )  # fmt: skip
            if asked.outcome == "refer":
                conduct = _conduct(walk.journey)
                walk.file = determination.refer_to_authority(
                    screening=kept, by=officer, at=job.met_at, **conduct
                )
        outcomes[asked.outcome] += 1
    return {"screened": len(job.walks), **outcomes}


def _answers(journey: Journey) -> dict[str, bool | None]:
    """Return what was answered: what is named, and no to all else of the groups asked in full."""
    answers: dict[str, bool | None] = {
        code: False for group in journey.person.none_of for code in codes_in_group(group)
    }
    return answers | {code: THREE[said] for code, said in journey.person.facts.items()}


def _conduct(journey: Journey) -> dict[str, str]:
    file = journey.determination
    return {"conduct_from": file.conduct["from"], "conduct_to": file.conduct["to"]} if file else {}


def decide(job: Job) -> dict[str, Any]:
    """Complete each file with what the person tells; two officers read it at each stage.

    Reasonable grounds are found on the day people are met; the conclusive question is read once
    the time to recover is over, which is the job's own day.
    """
    counts = {"files": 0, "recognised": 0, "not_established": 0, "waiting_for_facts": 0}
    for walk in job.walks:
        if walk.file is not None:
            counts["files"] += 1
            counts[_decided(job, walk, walk.file)] += 1
    return counts | {"facts_asked": ask_for_facts(job), "asked_again": ask_again(job)}


def _decided(job: Job, walk: Walk, file: DeterminationFile) -> str:
    with acting_as(job.cast.authority[0]) as first:
        _complete(walk, file, by=first, job=job)
        finding = files.assessment(file)["palermo"]["finding"]
    if finding not in STAGE_ANSWER:
        return "waiting_for_facts"
    walk.decision = _read_by_two(job, file, STAGE_ANSWER[finding], at=job.met_at)
    if finding == "met":
        with acting_as(job.cast.authority[0]):
            second = files.open_file_of(file.case)
            assert second is not None
        walk.decision = _read_by_two(job, second, RECOGNISED, at=job.now)
    return "recognised" if finding == "met" else "not_established"


def _read_by_two(
    job: Job, file: DeterminationFile, answer: TraffickingStatus, *, at: datetime
) -> Decision | None:
    decision = None
    for reader in job.cast.authority[:2]:
        with acting_as(reader):
            decision = determination.record_reading(
                file=file, answer=answer, grounds=[GROUND[answer]], reasons=REASONS[answer],
                no_tie=True, by=reader, at=at,
            )  # fmt: skip
    return decision


def _complete(walk: Walk, file: DeterminationFile, *, by: Officer, job: Job) -> None:
    """Record what the person adds at the interview to what the screening left unknown."""
    told, later = _answers(walk.journey), walk.journey.determination
    added = {
        code: THREE[said]
        for code, said in (later.facts if later else {}).items()
        if told.get(code) is None and THREE[said] is not None
    }
    if not added:
        return
    source = determination.record_source(
        file=file, kind=SourceKind.PERSON, manner=Manner.STATEMENT, by=by, at=job.met_at,
        said_on=job.met_at.date(), language=file.case.language,
    )  # fmt: skip
    for code, made_out in added.items():
        determination.record_finding(
            file=file, source=source, code=code, made_out=made_out, by=by, at=job.met_at,
            because="Told at the interview. (Invented.)",
        )  # fmt: skip
