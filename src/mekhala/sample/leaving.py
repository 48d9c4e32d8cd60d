"""The way home and safer departure in the invented country: returns, agencies, a village fund."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.labour_migration import flags, funds, looking_into, workers
from mekhala.pathway.labour_migration import queries as agencies_now
from mekhala.pathway.labour_migration import services as agencies
from mekhala.pathway.labour_migration.models import Recruiter
from mekhala.pathway.labour_migration.words import Rung
from mekhala.pathway.repatriation import queries, services, tracking
from mekhala.pathway.repatriation.corridor import THEIRS
from mekhala.pathway.screening.models import ScreeningOutcome
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.consent import services as consent
from mekhala.safeguards.consent.models import Answer, DataClass

from . import institutions, visiting
from .corridor_of_viet_nam import WAYS, both_ways
from .walk import Walk, acting_as, case_of, first_responder

if TYPE_CHECKING:
    from .main_job import Job

RETURNS = 6
AGENCIES = (  # register number, name, workers a month, licensed
    ("RA-01", "Paddy Bird Recruitment (invented)", 180, True),
    ("RA-02", "Long Boat Manpower (invented)", 60, True),
    ("RA-03", "Two Rivers Work Abroad (invented)", 240, True),
    ("RA-04", "Dry Season Placement (invented)", 12, False),
)
WHERE = (("Households (invented)", "MYS"), ("Fish factories (invented)", "THA"))
SIGNS = {"means.confinement": True, "purpose.servitude": True, "means.threat": None}
CONTRACT = b"%PDF-1.4 an invented contract"
PROMISED = (
    ("1", "Identify victims together and never detain them (invented wording)", "carried_out"),
    ("2", "Name one office that answers for each country (invented wording)", "in_force"),
    ("3", "Return people safely and look in later (invented wording)", "signed"),
)


def leave(job: Job) -> dict[str, Any]:
    """Let returns begin and stand still, and agencies be supervised; return what there is."""
    begun = [w for w in job.walks if _corridor(w)][:RETURNS]
    for walk in begun:
        _returned(job, walk)
    _supervised(job)
    _village_fund(job)
    _promised(job)
    institutions.keep(job)
    visiting.visit(job)
    late = [state for walk in begun for state in _overdue(job, walk)] + both_ways(job)
    return {
        "returns": len(begun) + len(WAYS), "overdue": len(late), "agencies": len(AGENCIES),
        "theirs": sum(THEIRS in state.waits_for for state in late),
        "suspended": _standing(job, "suspended"),
    }  # fmt: skip


def _corridor(walk: Walk) -> str:
    """Return the corridor a person of the job could take; "" for none."""
    if walk.case is None:
        return ""
    return {"VNM": "khm-vnm", "THA": "khm-tha"}.get(walk.case.nationality, "") or (
        "tha-khm" if walk.case.nationality == "KHM" and walk.journey.encounter.agency_code[:2] in
        ("BP", "EM") else ""
    )  # fmt: skip


def _returned(job: Job, walk: Walk) -> None:
    """Begin a return on the day they met; some steps are done, the rest wait."""
    case, day = case_of(walk), timezone.localdate(job.met_at)
    with acting_as(first_responder(job, walk)) as officer:
        told: dict[str, Any] = {"by": officer, "at": job.now}
        body = _other_side(job, walk)
        one = services.begin(case, _corridor(walk), started_on=day, counterpart=body, **told)
        if body is not None:
            consent.record_answer(
                case.number, recipient=body.code, purpose=Purpose.SUPPORT,
                data_class=DataClass.NEEDS, answer=Answer.GIVEN, is_adult=True, manner="spoken",
                present=["alone"], language=case.language, **told,
            )  # fmt: skip
        services.record_statement(one, "return", said_on=day + timedelta(days=2), **told)
        for code in ("identified", "statement", "notified"):
            states = {str(s.step.code): s for s in queries.states(one, today=day)}
            side = states[code].step.sides[0]
            services.record_step(
                one, code, side=side, done_on=day + timedelta(days=4), reference="INV-1", **told
            )


def _other_side(job: Job, walk: Walk) -> Agency | None:
    """Return the embassy that acts for the other country, where a known adult says yes to it."""
    code = {"khm-vnm": "em-01", "khm-tha": "em-02", "tha-khm": "em-02"}.get(_corridor(walk))
    return job.cast.agencies.get(code) if code and is_known_adult(case_of(walk)) else None


def _overdue(job: Job, walk: Walk) -> list[queries.StepState]:
    with acting_as(first_responder(job, walk)):
        one = queries.of_case(case_of(walk))
        assert one is not None
        states = queries.states(one, today=timezone.localdate(job.now))
        return [state for state in states if state.is_overdue]


def _supervised(job: Job) -> None:
    """Register agencies, count a year of placements, hear complaints; one is suspended."""
    today = timezone.localdate(job.now)
    first, second = (job.cast.officer("li-01", n, role=Role.REGISTRAR) for n in (0, 1))
    with acting_as(first):
        made = [_agency(job, first, row) for row in AGENCIES]
    consul = job.cast.officer("em-03", role=Role.FIRST_RESPONDER)
    with acting_as(consul):
        for kinds in (["pay"], ["papers", "fee"], ["confined", "pay"]):
            file = workers.open_file(by=consul, at=job.now)
            work = workers.record_deployment(
                file, made[2], *WHERE[0], year=today.year - 1, by=consul, at=job.now
            )
            workers.complain(
                made[2], kinds, worker=file, deployment=work, by_whom="worker", country="MYS",
                received_on=today, by=consul, at=job.now,
                words="She telephoned from where she works. (Invented.)",
                labour_may_read=True,
            )  # fmt: skip
        _flagged(consul, made[2], job.now)
        file = workers.open_file(by=consul, at=job.now)
        workers.ask_after(
            file, place_code="12", how="By telephone, in the evening (invented)", first_on=today,
            contact="An aunt in the village (invented)", by=consul, at=job.now,
        )  # fmt: skip
        workers.keep_departure(
            file, "MYS", recruiter=made[0], leaves_on=today, checklist="PD-1 (invented)",
            contract=CONTRACT, by=consul, at=job.now,
        )  # fmt: skip
    with acting_as(second):
        _looked_into(made[2], second, job.now)
        review = agencies_now.open_review(made[2])
        assert review is not None
        agencies.decide_review(
            review, Rung.SUSPENSION, until_on=today + timedelta(days=90), by=second, at=job.now,
            reasons="The agency was heard; wages are to be paid first. (Invented.)",
        )  # fmt: skip


def _looked_into(one: Recruiter, by: Any, now: datetime) -> None:
    """Say what was found of two complaints of three: one is established, one cannot be told."""
    told = agencies_now.complaints_told().filter(recruiter=one).order_by("id")
    for each, finding in zip(told, ("established", "not_told"), strict=False):
        looking_into.record_finding(
            each, finding, reasons="The agency was heard, and its papers read. (Invented.)",
            on=timezone.localdate(now), by=by, at=now,
        )  # fmt: skip


def _flagged(consul: Any, through: Recruiter, now: datetime) -> None:
    """Let one worker say yes to a case; signs lead it to the authority, with another yes."""
    told: dict[str, Any] = {"by": consul, "at": now}
    file = workers.open_file(**told)
    workers.record_deployment(file, through, *WHERE[1], year=timezone.localdate(now).year, **told)
    workers.open_case(
        file, worker_says_yes=True, met_at=now, **told,
        person={"place_code": "12", "sex": "female", "age": 29, "age_certainty": "known"},
    )  # fmt: skip
    flags.screen(
        file, answers=SIGNS, outcome=ScreeningOutcome.REFER, authority_may_know=True, **told
    )


def _agency(job: Job, by: Any, row: tuple[str, str, int, bool]) -> Recruiter:
    number, name, people, licensed = row
    today = timezone.localdate(job.now)
    one = agencies.register_recruiter(number, name, by=by, at=job.now)
    if licensed:
        agencies.license_recruiter(
            one, f"{number}-L", valid_from=today - timedelta(days=700),
            valid_until=today + timedelta(days=100), by=by, at=job.now,
        )  # fmt: skip
    months = 6 if licensed else 1
    for back in range(months):
        month = (today.replace(day=1) - timedelta(days=30 * back)).replace(day=1)
        employer, country = WHERE[back % 2]
        agencies.record_placement(
            one, employer, country, month=month, people=people, by=by, at=job.now
        )
    return one


def _village_fund(job: Job) -> None:
    today = timezone.localdate(job.now)
    begun = today - timedelta(days=200)
    with acting_as(job.cast.registrar_of("02")) as keeper:
        told: dict[str, Any] = {"by": keeper, "at": job.now}
        fund = funds.open_fund(
            "Fund of Three Palms village (invented)", place_code="02", on=begun,
            terms="Six months, no interest, for the cost of papers. (Invented.)", **told,
        )  # fmt: skip
        funds.enter(fund, "paid_in", 6_000_000, on=begun, **told)
        late = today - timedelta(days=20)
        funds.enter(fund, "lent", 900_000, loan="1", due_on=late, on=begun, **told)
        funds.enter(fund, "repaid", 400_000, loan="1", on=today, **told)


def _promised(job: Job) -> None:
    """Write down some commitments of the COMMIT memorandum, and how far each has come."""
    today = timezone.localdate(job.now)
    with acting_as(job.cast.officer("st-01", role=Role.STATISTICIAN)) as committee:
        told: dict[str, Any] = {"by": committee, "at": job.now}
        for article, words, progress in PROMISED:
            kept = tracking.add_commitment("commit-2004", article, words, **told)
            tracking.record_progress(
                kept, progress, since=today, evidence="A report (invented)", **told
            )


def _standing(job: Job, word: str) -> int:
    today = timezone.localdate(job.now)
    return sum(agencies_now.standing(one, today) == word for one in agencies_now.recruiters())
