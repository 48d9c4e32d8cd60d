"""How far each case has come, asked in one query for a whole page of cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, TextChoices, Value
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.determination.models import (
    ClockAct,
    ClockChange,
    ClockReason,
    Decision,
    DeterminationFile,
    TraffickingStatus,
)
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.pathway.screening.models import Screening, ScreeningOutcome


class CaseStatus(TextChoices):
    """Where a person stands in the mechanism, as far as the officer's purposes open it."""

    ENCOUNTERED = "encountered", _("Encountered")
    PRESUMED = "presumed", _("Presumed victim")
    PAUSED = "paused", _("Paused at the person's wish")  # presumed still; the question waits
    REASONABLE_GROUNDS = "reasonable_grounds", _("Reasonable grounds")
    DECIDED = "decided", _("Decided")  # all that who referred the person is told
    RECOGNISED = "recognised", _("Recognised as victim")
    NOT_ESTABLISHED = "not_established", _("Not established")
    LOOK_AGAIN = "look_again", _("Asked to look again")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that happened: ``kind`` is encounter, screening, file or decision."""

    kind: str
    at: datetime
    details: dict[str, Any]


type Way = list[Step]


def paused_for(file: str) -> Subquery:
    """Return why the clock of a file was last let stand still, as far as that is open to us."""
    paused = ClockChange.objects.filter(file=OuterRef(file), act=ClockAct.PAUSED)
    return Subquery(paused.order_by("-changed_at", "-id").values("reason")[:1])


_ROWS: tuple[tuple[str, Any, str, dict[str, Any]], ...] = (
    ("encounter", Encounter, "met_at",
     {"place": "place_code", "needs": "urgent_needs", "consents": "consents_to_go_on",
      "was_alone": "was_alone"}),
    ("screening", Screening, "screened_at", {"outcome": "outcome", "profile": "profile"}),
    ("file", DeterminationFile, "opened_at",
     {"id": "id", "stage": "stage", "due_on": "due_on", "not_before": "not_before",
      "paused_at": "paused_at", "paused_for": paused_for("pk"),
      "asks_again": "asks_again_id", "closed_at": "closed_at"}),
    ("decision", Decision, "decided_at", {"id": "id", "status": "status"}),
)  # fmt: skip


def ways(case_numbers: Iterable[str]) -> dict[str, Way]:
    """Return the steps of each case, the oldest first, in one query.

    Row security leaves out what the officer's purposes do not open: a case of which nothing may
    be known here has no steps.
    """
    numbers = list(case_numbers)
    found: dict[str, Way] = {number: [] for number in numbers}
    parts = [_rows(numbers, *row) for row in _ROWS] if numbers else []
    rows = parts[0].union(*parts[1:], all=True).order_by() if parts else []
    for number, kind, at, details in rows:
        found[number].append(Step(kind=kind, at=at, details=details))
    for way in found.values():
        way.sort(key=lambda step: step.at)
    return found


def _rows(numbers: list[str], kind: str, model: Any, at: str, details: dict[str, Any]) -> Any:
    return (
        model.objects.filter(case_id__in=numbers)
        .order_by()
        .annotate(kind=Value(kind), happened=F(at), told=JSONObject(**details))
        .values_list("case_id", "kind", "happened", "told")
    )


def statuses(case_numbers: Iterable[str]) -> dict[str, CaseStatus | None]:
    """Return the status of each case, None where the officer may not know it; one query."""
    return {number: status_of(way) for number, way in ways(case_numbers).items()}


def status_of(way: Way) -> CaseStatus | None:
    """Return where the steps of a case have led; None without any."""
    if not way:
        return None
    files = [s for s in way if s.kind == "file"]
    asked = [s for s in files if s.details["closed_at"] is None]
    is_asked = bool(asked)
    decided = [s for s in way if s.kind == "decision"]
    if decided:
        looks_again = any(s.details["asks_again"] is not None for s in asked)
        return CaseStatus.LOOK_AGAIN if looks_again else _DECIDED[decided[-1].details["status"]]
    if any(_waits_at_wish(s) for s in asked):
        return CaseStatus.PAUSED
    if files:
        return CaseStatus.PRESUMED if is_asked else CaseStatus.DECIDED
    is_advised = any(s.details.get("outcome") == ScreeningOutcome.REFER for s in way)
    return CaseStatus.PRESUMED if is_advised else CaseStatus.ENCOUNTERED


def _waits_at_wish(file: Step) -> bool:
    at_wish = file.details["paused_for"] == ClockReason.PERSONS_WISH
    return file.details["paused_at"] is not None and at_wish


_DECIDED = {
    TraffickingStatus.REASONABLE_GROUNDS.value: CaseStatus.REASONABLE_GROUNDS,
    TraffickingStatus.RECOGNISED.value: CaseStatus.RECOGNISED,
    TraffickingStatus.NOT_ESTABLISHED.value: CaseStatus.NOT_ESTABLISHED,
}


def with_status(cases: QuerySet[Case], status: CaseStatus) -> QuerySet[Case]:
    """Return those of ``cases`` whose status is this one, by the same rules as ``status_of``."""
    decided = Decision.objects.filter(case=OuterRef("number"))
    newest = decided.order_by("-decided_at", "-id").values("status")[:1]
    file = DeterminationFile.objects.filter(case=OuterRef("number"))
    advised = Screening.objects.filter(case=OuterRef("number"), outcome=ScreeningOutcome.REFER)
    is_asked, is_decided = Exists(file.filter(closed_at=None)), Exists(decided)
    looks_again = Exists(file.filter(closed_at=None).exclude(asks_again=None))
    is_sent = is_asked | (Exists(advised) & ~Exists(file))
    paused = file.filter(closed_at=None).exclude(paused_at=None).annotate(why=paused_for("pk"))
    is_paused = Exists(paused.filter(why=ClockReason.PERSONS_WISH))
    met = Exists(Encounter.objects.filter(case=OuterRef("number")))
    if status is CaseStatus.LOOK_AGAIN:
        return cases.filter(is_decided, looks_again)
    if status is CaseStatus.PRESUMED:
        return cases.filter(~is_decided, ~is_paused, is_sent)
    if status is CaseStatus.PAUSED:
        return cases.filter(~is_decided, is_paused)
    if status is CaseStatus.ENCOUNTERED:
        return cases.filter(~is_decided, ~is_sent, ~Exists(file), met)
    if status is CaseStatus.DECIDED:
        return cases.filter(~is_decided, ~is_asked, Exists(file))
    word = next(word for word, meant in _DECIDED.items() if meant is status)
    return cases.annotate(newest=Subquery(newest)).filter(~looks_again, newest=word)
