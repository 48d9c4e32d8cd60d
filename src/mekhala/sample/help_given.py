"""The help part of an invented journey: referrals, need unmet, the plan, follow-up."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from mekhala.pathway.aftercare.models import FollowUp, PlanTask, SupportPlan
from mekhala.pathway.directory.needs import needs_of
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.referral.bands import group_of
from mekhala.pathway.referral.models import DeclineReason, Referral, ReferralStatus, UnmetNeed
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import FieldClass, Purpose, Role
from mekhala.safeguards.consent.models import (
    Answer,
    BestInterest,
    Consent,
    DataClass,
    Manner,
    Present,
    Speaker,
)

from .cases import OPEN_FOR, CaseRows, noon
from .cast import NEED, Cast
from .draws import Draws
from .journeys import Journey
from .later import follow_ups, given, stay
from .rows import Rows
from .services import Service
from .support import Plan
from .support import Referral as Asked

STATUS = {
    "accepted": ReferralStatus.ACCEPTED, "declined": ReferralStatus.DECLINED,
    "person_declined": ReferralStatus.DECLINED, "awaiting": ReferralStatus.ASKED,
}  # fmt: skip
REASON = {
    "no_places": DeclineReason.FULL, "cannot_keep_safe": DeclineReason.NOT_SAFE,
    "no_interpreter": DeclineReason.NOT_SUITABLE, "too_far": DeclineReason.NOT_SUITABLE,
    "outside_mandate": DeclineReason.NOT_TAKEN_HERE,
}  # fmt: skip
TOLD = (  # to the house that accepts; the name stays with who met the person
    (DataClass.NEEDS, FieldClass.OPEN), (DataClass.STORY, FieldClass.NARRATIVE),
)  # fmt: skip
GOALS = (
    "To feel safe, to be well again, and to earn a living of her or his own choosing. (Invented.)"
)


class HelpRows:
    """Writes the help part of journeys into ``rows``."""

    def __init__(
        self,
        cast: Cast,
        rows: Rows,
        cases: CaseRows,
        offered: tuple[Service, ...],
        *,
        seed: int,
        today: date,
    ) -> None:
        """``offered`` are the generator's services; the database knows them by name."""
        self.cast, self.rows, self.cases = cast, rows, cases
        self.seed, self.today = seed, today
        self.service = {
            s.code: cast.services[s.name_en] for s in offered if s.name_en in cast.services
        }
        self.asked: set[tuple[str, int]] = set()

    def add(self, journey: Journey, case: Case) -> None:
        """Add the help of one journey."""
        if journey.support is None:
            return
        for asked in journey.support.referrals:
            if asked.need in NEED and asked.service_code in self.service:
                self._referral(case, asked)
        for unmet in journey.support.unmet:
            if unmet.need in NEED:
                self.rows.add(
                    UnmetNeed(
                        need=NEED[unmet.need], sex=case.sex, age_band=band(case.age),
                        province_code=journey.encounter.province_code, recorded_on=unmet.since,
                        reason="nobody_takes" if unmet.why.startswith("no_") else "all_declined",
                        group=group_of(needs_of(case)),
                    )
                )  # fmt: skip
        if journey.support.plan:
            self._plan(journey, case, journey.support.plan)

    def _referral(self, case: Case, asked: Asked) -> None:
        service, at = self.service[asked.service_code], noon(asked.asked_on, 3)
        if (case.number, service.pk) in self.asked:
            return
        self.asked.add((case.number, service.pk))
        receiver = self.cast.officer(service.agency.code, role=Role.PROVIDER)
        answered = asked.answered_on is not None and asked.answer != "awaiting"
        declined = STATUS[asked.answer] == ReferralStatus.DECLINED
        accepted = STATUS[asked.answer] == ReferralStatus.ACCEPTED
        told = TOLD if accepted else TOLD[:1]
        agreed = self._agreed(case, service.agency.code, at, [data_class for data_class, _ in told])
        self.rows.add(
            Referral(
                case=case, service=service, need=NEED[asked.need], status=STATUS[asked.answer],
                sex=case.sex, age_band=band(case.age), language=case.language,
                asked_by=case.opened_by, asked_at=at, hold_until=at + timedelta(hours=24),
                answered_by=receiver if answered else None,
                answered_at=noon(asked.answered_on, 6) if answered and asked.answered_on else None,
                decline_reason=REASON.get(asked.reason or "", DeclineReason.PERSON_DECLINED)
                if declined else "",
            ),
        )  # fmt: skip
        self.rows.note("referral.asked", subject=case.number, by=case.opened_by, at=at)
        if accepted:
            opens = [field_class for _, field_class in told]
            self.cases.open_as_agreed(receiver, case.number, agreed, at, classes=opens)

    def _agreed(self, case: Case, agency: str, at: datetime, kinds: Sequence[DataClass]) -> Consent:
        """Add the person's yes about each of ``kinds``, and what stands beside a child's own.

        Returns the yes that a grant rests on, that about the first.
        """
        adult = is_known_adult(case)
        about: dict[str, Any] = {
            "case_number": case.number, "recipient": agency, "purpose": Purpose.SUPPORT,
            "answer": Answer.GIVEN, "as_child": not adult, "asked_at": at,
            "asked_by": case.opened_by_id, "language": case.language, "manner": Manner.SPOKEN,
            "until": at + OPEN_FOR,
        }  # fmt: skip
        own = [
            Consent(**about, data_class=kind, present=[Present.ALONE], asked_alone=True)
            for kind in kinds
        ]
        self.rows.add(*own)
        if not adult:
            self.rows.add(
                *(
                    Consent(
                        **about, data_class=one.data_class, said_by=Speaker.APPOINTED,
                        best_interest=BestInterest.GUARDIAN_NOT_CLEARED,
                    )
                    for one in own
                )
            )  # fmt: skip
        return own[0]

    def _plan(self, journey: Journey, case: Case, plan: Plan) -> None:
        maker = self.cast.registrar_of(journey.encounter.province_code)
        at = noon(plan.started_on, 4)
        made = SupportPlan(
            case=case, goals=GOALS, agreed_on=plan.started_on, made_by=maker, made_at=at,
        )  # fmt: skip
        days = follow_ups(made, Draws(self.seed, f"later {case.number}"), self.today)
        if plan.closed_because == "person_asked":
            days = [day for day in days if day.done_on]  # with it contact ended
        for field, said in stage(plan, days).items():
            setattr(made, field, said)
        closed = plan.closed_on is not None
        self.rows.add(
            made,
            *[
                PlanTask(
                    plan=made, need=NEED[need], what="As agreed with the person. (Invented.)",
                    due_on=plan.started_on + timedelta(days=30 * n),
                    done_on=plan.started_on + timedelta(days=30 * n) if closed else None,
                )
                for n, need in enumerate(plan.goals, 1) if need in NEED
            ],
            *days,
            *given(made, [NEED[n] for n in plan.goals if n in NEED], maker, at),
        )  # fmt: skip
        self._stay(case, plan, maker)

    def _stay(self, case: Case, plan: Plan, maker: Officer) -> None:
        """Add the stay of a known adult whom a house took, for as long as its kind is meant."""
        if "shelter" not in plan.goals or not is_known_adult(case):
            return
        draws = Draws(self.seed, f"stay {case.number}")
        self.rows.add(
            stay(
                case,
                self.cast.agencies[plan.agency_code.lower()],
                draws,
                plan,
                maker,
                today=self.today,
            )
        )


def band(age: int | None) -> str:
    """Return the age band in which unmet need is counted."""
    if age is None:
        return "unknown"
    for oldest, name in ((11, "0-11"), (17, "12-17"), (29, "18-29"), (44, "30-44")):
        if age <= oldest:
            return name
    return "45+"


STAGE = {"progress_monitoring": "follow_up"}  # as the generator's word stands on the plan
MOVED = {"goals_reached", "moved_away", "person_asked", "contact_lost"}


def stage(plan: Plan, days: Iterable[FollowUp]) -> dict[str, Any]:
    """Return where support stands, and why it ended: not while a day to look in is open."""
    because = plan.closed_because if plan.closed_because in MOVED else ""
    if plan.closed_on and any(d.done_on is None for d in days):
        return {"stage": "follow_up", "stage_since": plan.closed_on}
    return {
        "stage": STAGE.get(plan.stage, plan.stage), "closed_because": because or "",
        "stage_since": plan.closed_on,
    }  # fmt: skip
