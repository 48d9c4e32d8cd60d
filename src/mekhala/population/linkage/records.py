"""Sealed records of lists: sealed in bulk with one key a batch, opened for a linkage run or review.

A list's records lie under the list's own number, so that throwing its keys away ends them all.
Whoever opens a list is noted in ``ListOpening``, which row security reads, and in the log: one
entry for all the lists of a run, with how many records of each.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from mekhala.core.matching.records import COLUMNS, Record
from mekhala.population.linkage import policies
from mekhala.population.linkage.errors import ListNotReady, RecordsGone
from mekhala.population.linkage.models import AgencyList, Kept, ListOpening, ListRecord
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity import datakeys, narrative
from mekhala.safeguards.identity.errors import NOT_OPENED, NameNotShown, WordsDamaged
from mekhala.safeguards.identity.models import DESTROYED, DataKey
from mekhala.safeguards.identity.sealing import DoesNotOpen, number_of

OPEN_FOR = timedelta(hours=12)  # a run, or a day's review; the database allows a day at most
AT_ONCE = 5000
SAID = ListRecord._meta.get_field("said")
TABLE = ListRecord._meta.db_table


@dataclass(frozen=True, kw_only=True)
class Row:
    """One accepted row of a file: its number, the digest of its record, what is kept of it."""

    row: int
    record: str
    said: Mapping[str, Any]


def keep(taken: AgencyList, rows: Sequence[Row]) -> set[int]:
    """Seal rows under the list's number and keep them; return those that were there before.

    One new data key seals them all: one request to the key service, whatever their number.
    Raises ``CannotBeKeptNow``; the database refuses a list that is complete.
    """
    if not rows:
        return set()
    now = narrative.writing_key(taken.number)
    sealed = [
        narrative.seal(now.key, now.number, SAID.written(one.said), _place(taken, one.row))  # type: ignore[attr-defined]
        for one in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "select linkage_keep_records(%s, %s, %s, %s)",
            [taken.pk, [r.row for r in rows], [r.record for r in rows], sealed],
        )
        return set(cursor.fetchone()[0])


@transaction.atomic
def open_lists(list_ids: Collection[int], *, by: Any, at: datetime) -> list[AgencyList]:
    """Open the sealed records of these lists to a statistician for twelve hours; one log entry.

    Raises ``NotYourRole``, ``NoAgreement`` where one of the lists has none in force any more,
    ``ListNotReady`` for one that is not complete or keeps no records, ``RecordsGone``.
    """
    policies.check_may_count(by)
    lists = list(AgencyList.objects.filter(pk__in=list_ids).order_by("pk"))
    if len(lists) != len(set(list_ids)):
        raise ListNotReady
    for one in lists:
        check_sealed(one)
        named = one.kept == Kept.RECORDS
        agreed = policies.check_names_agreed if named else policies.check_agreed
        agreed(one.source, by=by, now=at)
    ListOpening.objects.bulk_create(
        ListOpening(agency_list=one, officer=by, opened_at=at, until=at + OPEN_FOR) for one in lists
    )
    counts = {str(one.pk): one.records for one in lists}
    audit.record("linkage.records_opened", subject="", by=by, at=at, records=counts)
    return lists


def records_of(list_ids: Collection[int], *, by: Any, at: datetime) -> Iterator[tuple[int, Record]]:
    """Open these lists and return ``(ListRecord id, record)`` of every record, in order of ids.

    Each record has every one of ``records.COLUMNS``, "" where nothing is known. Read in pieces:
    memory does not grow with the lists. Raises as ``open_lists``, and ``WordsNotOpened`` where
    the key service gives no key.
    """
    lists = open_lists(list_ids, by=by, at=at)
    numbers = {one.pk: one.number for one in lists if one.kept == Kept.RECORDS}
    keys = {pk: _keys(number, by=by) for pk, number in numbers.items()}
    found = ListRecord.objects.filter(agency_list__in=list(numbers)).order_by("pk")
    rows = found.values_list("pk", "agency_list_id", "row", "said").iterator(chunk_size=AT_ONCE)
    return (
        (pk, _record(_opened(keys[of_list], lies, numbers[of_list], of_list, row)))
        for pk, of_list, row, lies in rows
    )


def records_with(record_ids: Collection[int], *, by: Any) -> dict[int, Record]:
    """Return some records by id, of lists that are open to the officer now; others are not there.

    For a review page, which shows two at a time: it notes its own look. Raises as ``records_of``.
    """
    policies.check_may_count(by)
    found = ListRecord.objects.filter(pk__in=record_ids).order_by("pk")
    rows = list(found.values_list("pk", "agency_list_id", "agency_list__number", "row", "said"))
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for _pk, _list, number, _row, lies in rows:
        wanted[number].add(number_of(lies))
    keys = {number: _keys(number, by=by, only=only) for number, only in wanted.items()}
    return {
        pk: _record(_opened(keys[number], lies, number, of_list, row))
        for pk, of_list, number, row, lies in rows
    }


def tokens_of(taken: AgencyList, *, by: Any, at: datetime) -> Iterator[tuple[int, dict[str, Any]]]:
    """Return ``(ListRecord id, {"record_id", "tokens": [[block, bits], …]})`` of an encoded list.

    Of a list of pair numbers ``{"record_id", "pairs": [[source, digest, probability], …]}``. Raises
    as ``records_of``.
    """
    open_lists([taken.pk], by=by, at=at)
    keys = _keys(taken.number, by=by)
    rows = ListRecord.objects.filter(agency_list=taken).order_by("pk")
    found = rows.values_list("pk", "row", "said").iterator(chunk_size=AT_ONCE)
    return ((pk, _opened(keys, lies, taken.number, taken.pk, row)) for pk, row, lies in found)


def check_sealed(one: AgencyList) -> None:
    """Refuse a list whose sealed records cannot be read: not complete, tokens only, gone."""
    if one.erased_at:
        raise RecordsGone
    if one.completed_at is None or one.kept == Kept.TOKENS:
        raise ListNotReady


def _keys(number: str, *, by: Any, only: Iterable[int] | None = None) -> dict[int, bytes]:
    """Return the data keys of a list by number: one request for up to 2,000 of them."""
    rows = DataKey.objects.filter(subject=number).order_by("number")
    found = list(rows if only is None else rows.filter(number__in=list(only)))
    if not found:
        return {}
    if any(row.form == DESTROYED for row in found):
        raise RecordsGone
    try:
        return datakeys.unwrapped(found, actor=f"officer:{by.pk}", purpose="linkage")
    except NameNotShown as refusal:
        raise NOT_OPENED.get(refusal.code, WordsDamaged) from None


def _opened(keys: dict[int, bytes], lies: bytes, number: str, of_list: int, row: int) -> Any:
    place = narrative.Place(TABLE, number, "said", (str(of_list), str(row)))
    try:
        return SAID.read(narrative.open_with(keys, bytes(lies), place))  # type: ignore[attr-defined]
    except DoesNotOpen:
        raise WordsDamaged from None


def _place(taken: AgencyList, row: int) -> narrative.Place:
    return narrative.Place(TABLE, taken.number, "said", (str(taken.pk), str(row)))


def _record(said: Mapping[str, str]) -> Record:
    return {column: said.get(column, "") for column in COLUMNS}
