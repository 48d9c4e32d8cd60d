"""API: agencies' lists as they are taken: rows accepted and kept apart, who reported, who did not.

What a row said never comes back: numbers of rows, columns and reasons do.
"""

import io
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from mekhala.core.matching.mapping import ColumnMapping, read_mapping, same_names, shipped
from mekhala.core.matching.taking.files import Given, digest_of, found_table, survey
from mekhala.core.matching.taking.judging import REASONS, WHAT_TO_DO
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import importing, policies, queries
from mekhala.population.linkage.models import AgencyList, Stage
from mekhala.population.linkage.sources import Source, sources
from mekhala.web.exchange.kinds import Strict

router = Router(tags=["linkage"])
PAGE = 1000  # rows kept apart of one answer


class RecordsIn(Strict):
    """A list with its records, as the text of a CSV file, and what the agency says of it.

    ``mapping``: one that comes with Mekhala, by name, or a mapping as TOML; null: as it was kept
    for this list, else by our own column names.
    """

    source: str = Field(max_length=40)
    file_name: str = Field("list.csv", max_length=200)
    csv: str
    mapping: str | None = Field(None, max_length=200_000)
    period_from: date | None = None
    period_until: date | None = None
    stage: Stage | None = None
    is_distinct: bool | None = None


class TokensIn(Strict):
    """A list as the tokens its agency made: the text that ``mekhala encode`` wrote."""

    source: str = Field(max_length=40)
    file_name: str = Field("list.tokens", max_length=200)
    tokens: str
    period_from: date | None = None
    period_until: date | None = None
    stage: Stage | None = None
    is_distinct: bool | None = None


class PairsIn(Strict):
    """A list as pair numbers alone, of a comparison its agency made at home: the text that
    ``mekhala link --numbers-of`` wrote.
    """

    source: str = Field(max_length=40)
    file_name: str = Field("pair_numbers.csv", max_length=200)
    pairs: str
    period_from: date | None = None
    period_until: date | None = None
    stage: Stage | None = None
    is_distinct: bool | None = None


class TakenOut(Schema):
    """A list: every row of its file was accepted or kept apart, with how many for which reason."""

    id: int
    source: str
    kept: str
    rows: int
    records: int
    kept_apart: int
    reasons: dict[str, int]
    unread: dict[str, dict[str, int]]
    stage: str
    is_distinct: bool
    months_covered: int | None
    months: int | None
    taken_at: datetime
    is_complete: bool


class ApartOut(Schema):
    """A row that was kept apart: which, in which column, why, and what its agency can do."""

    row: int
    column: str
    reason: str
    what_is_wrong: str
    what_to_do: str


class ListSourceOut(Schema):
    """A list by name: taken or only agreed on. ``files`` 0: it never reported, which is a gap.

    ``records`` are those of all files: a record that was sent again counts in each; a linkage run
    takes it once where both files say the same of it.
    """

    name: str
    agency: str | None
    is_agreed: bool | None
    files: int
    records: int | None
    kept_apart: int | None
    last_at: datetime | None
    is_waiting: bool
    months_covered: int | None
    months: int | None
    months_missing: list[str]
    stage: str
    is_distinct: bool
    handed_on_to: list[str]


@router.post("/linkage/lists/records", response={201: TakenOut})
def take_records(request: HttpRequest, given: RecordsIn) -> Status:
    """Take every row of a list; the same file sent again after it was cut off goes on."""
    policies.check_may_count(request.user)
    file = _given(given.csv, given.file_name)
    surveyed = survey(found_table(file, _mapping(given.mapping, given.source)))
    taken = importing.take_file(
        surveyed, given.source, _said(given), by=request.user, clock=timezone.now
    )
    return Status(201, _taken(taken))


@router.post("/linkage/lists/tokens", response={201: TakenOut})
def take_tokens(request: HttpRequest, given: TokensIn) -> Status:
    """Take a list of tokens, without a name in it."""
    policies.check_may_count(request.user)
    file = _given(given.tokens, given.file_name)
    for _row in _rows(file, given.source)[1]:  # every row is whole before one is kept
        pass
    made_by, rows = _rows(file, given.source)
    taken = importing.take_tokens(
        rows, digest_of(file), made_by, given.source, _said(given), by=request.user,
        clock=timezone.now,
    )  # fmt: skip
    return Status(201, _taken(taken))


@router.post("/linkage/lists/pairs", response={201: TakenOut})
def take_pairs(request: HttpRequest, given: PairsIn) -> Status:
    """Take the pair numbers of a comparison an agency made at home."""
    from mekhala.core.matching.encoding.pair_numbers import pair_records  # numpy: when asked

    policies.check_may_count(request.user)
    file = _given(given.pairs, given.file_name)
    said_over, rows = pair_records(file.open(), file.name, given.source)
    taken = importing.take_pairs(
        rows, digest_of(file), said_over, given.source, _said(given), by=request.user,
        clock=timezone.now,
    )  # fmt: skip
    return Status(201, _taken(taken))


@router.get("/linkage/lists/{int:list_id}", response=TakenOut)
def one(request: HttpRequest, list_id: int) -> TakenOut:
    """Return what became of the rows of one list."""
    policies.check_may_count(request.user)
    return _taken(get_object_or_404(AgencyList, pk=list_id))


@router.get("/linkage/lists/{int:list_id}/apart", response=list[ApartOut])
def apart(request: HttpRequest, list_id: int, after: int = 0) -> list[ApartOut]:
    """Return up to a thousand rows kept apart, those ``after`` a row number."""
    policies.check_may_count(request.user)
    taken = get_object_or_404(AgencyList, pk=list_id)
    found = queries.rows_apart(taken).filter(row__gt=after)[:PAGE]
    return [
        ApartOut(row=r.row, column=r.column, reason=r.reason,
                 what_is_wrong=REASONS.get(r.reason, r.reason),
                 what_to_do=WHAT_TO_DO.get(r.reason, ""))
        for r in found
    ]  # fmt: skip


@router.get("/linkage/sources", response=list[ListSourceOut])
def who_reported(request: HttpRequest) -> list[ListSourceOut]:
    """Return every list that was taken or is agreed on; who did not report is there with none."""
    policies.check_may_count(request.user)
    return [_source(found) for found in sources(now=timezone.now())]


def _source(found: Source) -> ListSourceOut:
    reported = found.files > 0
    return ListSourceOut(
        name=found.name, agency=found.agency.code if found.agency else None,
        is_agreed=found.is_agreed, files=found.files,
        records=found.records if reported else None,
        kept_apart=found.apart if reported else None, last_at=found.last_at,
        is_waiting=found.is_waiting, months_covered=found.covered, months=found.months,
        months_missing=list(found.missing), stage=found.stage, is_distinct=found.is_distinct,
        handed_on_to=list(found.handed_on_to),
    )  # fmt: skip


def _given(text: str, name: str) -> Given:
    raw = text.encode("utf-8", "surrogatepass")
    return Given(open=lambda: io.BytesIO(raw), name=name)


def _rows(file: Given, source: str) -> Any:
    from mekhala.core.matching.encoding.token_rows import token_records  # numpy: only when asked

    return token_records(file.open(), file.name, source)


def _mapping(said: str | None, source: str) -> ColumnMapping:
    if said is None:
        kept = queries.mapping_kept(source)
        return read_mapping(kept, "mapping") if kept else shipped().get(source, same_names())
    known = shipped()
    if said in known:
        return known[said]
    if "=" not in said:
        raise WrongInput(f"mapping: {said[:40]!r} is none of {', '.join(known)}, nor TOML")
    return read_mapping(said, "mapping")


def _said(given: RecordsIn | TokensIn | PairsIn) -> importing.Said:
    return importing.Said(
        period_from=given.period_from, period_until=given.period_until,
        stage=given.stage.value if given.stage else None, is_distinct=given.is_distinct,
    )  # fmt: skip


def _taken(one: AgencyList) -> TakenOut:
    covered, months = queries.coverage(one) or (None, None)
    return TakenOut(
        id=one.pk, source=one.source, kept=one.kept, rows=one.rows_read, records=one.records,
        kept_apart=one.rows_apart, reasons=dict(queries.reasons_apart(one)), unread=one.unread,
        stage=one.stage, is_distinct=one.is_distinct, months_covered=covered, months=months,
        taken_at=one.imported_at, is_complete=one.completed_at is not None,
    )  # fmt: skip
