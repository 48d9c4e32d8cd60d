"""Questions about runs and their review; nothing changes but what is noted as shown."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import ProgrammingError, connection, transaction
from django.db.models import QuerySet
from psycopg.errors import InsufficientPrivilege

from mekhala.core.matching.records import Record
from mekhala.population.linkage.models import (
    AgencyList,
    Kept,
    LinkageRun,
    RecordShown,
    RunReviewer,
    RunState,
    Settlement,
)
from mekhala.population.linkage.runs import errors, policies
from mekhala.population.linkage.runs.opening import records_shown
from mekhala.population.linkage.runs.working import QUIET

NOT_NAMED = "not_named"


@dataclass(frozen=True, kw_only=True)
class Next:
    """The pair to be read now, or why there is none: ``none``, ``enough``, ``closed``."""

    review_pair: int | None
    records: tuple[int, int] | None
    levels: list[dict[str, Any]]
    pairs: int
    mine: int
    undoable: int
    refused: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The records of a pair and the list of each; a record is None where it cannot be read."""

    records: tuple[Record | None, Record | None]
    sources: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many pairs are to be reviewed, are settled, and wait for a third reader."""

    pairs: int
    settled: int
    third: int


def runs() -> QuerySet[LinkageRun]:
    """Return all runs, the latest first."""
    return LinkageRun.objects.select_related("asked_by", "repeats")


def lists_to_link() -> QuerySet[AgencyList]:
    """Return the lists whose records, or whose agencies' tokens, can be linked."""
    found = AgencyList.objects.exclude(kept=Kept.TOKENS).filter(
        completed_at__isnull=False, erased_at=None
    )
    return found.select_related("agency")


def waiting() -> QuerySet[LinkageRun]:
    """Return the runs nobody has worked on, the oldest first."""
    return LinkageRun.objects.filter(state=RunState.WAITING).order_by("asked_at", "id")


def broken_off(*, now: datetime) -> QuerySet[LinkageRun]:
    """Return the runs whose worker gave no sign of life for a while."""
    return LinkageRun.objects.filter(state=RunState.RUNNING, told_at__lt=now - QUIET)


def to_settle() -> QuerySet[LinkageRun]:
    """Return the runs whose review is closed and whose people are not settled yet."""
    return LinkageRun.objects.filter(state=RunState.SETTLING).order_by("review_closed_at")


def runs_to_review(officer: Any) -> QuerySet[LinkageRun]:
    """Return the runs in review for which the officer is named."""
    return _named_for(officer).filter(state=RunState.REVIEW)


def runs_reviewed(officer: Any) -> QuerySet[LinkageRun]:
    """Return the settled runs for which the officer is named, the latest first."""
    return _named_for(officer).filter(state=RunState.SETTLED)


def _named_for(officer: Any) -> QuerySet[LinkageRun]:
    if not policies.may_review_at_all(officer):
        return LinkageRun.objects.none()
    return LinkageRun.objects.filter(reviewers__officer=officer, reviewers__ended_at=None)


def reviewers_of(run: LinkageRun) -> QuerySet[RunReviewer]:
    """Return who reviews a run, and who did."""
    return RunReviewer.objects.filter(run=run).select_related("officer__agency")


def came_out_the_same(run: LinkageRun) -> bool | None:
    """Return whether a repeat gave the same pairs and people; None for what repeats nothing."""
    if run.repeats is None or not run.result_hash:
        return None
    return run.result_hash == run.repeats.result_hash


def progress_of(run: LinkageRun) -> Progress:
    """Return how far the review is: counts only, whoever asks."""
    (row,) = _asked("select * from linkage_review_progress(%s)", run.pk)
    return Progress(pairs=row[0], settled=row[1], third=row[2])


def next_pair(run: LinkageRun) -> Next:
    """Return the pair the acting reviewer is to read now; it is noted as shown to her or him.

    Raises ``NotReviewer`` for whom no statistician named.
    """
    (row,) = _rows("select * from linkage_review_next(%s)", run.pk)
    pair, left, right, levels, pairs, _settled, mine, undoable, refused = row
    if refused == NOT_NAMED:
        raise errors.NotReviewer
    return Next(
        review_pair=pair, records=(left, right) if pair else None, levels=_json(levels),
        pairs=pairs, mine=mine, undoable=len(undoable), refused=refused or "",
    )  # fmt: skip


def undoable(run: LinkageRun) -> list[int]:
    """Return which answers of the acting reviewer may be taken back, the last one first."""
    (row,) = _asked("select undoable from linkage_review_mine(%s)", run.pk)
    return list(row[0])


def shown_with(review_pair: int, *, by: Any) -> list[int]:
    """Return the records of a pair that was shown to the officer."""
    found = RecordShown.objects.filter(review_pair_id=review_pair, officer=by)
    return list(found.order_by("record").values_list("record", flat=True).distinct())


def shown_pair(record_ids: tuple[int, int], *, by: Any) -> Shown:
    """Return the two records that were shown to the acting officer, each None if not readable."""
    left, right = records_shown(record_ids, by=by)
    return Shown(records=(left[1], right[1]), sources=(left[0], right[0]))


def is_reviewer(run: LinkageRun, officer: Any) -> bool:
    """Return whether a statistician named the officer for the run, and that has not ended."""
    return _named_for(officer).filter(pk=run.pk).exists()


def last_settlement() -> Settlement | None:
    """Return what came of the run that was settled last, None before the first."""
    return Settlement.objects.select_related("run").order_by("-at", "-pk").first()


def person_shown(run: LinkageRun, person: int) -> list[tuple[int, str]]:
    """Return (record, source) of a settled person by source, noted as shown to the reviewer.

    Empty where there is no such person, or as many records were shown as in a day's work.
    """
    shown = _asked("select * from linkage_show_person(%s, %s)", run.pk, person)
    return sorted(((record, source) for record, source in shown), key=lambda row: (row[1], row[0]))


def people_of(run: LinkageRun, *, start: int, count: int) -> list[tuple[int, list[str]]]:
    """Return settled people with several records: (person, the list of each record), a page."""
    return _asked(
        """select r.person, array_agg(r.source::text order by r.source) from linkage_settledrecord r
        join linkage_settlement t on t.id = r.settlement_id where t.run_id = %s
        group by r.person having count(*) > 1 order by r.person offset %s limit %s""",
        run.pk, start, count,
    )  # fmt: skip


def _asked(statement: str, *values: int) -> list[Any]:
    """Ask one of the database's own functions; whom it refuses is not named for the run."""
    try:
        with transaction.atomic():
            return _rows(statement, *values)
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        raise errors.NotReviewer from None


def _rows(statement: str, *values: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value or []
