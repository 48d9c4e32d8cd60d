"""The steps of the main job about one person at a time, each as the officer who acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from mekhala.core.vocabulary.facts import codes_in_group
from mekhala.forms import services as form_room
from mekhala.forms.models import FormVersion, Submission
from mekhala.pathway.aftercare import services as aftercare
from mekhala.pathway.aftercare.services import Task
from mekhala.pathway.determination import queries as files
from mekhala.pathway.determination import services as determination
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    SourceKind,
    TraffickingStatus,
)
from mekhala.pathway.directory import queries as directory
from mekhala.pathway.directory import services as directory_room
from mekhala.pathway.directory.models import Need
from mekhala.pathway.encounter import services as encounter
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.justice import services as justice
from mekhala.pathway.justice.models import Stage
from mekhala.pathway.referral import services as referral
from mekhala.pathway.referral.models import DeclineReason, Referral, UnmetReason
from mekhala.pathway.registration import services as registration
from mekhala.pathway.screening import services as screening
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.consent import services as consent
from mekhala.safeguards.consent.models import Answer, DataClass

from .accused import LSHTSE_IN_FORCE
from .cases import THREE, URGENT
from .cast import NEED
from .filling import filled
from .forms import FORMS, form_text
from .help_given import GOALS, band
from .journeys import Journey

if TYPE_CHECKING:
    from .main_job import Job

RECOGNISED, NOT_ESTABLISHED = TraffickingStatus.RECOGNISED, TraffickingStatus.NOT_ESTABLISHED
READ_AS = {"met": RECOGNISED, "not_met": NOT_ESTABLISHED}
WORDS = {
    RECOGNISED: "Each element is made out by what was told and found. (Invented.)",
    NOT_ESTABLISHED: "On what is known the elements are not made out. (Invented.)",
}


@dataclass
class Walk:
    """One invented person on the way, and what the officers have made so far."""

    journey: Journey
    submission: Submission | None = None
    case: Case | None = None
    file: DeterminationFile | None = None
    decision: Decision | None = None
    accepted: tuple[Referral, ...] = ()


@contextmanager
def _as(officer: Officer) -> Iterator[Officer]:
    with acting_for(officer.pk):
        yield officer


def _first_responder(job: Job, walk: Walk) -> Officer:
    met = walk.journey.encounter
    return job.cast.officer(met.agency_code.lower(), met.officer_index)


def _registrar(job: Job, walk: Walk) -> Officer:
    return job.cast.registrar_of(walk.journey.encounter.province_code)


def forms(job: Job) -> dict[str, Any]:
    """Take the shipped forms in and receive one Card for each person."""
    with _as(job.cast.officer("st-01", role=Role.ADMINISTRATOR)) as office:
        versions = [
            form_room.add_version(form_text(f).encode(), f"{f}.md", by=office, at=job.now)
            for f in FORMS
        ]
    for walk in job.walks:
        with _as(_first_responder(job, walk)) as officer:
            sent = filled(versions[0].xform, _card(walk.journey, versions[0]))
            walk.submission = form_room.keep_submission(sent, [], by=officer, at=job.now).submission
    return {"forms": len(versions), "questions": sum(v.questions for v in versions),
            "submissions": len(job.walks)}  # fmt: skip


def _card(journey: Journey, version: FormVersion) -> dict[str, str]:  # noqa: ARG001
    met, person = journey.encounter, journey.person
    return {
        "language": person.language if person.language in ("km", "vi", "th", "zh") else "other",
        "safe_to_speak": met.safe_to_speak, "papers_kept": met.papers_kept,
        "free_to_leave": met.free_to_leave, "age_certainty": person.age_certainty,
        "age": "" if person.age is None else str(person.age), "sex": person.sex,
        "urgent_needs": " ".join(met.urgent_needs), "wants_to_go_on": met.wants_to_go_on,
    }  # fmt: skip


def meet(job: Job) -> dict[str, Any]:
    """Open a case for each person who wishes to go on."""
    for walk in job.walks:
        person, met = walk.journey.person, walk.journey.encounter
        with _as(_first_responder(job, walk)) as officer:
            walk.case = encounter.open_case(
                by=officer, at=job.now, met_at=job.now, place_code=met.commune_code,
                sex=person.sex, age=person.age, age_certainty=person.age_certainty,
                nationality=person.nationality, language=person.language,
                urgent_needs=[n for n in dict.fromkeys(map(URGENT.get, met.urgent_needs)) if n],
                consents_to_go_on=THREE.get(met.wants_to_go_on),
                was_alone=THREE.get(met.safe_to_speak), submission=walk.submission,
                identity={"native_name": person.native_name, "latin_name": person.latin_name},
            )  # fmt: skip
    children = sum(1 for w in job.walks if w.case and (w.case.age or 99) < 18)
    return {"cases": len(job.walks), "known_children": children}


def screen(job: Job) -> dict[str, Any]:
    """Screen each person; refer to the authority whom the officer refers."""
    outcomes: Counter[str] = Counter()
    for walk in job.walks:
        asked = walk.journey.screening
        assert asked is not None
        with _as(_first_responder(job, walk)) as officer:
            kept = screening.record_screening(
                case=_case(walk), by=officer, at=job.now, answers=_answers(walk.journey),
                profile=asked.profile, indicators=asked.indicators, outcome=asked.outcome,
                because="" if asked.outcome == "refer" else "By what was seen. (Invented.)",
            )  # fmt: skip
            if asked.outcome == "refer":
                conduct = _conduct(walk.journey)
                walk.file = determination.refer_to_authority(
                    screening=kept, by=officer, at=job.now, **conduct
                )
        outcomes[asked.outcome] += 1
    return {"screened": len(job.walks), **outcomes}


def _case(walk: Walk) -> Case:
    assert walk.case is not None
    return walk.case


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
    """Complete each file with what the person tells, and have two officers read it."""
    counts = {"files": 0, "recognised": 0, "not_established": 0, "waiting_for_facts": 0}
    for walk in job.walks:
        if walk.file is not None:
            counts["files"] += 1
            counts[_decided(job, walk, walk.file)] += 1
    return counts


def _decided(job: Job, walk: Walk, file: DeterminationFile) -> str:
    first, second = job.cast.authority[:2]
    with _as(first):
        _complete(walk, file, by=first, job=job)
        finding = files.assessment(file)["palermo"]["finding"]
    if finding not in READ_AS:
        return "waiting_for_facts"
    answer = READ_AS[finding]
    for reader in (first, second):
        with _as(reader):
            walk.decision = determination.record_reading(
                file=file, answer=answer, reasons=WORDS[answer], by=reader, at=job.now
            )
    return "recognised" if answer == RECOGNISED else "not_established"


def _complete(walk: Walk, file: DeterminationFile, *, by: Officer, job: Job) -> None:
    """Record what the person adds at the interview to what the screening left unknown."""
    told, later = _answers(walk.journey), walk.journey.determination
    for code, said in (later.facts if later else {}).items():
        if told.get(code) is None and THREE[said] is not None:
            determination.record_finding(
                file=file, code=code, made_out=THREE[said], source_kind=SourceKind.PERSON,
                because="Told at the interview. (Invented.)", by=by, at=job.now,
                said_on=job.now.date(),
            )  # fmt: skip


def register(job: Job) -> dict[str, Any]:
    """Enter each recognised person in the register; a certificate goes with it."""
    registered = 0
    for walk in job.walks:
        if walk.decision and walk.decision.status == RECOGNISED:
            with _as(_registrar(job, walk)) as officer:
                registration.register(case=_case(walk), by=officer, at=job.now)
            registered += 1
    return {"registered": registered}


def refer(job: Job) -> dict[str, Any]:
    """Ask for help for everyone who was referred, whatever was decided; count what is unmet."""
    _confirm_places(job)
    counts: Counter[str] = Counter({"asked": 0, "accepted": 0, "declined": 0, "unmet": 0})
    for walk in job.walks:
        if walk.file is not None and walk.journey.support:
            for need in walk.journey.support.needs:
                if need in NEED:
                    counts.update(_helped(job, walk, NEED[need]))
    return dict(counts)


def _confirm_places(job: Job) -> None:
    """Let every provider say how many places are free this morning."""
    for service in job.cast.services.values():
        with _as(job.cast.officer(service.agency.code, role=Role.PROVIDER)) as provider:
            total = service.places_total
            free = None if total is None else max(service.places_free or 0, total // 4)
            directory_room.confirm_places(service, free, by=provider, at=job.now)


def _helped(job: Job, walk: Walk, need: Need) -> list[str]:
    """Ask one suitable service after another until one accepts; say what happened."""
    case, province = _case(walk), walk.journey.encounter.province_code
    fits = [
        f for f in directory.suitable(
            need=need, sex=case.sex, age=case.age, language=case.language,
            province_code=province, now=job.now,
        )
        if f.fits is not False
    ]  # fmt: skip
    happened = []
    for turn, found in enumerate(fits[:2]):
        asked = _asked(job, walk, found.service, need)
        if asked is not None:
            accepts = turn == 1 or (case.pk + need).encode()[3] % 4 > 0
            happened += ["asked", _answered(job, walk, asked, accepts=accepts)]
            if accepts:
                return happened
    _note_unmet(job, walk, need, suitable=bool(fits))
    return [*happened, "unmet"]


def _asked(job: Job, walk: Walk, service: Any, need: Need) -> Referral | None:
    case = _case(walk)
    try:
        with _as(_registrar(job, walk)) as officer:
            consent.record_answer(
                case.number, recipient=service.agency.code, purpose=Purpose.SUPPORT,
                data_class=DataClass.NEEDS, answer=Answer.GIVEN, by=officer, at=job.now,
                language=case.language, asked_alone=True,
            )  # fmt: skip
            return referral.ask(case=case, service=service, need=need, by=officer, at=job.now)
    except ActRefused:  # the last place went a moment ago, or none was left
        return None


def _answered(job: Job, walk: Walk, asked: Referral, *, accepts: bool) -> str:
    with _as(job.cast.officer(asked.service.agency.code, role=Role.PROVIDER)) as provider:
        if accepts:
            walk.accepted += (referral.accept(asked, by=provider, at=job.now),)
            return "accepted"
        referral.decline(asked, DeclineReason.FULL, by=provider, at=job.now)
        return "declined"


def _note_unmet(job: Job, walk: Walk, need: Need, *, suitable: bool) -> None:
    case = _case(walk)
    reason = UnmetReason.ALL_DECLINED if suitable else UnmetReason.NOBODY_TAKES
    with _as(_registrar(job, walk)) as officer:
        referral.record_unmet_need(
            need=need, sex=case.sex, age_band=band(case.age), reason=reason,
            province_code=walk.journey.encounter.province_code, by=officer, at=job.now,
        )  # fmt: skip


def support(job: Job) -> dict[str, Any]:
    """Agree a plan with everyone whom a service took, with days to look in again."""
    plans = 0
    for walk in job.walks:
        if walk.accepted:
            with _as(_registrar(job, walk)) as officer:
                due = job.now.date() + timedelta(days=30)
                tasks = [
                    Task(need=r.need, what="As agreed with the person. (Invented.)", due_on=due)
                    for r in walk.accepted
                ]
                plan = aftercare.make_plan(
                    _case(walk),
                    GOALS,
                    agreed_on=job.now.date(),
                    by=officer,
                    at=job.now,
                    tasks=tasks,
                )
                if not plan.follow_ups.exists():
                    aftercare.plan_follow_ups(plan, by=officer, at=job.now)
            plans += 1
    return {"plans": plans}


def charge(job: Job) -> dict[str, Any]:
    """Follow the complaints: a suspect, and a charge where the law of the day fits."""
    counts = {"proceedings": 0, "accused": 0, "charged": 0}
    for walk in job.walks:
        if walk.journey.proceeding:
            counts["proceedings"] += 1
            for one in walk.journey.proceeding.accused:
                counts["accused"] += 1
                counts["charged"] += _followed(job, walk, one)
    return counts


def _followed(job: Job, walk: Walk, one: Any) -> int:
    """Record one accused from the complaint as far as the invented ladder goes: charge at most."""
    invented = walk.journey.proceeding
    assert invented is not None
    day: date = job.now.date()
    with _as(job.cast.officer(invented.police_code.lower(), role=Role.JUSTICE)) as officer:
        proceeding = justice.file_complaint(by=officer, at=job.now, complaint_on=day)
        accused = justice.add_accused(
            proceeding, sex=one.sex, age=one.age, by=officer, at=job.now, on=day,
            identity={"native_name": one.name.native, "latin_name": one.name.latin},
        )  # fmt: skip
        justice.record_step(accused, Stage.SUSPECT, day, by=officer, at=job.now)
        if not any(step.stage == "charged_person" for step in one.ladder):
            return 0
        justice.record_step(accused, Stage.CHARGED, day, by=officer, at=job.now)
        justice.charge(
            accused, statute=invented.statute, article=invented.article,
            in_force_from=LSHTSE_IN_FORCE,
            conduct_from=invented.conduct_from.isoformat(),
            conduct_to=invented.conduct_to.isoformat(), charged_on=day, by=officer, at=job.now,
        )  # fmt: skip
    return 1
