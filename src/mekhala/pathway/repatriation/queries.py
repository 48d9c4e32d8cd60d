"""How a return stands, and what is overdue with whom. Nothing here changes anything."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.repatriation.corridor import HOME, OURS, Corridor, Step, corridor
from mekhala.pathway.repatriation.models import CounterpartKey, Return, StepDone, StepTakenBack
from mekhala.pathway.repatriation.policies import RETURNERS, RETURNING
from mekhala.safeguards.access.models import Grant, Officer
from mekhala.safeguards.agencies.models import Agency


@dataclass(frozen=True, kw_only=True)
class StepState:
    """One step of a return: ``due_on`` None while its clock has not begun; done by side."""

    step: Step
    due_on: date | None
    done: dict[str, date]
    references: dict[str, str]
    today: date

    @property
    def is_done(self) -> bool:
        """Whether every side that acts has said so."""
        return all(side in self.done for side in self.step.sides)

    @property
    def waits_for(self) -> list[str]:
        """The sides that have not said that it is done: ours, theirs."""
        return [side for side in self.step.sides if side not in self.done]

    @property
    def is_overdue(self) -> bool:
        """Whether the day is past and somebody has still to act."""
        return not self.is_done and self.due_on is not None and self.due_on < self.today

    @property
    def was_late(self) -> bool:
        """Whether it was done, and after its day."""
        return self.is_done and self.due_on is not None and max(self.done.values()) > self.due_on


def states(one: Return, *, today: date) -> list[StepState]:
    """Return every step of a return in order; its rows prefetched, this asks nothing."""
    way = corridor(one.corridor)
    rows = list(one.steps_done.all())
    done_on: dict[str, date] = {}
    found = []
    for step in way.steps:
        mine = {r.side: r for r in rows if r.step == step.code}
        start = one.started_on if step.after is None else done_on.get(step.after)
        state = StepState(
            step=step, due_on=step.due_on(start) if start else None,
            done={side: r.done_on for side, r in mine.items()},
            references={side: r.reference for side, r in mine.items()}, today=today,
        )  # fmt: skip
        if state.is_done:
            done_on[step.code] = max(state.done.values())
        found.append(state)
    return found


def of_case(case: Case) -> Return | None:
    """Return the newest return of a case with all that belongs to it; None if there is none."""
    return whole(Return.objects.filter(case=case)).first()


def open_returns(officer: Officer, *, now: datetime) -> QuerySet[Return]:
    """Return open returns of cases the officer may act on, the oldest first."""
    if officer.role not in RETURNERS:
        return Return.objects.none()
    held = Grant.objects.filter(officer=officer, until__gt=now, purpose__in=RETURNING)
    found = Return.objects.filter(ended_at=None, case_id__in=held.values_list("file_number"))
    return whole(found).order_by("started_on", "id")


def overdue(officer: Officer, *, now: datetime, today: date) -> list[tuple[Return, StepState]]:
    """Return each overdue step of the officer's open returns, the longest due first."""
    late = [
        (one, state)
        for one in open_returns(officer, now=now)
        for state in states(one, today=today)
        if state.is_overdue
    ]
    return sorted(late, key=lambda row: (row[1].due_on or today, row[0].pk))


def of_counterpart(officer: Officer) -> QuerySet[Return]:
    """Return the open returns in which the officer's agency is the other side.

    Row security shows them only while the person's yes stands.
    """
    return whole(Return.objects.filter(counterpart=officer.agency, ended_at=None))


def key_of(agency: Agency) -> CounterpartKey | None:
    """Return the key files for this body are sealed to, None if it gave none."""
    return CounterpartKey.objects.filter(agency=agency).first()


def counterparts(country: str = "") -> QuerySet[Agency]:
    """Return the bodies abroad that gave a key, of one country if it is named."""
    keys = CounterpartKey.objects.all()
    keys = keys.filter(country=country) if country else keys
    return Agency.objects.filter(pk__in=keys.values("agency")).order_by("name")


def side_of(way: Corridor, side: str) -> str:
    """Return the country (ISO 3166-1 alpha-3) a side stands for; empty: not known."""
    if side == OURS:
        return HOME
    return way.other


def whole(found: QuerySet[Return]) -> QuerySet[Return]:
    """Return the same returns with the rows of each that stand, in four queries."""
    standing = StepDone.objects.filter(taken_back=None).select_related("recorded_by")
    return found.select_related("counterpart").prefetch_related(
        Prefetch("steps_done", standing), "statements", "checks"
    )


def taken_back(one: Return) -> QuerySet[StepTakenBack]:
    """Return the steps of a return that were said in error, in the order they were taken back."""
    return StepTakenBack.objects.filter(step__of_return=one).select_related("step")
