"""Taking agencies' lists without names, joining them, taking the register as counts."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mekhala.core.matching.exact_keys import BETWEEN, Entry, Turn, overlaps, tokens_of
from mekhala.core.matching.exact_keys import join as clusters_of
from mekhala.core.matching.records import Record, read_records
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import policies, tokens
from mekhala.population.linkage.errors import AlreadyTaken, TooFewLists
from mekhala.population.linkage.models import AgencyList, ListEntry, OverlapTable
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit

AT_ONCE = 5000  # rows written with one statement


@transaction.atomic
def take_list(text: str, file_name: str, source: str, *, by: Any, at: datetime) -> AgencyList:
    """Take the records of one agency's list: whole file or nothing, and no name is kept.

    ``text`` is CSV with the columns of ``core.matching.records.COLUMNS``. Of each record only
    keyed tokens and a keyed digest of its id remain. Raises ``WrongInput`` naming row and
    column, ``AlreadyTaken`` for a file taken before, ``NoAgreement`` where the agency of the list
    has no agreement in force that names it, ``NoTokensNow``, ``TooManyTokens``.
    """
    policies.check_may_count(by)
    check_source(source)
    policies.check_agreed(source, by=by, now=at)
    records = read_records(text, file_name)
    _check_one_source(records, source, file_name)
    turn = partial(tokens.made, actor=f"officer:{by.pk}")
    entries = _entries(records, turn)
    (file,) = turn([f"file{BETWEEN}{hashlib.sha256(text.encode()).hexdigest()}"])
    taken = _new_list(file, source, entries, at)
    for entry in entries:
        entry.agency_list = taken
    ListEntry.objects.bulk_create(entries, batch_size=AT_ONCE)
    audit.record("linkage.list_taken", subject=taken, by=by, at=at, records=len(entries))
    return taken


@transaction.atomic
def join(*, by: Any, at: datetime) -> OverlapTable:
    """Join all lists by exact agreement on a token; number the people; keep the overlaps.

    Two files of one list may hold the same record: it stays one record. Raises ``TooFewLists``
    below two lists.
    """
    policies.check_may_count(by)
    ids, entries = _all_entries()
    if len({entry.source for entry in entries}) < 2:
        raise TooFewLists
    clusters = clusters_of(entries)
    _write_people(
        (ids[record_id], number)
        for number, cluster in enumerate(clusters, start=1)
        for _, record_id in cluster.records
    )
    counted = overlaps(clusters)
    rows = [[*h, n] for h, n in zip(counted.histories, counted.counts, strict=True)]
    table = OverlapTable.objects.create(
        made_at=at, lists=list(counted.lists), rows=rows,
        records=len(entries), people=counted.observed,
    )  # fmt: skip
    audit.record("linkage.lists_joined", subject=table, by=by, at=at, lists=list(counted.lists))
    return table


@transaction.atomic
def take_register(from_year: int, to_year: int, *, by: Any, at: datetime) -> int:
    """Take the register of these years as bands without numbers; return how many people.

    What was taken of the same years before is replaced. ``by`` is None for the yearly job.
    """
    if by is not None:
        policies.check_may_count(by)
    this_year = timezone.localdate(at).year
    if not 1990 <= from_year <= to_year <= this_year:
        raise WrongInput(
            f"years: {from_year} to {to_year} is not a span from 1990 to {this_year}; "
            "expected the earlier year first"
        )
    with connection.cursor() as cursor:
        cursor.execute("select linkage_take_register(%s, %s)", [from_year, to_year])
        taken = int(cursor.fetchone()[0])
    years = f"{from_year}-{to_year}"
    audit.record("linkage.register_taken", subject=years, by=by, at=at, people=taken)
    return taken


def check_source(source: str) -> None:
    """Refuse a name that cannot head a column of an overlap table. Raises ``WrongInput``."""
    plain = source.replace("-", "").replace("_", "")
    if not (plain.isascii() and plain.isalnum() and len(source) <= 40):
        raise WrongInput(
            f"source: {source!r} is not a list name; expected up to 40 letters, digits, - or _"
        )
    if source.lower() == "count":
        raise WrongInput("source: 'count' names a column of overlap tables; expected another name")


def _check_one_source(records: Sequence[Record], source: str, file_name: str) -> None:
    """Refuse a file with records of another list, naming the first: nothing is left out unsaid."""
    for number, record in enumerate(records, start=2):
        if record["source"] != source:
            raise WrongInput(
                f"{file_name}: row {number}, column source: {record['source']!r} is not "
                f"{source!r}; expected one list in one file"
            )


def _entries(records: Sequence[Record], turn: Turn) -> list[ListEntry]:
    """Return what remains of records: keyed, so that whoever reads it cannot try names or ids."""
    ids = [f"record{BETWEEN}{r['source']}{BETWEEN}{r['record_id']}" for r in records]
    found = zip(turn(ids) if ids else [], tokens_of(records, turn), strict=True)
    return [ListEntry(record=record, tokens=sorted(made)) for record, made in found]


def _new_list(file: str, source: str, entries: Sequence[ListEntry], at: datetime) -> AgencyList:
    try:
        with transaction.atomic():
            return AgencyList.objects.create(
                source=source, agency=Agency.objects.filter(code=source).first(),
                file_digest=file, records=len(entries),
                without_key=sum(not entry.tokens for entry in entries), imported_at=at,
                completed_at=at, rows_read=len(entries),
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyTaken from None


def _all_entries() -> tuple[dict[str, int], list[Entry]]:
    """Every record of every list, each file's apart; its digest is one more thing to agree on."""
    complete = ListEntry.objects.exclude(agency_list__completed_at=None)
    rows = complete.values_list("id", "agency_list__source", "record", "tokens")
    ids: dict[str, int] = {}
    entries = []
    for entry_id, source, record, made in rows.iterator(chunk_size=AT_ONCE):
        name = f"{entry_id:012d}"
        ids[name] = entry_id
        entries.append(Entry(record_id=name, source=source, tokens=frozenset([*made, record])))
    return ids, entries


def _write_people(joined: Iterable[tuple[int, int]]) -> None:
    entries, people = zip(*joined, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "update linkage_listentry e set person = j.person"
            " from unnest(%s::bigint[], %s::int[]) as j(id, person) where e.id = j.id",
            [list(entries), list(people)],
        )
