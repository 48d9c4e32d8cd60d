"""The later steps of the main job: the register, help, the accused."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from mekhala.pathway.aftercare import services as aftercare
from mekhala.pathway.aftercare.codes import Area, Asked
from mekhala.pathway.aftercare.figures import support_figures
from mekhala.pathway.aftercare.services import Task
from mekhala.pathway.determination.models import TraffickingStatus
from mekhala.pathway.directory import queries as directory
from mekhala.pathway.directory import services as directory_room
from mekhala.pathway.directory.fitting import Found
from mekhala.pathway.directory.models import Need, Service
from mekhala.pathway.directory.needs import needs_of
from mekhala.pathway.encounter import services as encounter
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.justice import services as justice
from mekhala.pathway.justice.models import Proceeding, Stage
from mekhala.pathway.referral import queries as referrals
from mekhala.pathway.referral import services as referral
from mekhala.pathway.referral.bands import group_of
from mekhala.pathway.referral.models import DeclineReason, Group, Referral, UnmetReason
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
from .announcing import announce
from .at_a_house import family_found, helped, noted
from .cast import NEED
from .draws import Draws
from .help_given import GOALS, TOLD, band
from .inspecting import look_at_houses
from .names import respell
from .placing import cannot_wait, decided
from .walk import Walk, acting_as, case_of, identity_of, registrar
from .watching import watch

if TYPE_CHECKING:
    from .main_job import Job

CAPITAL = "12"


def register(job: Job) -> dict[str, Any]:
    """Enter each recognised person in the register; a certificate goes with it."""
    registered = 0
    for walk in job.walks:
        if walk.decision and walk.decision.status == TraffickingStatus.RECOGNISED:
            with acting_as(registrar(job, walk)) as officer:
                registration.register(case=case_of(walk), by=officer, at=job.now)
            registered += 1
    return {"registered": registered, "met_again": len(_meet_again(job)),
            "announced": announce(job)}  # fmt: skip


def _meet_again(job: Job) -> list[Case]:
    """Let the registrar of the capital meet two people again who are registered already.

    One was registered by her or him, one elsewhere; both are written as another clerk writes them.
    """
    recognised = TraffickingStatus.RECOGNISED
    known = [
        w for w in job.walks
        if w.decision and w.decision.status == recognised and w.journey.person.born_on
    ]  # fmt: skip
    here = [w for w in known if w.journey.encounter.province_code == CAPITAL]
    elsewhere = [w for w in known if w not in here]
    return [_met_again(job, walk) for walk in (*here[:1], *elsewhere[:1])]


def _met_again(job: Job, walk: Walk) -> Case:
    person, met = walk.journey.person, walk.journey.encounter
    latin, native = respell(Draws(job.seed, f"met again {person.number}"), person.name)
    with acting_as(job.cast.registrar_of(CAPITAL)) as officer:
        return encounter.open_case(
            by=officer, at=job.now, met_at=job.now, place_code=met.commune_code, sex=person.sex,
            age=person.age, age_certainty=person.age_certainty, nationality=person.nationality,
            language=person.language, consents_to_go_on=True, was_alone=True,
            identity=identity_of(person) | {"native_name": native, "latin_name": latin},
        )  # fmt: skip


def refer(job: Job) -> dict[str, Any]:
    """Ask for help for everyone who was referred, whatever was decided; count what is unmet."""
    _confirm_places(job)
    houses = look_at_houses(job)
    told = ("asked", "accepted", "declined", "unmet", "agreed", "undecided")
    counts: Counter[str] = Counter(dict.fromkeys(told, 0))
    groups: Counter[Group] = Counter()
    for walk in job.walks:
        if walk.file is not None and walk.journey.support:
            for need in walk.journey.support.needs:
                if need in NEED:
                    happened = _helped(job, walk, NEED[need])
                    counts.update(happened)
                    if "unmet" in happened:
                        groups[group_of(needs_of(case_of(walk)))] += 1
    for_whom = [f"{group.label} {n}" for group, n in groups.most_common()]
    return dict(counts) | houses | {"for_whom": ", ".join(for_whom) or "nobody"}


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
    needs = needs_of(case, age=case.age, province_code=province)
    every = directory.suitable(need, needs, now=job.now, most=2)
    happened = []
    for turn, found in enumerate(every.can_be_asked):
        service = Service.objects.select_related("agency").get(pk=found.service.pk)
        asked = _asked(job, walk, service, need)
        if asked is not None:
            accepts = turn == 1 or (case.pk + need).encode()[3] % 4 > 0
            happened += ["asked", *decided(job, walk, asked, is_given=accepts)]
            happened += [_answered(job, walk, asked, accepts=accepts)]
            if accepts:
                return happened
    _note_unmet(job, walk, need, every)
    return [*happened, "unmet"]


def _asked(job: Job, walk: Walk, service: Any, need: Need) -> Referral | None:
    case = case_of(walk)
    try:
        with acting_as(registrar(job, walk)) as officer:
            for kind, _opens in TOLD:
                _agree(case, service.agency.code, kind, by=officer, at=job.now)
            return referral.ask(
                case=case, service=service, need=need, by=officer, at=job.now,
                urgent=cannot_wait(case),
            )  # fmt: skip
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


def _note_unmet(job: Job, walk: Walk, need: Need, found: Found) -> None:
    case = case_of(walk)
    asked = bool(found.can_be_asked)
    reason = UnmetReason.ALL_DECLINED if asked else referrals.why_unmet(found)
    with acting_as(registrar(job, walk)) as officer:
        referral.record_unmet_need(
            need=need, sex=case.sex, age_band=band(case.age), reason=reason,
            province_code=walk.journey.encounter.province_code, by=officer, at=job.now,
            group=group_of(needs_of(case)), barriers=found.barriers,
        )  # fmt: skip


def support(job: Job) -> dict[str, Any]:
    """Agree a plan with everyone whom a service took, with days to look in again; note stays.

    Once somebody close is named as recruiter: the way home waits for a second officer.
    """
    counts = {"plans": 0, "stays": 0, "blocked": 0, "helped": 0}
    for walk in job.walks:
        if walk.accepted:
            with acting_as(registrar(job, walk)) as officer:
                _planned(job, walk, officer)
                counts["stays"] += _stays(job, walk, officer)
                counts["helped"] += helped(job, walk, officer)
                if counts["plans"] < WAYS_HOME:
                    counts["blocked"] += _way_home(job, walk, officer)
            noted(job, walk)
            counts["plans"] += 1
    return counts | _looked_in(job)


WAYS_HOME = 3
CLEAR = {
    Asked.WANTS_TO_GO: "yes", Asked.FEELS_SAFE: "yes", Asked.RECRUITER_NEAR: "no",
    Asked.THREATS: "no", Asked.DEBT: "no",
}  # fmt: skip


def _planned(job: Job, walk: Walk, officer: Officer) -> None:
    due = job.now.date() + timedelta(days=30)
    tasks = [
        Task(need=r.need, what="As agreed with the person. (Invented.)", due_on=due)
        for r in walk.accepted
    ]
    told: dict[str, Any] = {"by": officer, "at": job.now}
    day = job.now.date()
    answers = dict.fromkeys(Area.values, "not_known") | {"work": "yes", "safety": "not_said"}
    aftercare.assess(
        case_of(walk), answers, words="Work near home. (Invented.)", made_on=day,
        next_on=day + timedelta(days=90), **told,
    )  # fmt: skip
    plan = aftercare.make_plan(case_of(walk), GOALS, agreed_on=day, tasks=tasks, **told)
    if not plan.follow_ups.exists():
        aftercare.plan_follow_ups(plan, **told)


def _stays(job: Job, walk: Walk, officer: Officer) -> int:
    """Note that the person stays in the house that took her or him, as she or he agreed."""
    houses = [r.service.agency for r in walk.accepted if r.need == Need.SHELTER]
    adult = is_known_adult(case_of(walk))
    for house in houses[:1]:
        aftercare.begin_stay(
            case_of(walk), agency=house, kind="shelter", agreed=True, movement="free",
            basis="own_consent" if adult else "child_consent", beside=None if adult else True,
            began_at=job.now, by=officer, at=job.now,
        )  # fmt: skip
    return len(houses[:1])


def _way_home(job: Job, walk: Walk, officer: Officer) -> int:
    """Ask before going home; an uncle was named, so it is proposed and waits for a second."""
    case, told = case_of(walk), {"by": officer, "at": job.now}
    aftercare.name_kin(case, "aunt_uncle", words="He took me there. (Invented.)", **told)  # type: ignore[arg-type]
    visit = family_found(job, walk, officer)
    planned = aftercare.screen_return(case, "parent", CLEAR, trace=visit, **told)  # type: ignore[arg-type]
    aftercare.propose_return(planned, "He moved away. (Invented.)", **told)  # type: ignore[arg-type]
    return 1


def _looked_in(job: Job) -> dict[str, int]:
    """Tell how looking in went last year, as the ministry reads it: counted by the database."""
    with acting_as(job.cast.registrar_of(CAPITAL)) as officer:
        found = support_figures(job.now.year - 1, by=officer).follow_ups
    names = ("due", "met", "lost", "waiting")
    return {name: sum(getattr(row, name) or 0 for row in found) for name in names}


def charge(job: Job) -> dict[str, Any]:
    """Follow the complaints: a suspect, a charge where the law of the day fits, one hearing."""
    counts = {"proceedings": 0, "accused": 0, "charged": 0, "watched": 0}
    for walk in job.walks:
        if walk.journey.proceeding:
            counts["proceedings"] += 1
            for one in walk.journey.proceeding.accused:
                counts["accused"] += 1
                charged = _followed(job, walk, one)
                counts["charged"] += charged is not None
                if charged is not None and not counts["watched"]:
                    counts["watched"] = watch(job, charged)
    return counts


def _followed(job: Job, walk: Walk, one: Any) -> Proceeding | None:
    """Record one accused from the complaint to the charge at most; return what led to a charge."""
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
            return None
        justice.record_step(accused, Stage.CHARGED, day, by=officer, at=job.now)
        justice.charge(
            accused, statute=invented.statute, article=invented.article,
            in_force_from=LSHTSE_IN_FORCE,
            conduct_from=invented.conduct_from.isoformat(),
            conduct_to=invented.conduct_to.isoformat(), charged_on=day, by=officer, at=job.now,
        )  # fmt: skip
    return proceeding
