"""The lists of questions an officer of the authority works through, each with its clock."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mekhala.pathway.determination import queries
from mekhala.pathway.determination.models import Stage
from mekhala.pathway.determination.way import paused_for
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework import clocks
from mekhala.web.casework.cases.work import Task

SOON = timedelta(days=7)
COLUMNS = ("case_id", "stage", "due_on", "not_before", "paused_at", "why_paused", "since", "id")


READ = _lazy("Read the file")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One list: which questions are on it, in which order, and what it says when empty."""

    title: Any
    empty: Any
    files: Callable[[Officer, datetime], QuerySet[Any]]
    asked: Any = READ
    since: str = "opened_at"
    first: str = "due_on"


def _today(at: datetime) -> date:
    return clocks.today_of(at)


def _of_stage(stage: Stage) -> Callable[[Officer, datetime], QuerySet[Any]]:
    """Return how to find what is to be read at a stage for the first or the second time."""

    def found(officer: Officer, at: datetime) -> QuerySet[Any]:
        further = queries.files_for_a_further_reader(officer, at=at).order_by()
        to_read = queries.files_to_read(officer, at=at).filter(stage=stage, asks_again=None)
        return to_read.exclude(pk__in=further.values("pk"))

    return found


KINDS: dict[str, Kind] = {
    "reasonable-grounds": Kind(
        title=_lazy("To read: reasonable grounds"), files=_of_stage(Stage.REASONABLE_GROUNDS),
        empty=_lazy("No file waits for your reading at this stage."),
    ),
    "conclusive-grounds": Kind(
        title=_lazy("To read: conclusive grounds"), files=_of_stage(Stage.CONCLUSIVE_GROUNDS),
        empty=_lazy("No file waits for your reading at this stage."),
    ),
    "further-reader": Kind(
        title=_lazy("A further reader is needed"),
        files=lambda officer, at: queries.files_for_a_further_reader(officer, at=at),
        empty=_lazy("No question waits for a further reader."),
    ),
    "again": Kind(
        title=_lazy("Reconsiderations"), asked=_lazy("Look again"),
        files=lambda officer, at: queries.files_asked_again(officer),  # noqa: ARG005
        empty=_lazy("Nobody has asked that a decision be looked at again by you."),
    ),
    "waiting": Kind(
        title=_lazy("Waiting for facts"), asked=_lazy("A fact is asked for"),
        files=lambda officer, at: queries.files_waiting_for_facts(),  # noqa: ARG005
        since="asked_at", first="since", empty=_lazy("No file waits for a fact."),
    ),
    "overdue": Kind(
        title=_lazy("Overdue"), asked=_lazy("Not decided in time"),
        files=lambda officer, at: queries.files_overdue(today=_today(at)),  # noqa: ARG005
        empty=_lazy("No file is overdue."),
    ),
    "recovering": Kind(
        title=_lazy("Time to recover ending within 7 days"), asked=_lazy("Can soon be read"),
        files=lambda officer, at: queries.files_recovering(today=_today(at)).filter(  # noqa: ARG005
            not_before__lte=_today(at) + SOON
        ),
        first="not_before", empty=_lazy("No time to recover ends within 7 days."),
    ),
    "paused": Kind(
        title=_lazy("Paused"), asked=_lazy("The clock stands still"),
        files=lambda officer, at: queries.files_paused(),  # noqa: ARG005
        since="paused_at", first="since", empty=_lazy("No clock stands still."),
    ),
}  # fmt: skip


def rows_of(which: str, officer: Officer, *, now: datetime) -> QuerySet[Any, Any]:
    """Return the rows of one list, in its order."""
    kind = KINDS[which]
    files = kind.files(officer, now).annotate(
        which=Value(which, CharField()), since=F(kind.since), why_paused=paused_for("pk")
    )
    return files.values("which", *COLUMNS)


def first_rows(
    kinds: Iterable[str], officer: Officer, *, now: datetime, most: int
) -> dict[str, list[dict[str, Any]]]:
    """Return up to ``most`` rows of each list, in one query for all of them."""
    found: dict[str, list[dict[str, Any]]] = {which: [] for which in kinds}
    parts = [rows_of(which, officer, now=now)[:most] for which in found]
    for row in parts[0].union(*parts[1:], all=True):
        found[row["which"]].append(row)
    for which, rows in found.items():
        rows.sort(key=lambda row, first=KINDS[which].first: (row[first], row["id"]))  # type: ignore[misc]
    return found


def task_of(row: dict[str, Any], *, today: date) -> Task:
    """Return one row in words: never a name, never what anybody answered."""
    words, kind = clocks.of_question(
        due_on=row["due_on"], not_before=row["not_before"],
        is_paused=row["paused_at"] is not None, paused_for=row["why_paused"], today=today,
    )  # fmt: skip
    asked = {"what": KINDS[row["which"]].asked, "stage": Stage(row["stage"]).label}
    return Task(
        number=row["case_id"], href=reverse("determination:decision", args=[row["case_id"]]),
        asked=_("%(what)s: %(stage)s") % asked, clock=words, clock_kind=kind, since=row["since"],
    )  # fmt: skip
