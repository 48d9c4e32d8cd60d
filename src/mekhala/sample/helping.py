"""The later steps of the main job: the register, help, the accused."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from mekhala.pathway.aftercare import services as aftercare
from mekhala.pathway.aftercare.services import Task
from mekhala.pathway.determination.models import TraffickingStatus
from mekhala.pathway.directory import queries as directory
from mekhala.pathway.directory import services as directory_room
from mekhala.pathway.directory.models import Need
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.justice import services as justice
from mekhala.pathway.justice.models import Stage
from mekhala.pathway.referral import services as referral
from mekhala.pathway.referral.models import DeclineReason, Referral, UnmetReason
from mekhala.pathway.registration import services as registration
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.consent import services as consent
from mekhala.safeguards.consent.models import (
    Answer,
    BestInterest,
    DataClass,
    Manner,
    Present,
    Speaker,
)

from .accused import LSHTSE_IN_FORCE
from .cast import NEED
from .help_given import GOALS, TOLD, band
from .walk import Walk, acting_as, case_of, registrar

if TYPE_CHECKING:
    from .main_job import Job


def register(job: Job) -> dict[str, Any]:
    """Enter each recognised person in the register; a certificate goes with it."""
    registered = 0
    for walk in job.walks:
        if walk.decision and walk.decision.status == TraffickingStatus.RECOGNISED:
            with acting_as(registrar(job, walk)) as officer:
                registration.register(case=case_of(walk), by=officer, at=job.now)
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
        with acting_as(job.cast.officer(service.agency.code, role=Role.PROVIDER)) as provider:
            total = service.places_total
            free = None if total is None else max(service.places_free or 0, total // 4)
            directory_room.confirm_places(service, free, by=provider, at=job.now)


def _helped(job: Job, walk: Walk, need: Need) -> list[str]:
    """Ask one suitable service after another until one accepts; say what happened."""
    case, province = case_of(walk), walk.journey.encounter.province_code
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
    case = case_of(walk)
    try:
        with acting_as(registrar(job, walk)) as officer:
            for kind, _opens in TOLD:
                _agree(case, service.agency.code, kind, by=officer, at=job.now)
            return referral.ask(case=case, service=service, need=need, by=officer, at=job.now)
    except ActRefused:  # the last place went a moment ago, or none was left
        return None


def _agree(case: Case, agency: str, kind: DataClass, *, by: Officer, at: datetime) -> None:
    """Record a yes; where child rules apply, an appointed person's stands beside it."""
    adult = is_known_adult(case)
    about: dict[str, Any] = {
        "recipient": agency, "purpose": Purpose.SUPPORT, "data_class": kind,
        "answer": Answer.GIVEN, "by": by, "at": at, "is_adult": adult,
        "language": case.language, "manner": Manner.SPOKEN,
    }  # fmt: skip
    consent.record_answer(case.number, **about, present=[Present.ALONE])
    if not adult:
        consent.record_answer(
            case.number, **about, said_by=Speaker.APPOINTED,
            best_interest=BestInterest.GUARDIAN_NOT_CLEARED,
        )  # fmt: skip


def _answered(job: Job, walk: Walk, asked: Referral, *, accepts: bool) -> str:
    with acting_as(job.cast.officer(asked.service.agency.code, role=Role.PROVIDER)) as provider:
        if accepts:
            walk.accepted += (referral.accept(asked, by=provider, at=job.now),)
            return "accepted"
        referral.decline(asked, DeclineReason.FULL, by=provider, at=job.now)
        return "declined"


def _note_unmet(job: Job, walk: Walk, need: Need, *, suitable: bool) -> None:
    case = case_of(walk)
    reason = UnmetReason.ALL_DECLINED if suitable else UnmetReason.NOBODY_TAKES
    with acting_as(registrar(job, walk)) as officer:
        referral.record_unmet_need(
            need=need, sex=case.sex, age_band=band(case.age), reason=reason,
            province_code=walk.journey.encounter.province_code, by=officer, at=job.now,
        )  # fmt: skip


def support(job: Job) -> dict[str, Any]:
    """Agree a plan with everyone whom a service took, with days to look in again."""
    plans = 0
    for walk in job.walks:
        if walk.accepted:
            with acting_as(registrar(job, walk)) as officer:
                due = job.now.date() + timedelta(days=30)
                tasks = [
                    Task(need=r.need, what="As agreed with the person. (Invented.)", due_on=due)
                    for r in walk.accepted
                ]
                plan = aftercare.make_plan(
                    case_of(walk),
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
    with acting_as(job.cast.officer(invented.police_code.lower(), role=Role.JUSTICE)) as officer:
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
