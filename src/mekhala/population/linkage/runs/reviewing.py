"""Acts of a review: naming who reviews, answering a pair, taking back, closing.

What one reviewer said is not shown to the other: the database hands out the next pair, counts the
answers and says when two agree; here nobody can look.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction
from psycopg.errors import InsufficientPrivilege, RaiseException, UniqueViolation

from mekhala.core.matching.records import Record
from mekhala.core.names.normal import digits, normal_text
from mekhala.population.linkage import policies as counting
from mekhala.population.linkage.models import (
    LinkageRun,
    ReviewAnswer,
    ReviewPair,
    RunReviewer,
    RunState,
    SaidOfPair,
)
from mekhala.population.linkage.run_models import NOTE
from mekhala.population.linkage.runs import errors, policies, queries
from mekhala.population.linkage.runs.opening import records_shown
from mekhala.population.linkage.runs.settling import settle
from mekhala.safeguards.audit import services as audit

NAMING = (
    "family_name", "given_name", "full_name", "name_km", "father_name", "mother_name", "place_text",
)  # fmt: skip
SHORTEST = 2  # letters of a word that may name somebody
PART = 4  # signs of a name written without spaces that are part of it
LONG_NUMBER = re.compile(r"\d[\d\s./-]{4,}\d")


@transaction.atomic
def name_reviewer(run: LinkageRun, officer: Any, *, by: Any, at: datetime) -> RunReviewer:
    """Let an officer read uncertain pairs of a run. Raises ``NobodyNamed``, ``NotYourRole``."""
    policies.check_may_name(officer, by=by)
    policies.check_in_review(run)
    try:
        with transaction.atomic():
            named = RunReviewer.objects.create(run=run, officer=officer, named_by=by, named_at=at)
    except IntegrityError:
        raise errors.NobodyNamed from None
    audit.record("linkage.reviewer_named", subject=run.number, by=by, at=at, officer=officer.pk)
    return named


@transaction.atomic
def end_reviewer(reviewer: RunReviewer, *, by: Any, at: datetime) -> None:
    """End an officer's reading of the pairs of a run; what she or he said stays."""
    counting.check_may_count(by)
    RunReviewer.objects.filter(pk=reviewer.pk, ended_at=None).update(ended_at=at)
    audit.record("linkage.reviewer_ended", subject=reviewer.run.number, by=by, at=at,
                 officer=reviewer.officer_id)  # fmt: skip


def answer(
    run: LinkageRun, review_pair: int, said: str, *, note: str = "", by: Any, at: datetime
) -> ReviewAnswer:
    """Keep what a reviewer says of a pair. Raises what ``errors`` says of an answer.

    A note that says a name or a number of the pair is refused: it stays when the names go.
    """
    if said not in SaidOfPair.values:
        raise errors.PairNotShown
    _check_note(note, review_pair, by=by)
    pair = ReviewPair(pk=review_pair, run=run)  # its row is read by nobody before the end
    given = ReviewAnswer(review_pair=pair, officer=by, said=said, note=note.strip(), at=at)
    with _decided_by_the_database():
        given.save(force_insert=True)
        audit.record("linkage.pair_answered", subject=run.number, by=by, at=at, pair=review_pair)
    return given


def undo(run: LinkageRun, *, by: Any, at: datetime) -> int:
    """Take back the reviewer's last answer of this run; return the pair, which comes again."""
    last = next(iter(queries.undoable(run)), None)
    if last is None:
        raise errors.TooLateToUndo
    found = ReviewAnswer.objects.filter(pk=last)
    with _decided_by_the_database():
        found.update(undone_at=at)
        pair = found.values_list("review_pair_id", flat=True).get()
        audit.record("linkage.answer_undone", subject=run.number, by=by, at=at, pair=pair)
    return int(pair)


@transaction.atomic
def close_review(run: LinkageRun, *, leave_rest: bool = False, by: Any, at: datetime) -> LinkageRun:
    """End the review of a run for good and let a worker settle its people.

    Raises ``ReviewNotFinished`` where pairs wait for an answer and are not to be left.
    """
    counting.check_may_count(by)
    found = LinkageRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    policies.check_in_review(found)
    progress = queries.progress_of(found)
    if progress.settled < progress.pairs and not leave_rest:
        raise errors.ReviewNotFinished
    found.state, found.review_closed_at = RunState.SETTLING, at
    found.save(update_fields=["state", "review_closed_at"])
    audit.record("linkage.review_closed", subject=run.number, by=by, at=at,
                 pairs=progress.pairs, settled=progress.settled)  # fmt: skip
    transaction.on_commit(lambda: settle.enqueue(found.pk))
    return found


@contextmanager
def _decided_by_the_database() -> Iterator[None]:
    """Do one act whole or not at all, and say the database's refusal in words."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        cause = error.__cause__
        if isinstance(cause, UniqueViolation):
            raise errors.AnsweredMeanwhile from None
        if isinstance(cause, RaiseException):
            raise errors.BY_CODE[cause.diag.message_primary or ""] from None
        if isinstance(cause, InsufficientPrivilege):
            raise errors.NotReviewer from None
        raise


def _check_note(note: str, review_pair: int, *, by: Any) -> None:
    if not note.strip():
        return
    if len(note) > NOTE:
        raise errors.NamesInNote
    shown = records_shown(queries.shown_with(review_pair, by=by), by=by)
    if names_in(note, [record for _source, record in shown if record]):
        raise errors.NamesInNote


def names_in(note: str, records: Collection[Record]) -> bool:
    """Return whether a note says a word of a name or place of these records, or a long number."""
    if LONG_NUMBER.search(digits(note)):
        return True
    named = {
        word
        for record in records
        for column in NAMING
        for word in (normal_text(record[column]) or "").split()
        if len(word) >= SHORTEST
    }
    words = (normal_text(note) or "").split()
    return bool(named & set(words)) or any(
        _said_within(word, name) for word in words for name in named if not name.isascii()
    )


def _said_within(word: str, name: str) -> bool:
    """Whether a part of a name is said in a script that is written without spaces."""
    parts = {name[at : at + PART] for at in range(max(1, len(name) - PART + 1))}
    return (not word.isascii() and len(word) >= SHORTEST and word in name) or any(
        part in word for part in parts
    )
