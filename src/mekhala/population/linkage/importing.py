"""Taking an agency's file in batches: accepted rows sealed, others kept apart, none lost or twice.

Each batch is one transaction: its records, its rows kept apart and how far the file was read stand
together or not at all. A file that was stopped is known again by its keyed digest and goes on
after the last batch that stood.
"""

import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched, islice
from typing import Any

from django.db import IntegrityError, transaction

from mekhala.core.check_digit import new_number
from mekhala.core.cryptography import Use
from mekhala.core.matching.exact_keys import BETWEEN
from mekhala.core.matching.taking.files import Surveyed
from mekhala.core.matching.taking.judging import Judged
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import policies, records, tokens
from mekhala.population.linkage.errors import AlreadyTaken, TakenByAnother
from mekhala.population.linkage.models import AgencyList, Kept, KeptApart, Nesting, Stage
from mekhala.population.linkage.services import check_source
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit

BATCH = 5000  # rows of one transaction
USES = (
    Use(
        what="which record of a list is which, to take none twice", algorithm="HMAC-sha256",
        standard="RFC 2104", key_bits=256,
        lies="nowhere: asked of the key service for each import, one for each list name",
        owner="administrator of the key service", rotation="with the key of tokens for linkage",
    ),
)  # fmt: skip
type Told = Callable[[int, int], object]
type Clock = Callable[[], datetime]


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an agency says of its list beside its rows; None where it said nothing."""

    period_from: date | None = None
    period_until: date | None = None
    stage: str | None = None
    is_distinct: bool | None = None


def take_file(
    surveyed: Surveyed, source: str, said: Said, *, by: Any, clock: Clock, told: Told = max
) -> AgencyList:
    """Take every row of a surveyed file into the list ``source``; return it, complete.

    Begun before and stopped: goes on. ``told`` hears from which row on, and then how many rows of
    how many are done. Raises ``NotYourRole``, ``NoAgreement``, ``NamesNotAgreed``,
    ``AlreadyTaken``, ``TakenByAnother``, ``NoTokensNow``, ``CannotBeKeptNow`` (what was taken
    stays, and the next call goes on), ``WrongInput``.
    """
    _check_whose(surveyed, source)
    with acting_for(by.pk):
        taken, key = _begun(surveyed, source, said, by=by, at=clock())
    told(taken.rows_read, surveyed.rows)
    rest = islice(surveyed.judged(source), taken.rows_read, None)
    for batch in batched(rest, BATCH):
        with acting_for(by.pk):
            taken = take_batch(taken, batch, key)
        told(taken.rows_read, surveyed.rows)
    with acting_for(by.pk):
        return _completed(taken, surveyed.rows, by=by, at=clock())


def _check_whose(surveyed: Surveyed, source: str) -> None:
    """Refuse a file of which no row is of this list and some name another.

    The name was mistyped: taken so, every row would be kept apart, and a file is taken once. A
    file with a row of this list is seen by its first such row.
    """
    others = False
    for row in surveyed.judged(source):
        if row.record is not None:
            return
        others = others or row.reason == "other_list"
    if others:
        raise WrongInput(
            f"source: no row of this file is of the list {source!r}, its column source names "
            "others; expected the name that stands there"
        )


def take_tokens(
    rows: Iterator[tuple[int, dict[str, Any]]], digest: str, made_by: Mapping[str, Any],
    source: str, said: Said, *, by: Any, clock: Clock,
) -> AgencyList:  # fmt: skip
    """Take a file of tokens that ``mekhala encode`` made: records without a name, sealed too.

    ``rows`` are (row, {"record_id", "tokens"}) of one record each. Raises as ``take_file``.
    """
    with acting_for(by.pk):
        taken, key = _begin_or_go_on(
            digest, source, said, Kept.ENCODED, "", by=by, at=clock(), made_by=dict(made_by)
        )
    for batch in batched(islice(rows, taken.rows_read, None), BATCH):
        judged = [Judged(row, one) for row, one in batch]
        with acting_for(by.pk):
            taken = take_batch(taken, judged, key)
    with acting_for(by.pk):
        return _completed(taken, taken.rows_read, by=by, at=clock())


def take_pairs(
    rows: Iterator[tuple[int, dict[str, Any]]], digest: str, said_over: Mapping[str, Any],
    source: str, said: Said, *, by: Any, clock: Clock,
) -> AgencyList:  # fmt: skip
    """Take the pair numbers of a comparison an agency made at home: no name and no token.

    ``said_over`` and ``rows`` as ``pair_numbers.pair_records`` gives them, a record for each
    number. Ids of other lists are kept as the keyed digests their records lie under. Raises as
    ``take_file``.
    """
    with acting_for(by.pk):
        taken, key = _begin_or_go_on(
            digest, source, said, Kept.PAIRS, "", by=by, at=clock(), made_by=dict(said_over)
        )
        keys = _keys_of(said_over["compared"], by=by) | {source: key}
    for batch in batched(islice(rows, taken.rows_read, None), BATCH):
        judged = [Judged(row, _by_digest(one, keys)) for row, one in batch]
        with acting_for(by.pk):
            taken = take_batch(taken, judged, key)
    with acting_for(by.pk):
        return _completed(taken, taken.rows_read, by=by, at=clock())


def _keys_of(sources: Iterable[str], *, by: Any) -> dict[str, bytes]:
    """Return the key under which the record ids of each list are digested."""
    names = sorted(sources)
    for name in names:
        check_source(name)
    made = tokens.made([f"records{BETWEEN}{name}" for name in names], actor=f"officer:{by.pk}")
    return {name: bytes.fromhex(key) for name, key in zip(names, made, strict=True)}


def _by_digest(one: Mapping[str, Any], keys: Mapping[str, bytes]) -> dict[str, Any]:
    pairs = [[of, _digest(keys[of], record), chance] for of, record, chance in one["pairs"]]
    return {**one, "pairs": pairs}


def _digest(key: bytes, record_id: str) -> str:
    return hmac.digest(key, record_id.encode("utf-8", "surrogatepass"), "sha256").hex()


def _begun(
    surveyed: Surveyed, source: str, said: Said, *, by: Any, at: datetime
) -> tuple[AgencyList, bytes]:
    mapping = surveyed.table.mapping
    taken, key = _begin_or_go_on(
        surveyed.digest, source,
        Said(
            period_from=said.period_from, period_until=said.period_until,
            stage=said.stage or mapping.stage,
            is_distinct=mapping.distinct if said.is_distinct is None else said.is_distinct,
        ),
        Kept.RECORDS, mapping.text, by=by, at=at,
    )  # fmt: skip
    for outer in mapping.hands_on_to:
        if outer != source:
            Nesting.objects.get_or_create(
                inner=source, outer=outer, defaults={"declared_by": by, "declared_at": at}
            )
    return taken, key


@transaction.atomic
def _begin_or_go_on(
    digest: str, source: str, said: Said, kept: Kept, mapping: str, *, by: Any, at: datetime,
    **more: Any,
) -> tuple[AgencyList, bytes]:  # fmt: skip
    """Return the list a file belongs to, new or begun before, and the key of its digests."""
    policies.check_may_count(by)
    check_source(source)
    agreed = policies.check_names_agreed if kept == Kept.RECORDS else policies.check_agreed
    agreed(source, by=by, now=at)
    check_period(said.period_from, said.period_until)
    file, key = tokens.made(
        [f"file{BETWEEN}{digest}", f"records{BETWEEN}{source}"], actor=f"officer:{by.pk}"
    )
    found = AgencyList.objects.filter(file_digest=file).first()
    if found is None:
        found = _new(file, source, said, kept, mapping, at=at, **more)
        audit.record("linkage.list_begun", subject=found, by=by, at=at, kept=kept.value)
    elif found.completed_at or (found.source, found.kept) != (source, kept):
        raise AlreadyTaken
    elif found.mapping != mapping:
        raise WrongInput(
            f"mapping: this file was begun as list {found.pk} with another mapping; expected the "
            "same, so that its rows stay what they were"
        )
    return found, bytes.fromhex(key)


def _new(
    file: str, source: str, said: Said, kept: Kept, mapping: str, *, at: datetime, **more: Any
) -> AgencyList:
    try:
        with transaction.atomic():
            return AgencyList.objects.create(
                source=source, agency=Agency.objects.filter(code=source).first(),
                file_digest=file, records=0, without_key=0, imported_at=at, kept=kept,
                number=new_number("LR"), mapping=mapping, stage=said.stage or Stage.NONE,
                is_distinct=bool(said.is_distinct), period_from=said.period_from,
                period_until=said.period_until, **more,
            )  # fmt: skip
    except IntegrityError:
        raise TakenByAnother from None


@transaction.atomic
def take_batch(taken: AgencyList, rows: Sequence[Judged], key: bytes) -> AgencyList:
    """Keep some rows that follow those read before; return the list as it stands then.

    Raises ``TakenByAnother`` where somebody else read on meanwhile.
    """
    now = AgencyList.objects.select_for_update(of=("self",)).get(pk=taken.pk)
    if now.rows_read != taken.rows_read or now.completed_at or now.erased_at:
        raise TakenByAnother
    apart = [row for row in rows if row.record is None]
    good = [row for row in rows if row.record is not None]
    again = records.keep(now, [_sealable(row, key) for row in good])
    apart += [Judged(row.row, None, "duplicate", "record_id") for row in good if row.row in again]
    good = [row for row in good if row.row not in again]
    KeptApart.objects.bulk_create(
        KeptApart(agency_list=now, row=row.row, column=row.column, reason=row.reason)
        for row in apart
    )
    now.rows_read += len(rows)
    now.records += len(good)
    now.rows_apart += len(apart)
    _count(now, good)
    now.save()
    return now


def _sealable(row: Judged, key: bytes) -> records.Row:
    said = row.record or {}
    return records.Row(row=row.row, record=_digest(key, said["record_id"]), said=said)


def _count(taken: AgencyList, rows: Iterable[Judged]) -> None:
    """Add to the counts of a list: months, columns that are filled, cells read as unknown."""
    months, filled = Counter(taken.months), Counter(taken.filled)
    unread = {column: Counter(whys) for column, whys in taken.unread.items()}
    for row in rows:
        filled.update((row.record or {}).keys() - {"source", "tokens", "pairs"})
        if row.month:
            months[row.month] += 1
        for column, why in row.unread:
            unread.setdefault(column, Counter())[why] += 1
    taken.months, taken.filled = dict(sorted(months.items())), dict(filled)
    taken.unread = {column: dict(whys) for column, whys in unread.items()}


@transaction.atomic
def _completed(taken: AgencyList, rows: int, *, by: Any, at: datetime) -> AgencyList:
    """Complete a list of which every row is accounted for."""
    if taken.rows_read != rows or taken.records + taken.rows_apart != rows:
        raise TakenByAnother
    taken.completed_at = at
    taken.save(update_fields=["completed_at"])
    audit.record("linkage.list_taken", subject=taken, by=by, at=at, records=taken.records,
                 apart=taken.rows_apart)  # fmt: skip
    return taken


def check_period(first: date | None, last: date | None) -> None:
    """Refuse a period with one end, or that ends before it begins. Raises ``WrongInput``."""
    if (first is None) != (last is None):
        raise WrongInput("period: has one end; expected the first and the last day")
    if first and last and last < first:
        raise WrongInput(f"period: ends on {last}, before it begins on {first}")
