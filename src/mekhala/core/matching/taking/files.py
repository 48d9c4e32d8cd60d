"""An agency's file: what it is told by its content, its header found, its rows judged in order."""

import hashlib
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO

from mekhala.core.matching.mapping import DELIMITERS, ColumnMapping
from mekhala.core.matching.taking.csv_rows import RawRow, csv_rows
from mekhala.core.matching.taking.dates import DAY_FIRST, MONTH_FIRST, order_of, proves
from mekhala.core.matching.taking.judging import DATES, Judge, Judged
from mekhala.core.matching.taking.lines import UTF_16, lines_of
from mekhala.core.matching.taking.workbook_rows import sheet_to_read, workbook_rows
from mekhala.core.wrong_input import WrongInput

LOOKED_THROUGH = 20  # rows in which a header is looked for, below titles and notes
PACKED, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")
OURS = (b"# mekhala tokens ", b"# mekhala pair numbers ")  # read by their own readers
LOOKED_INTO = 1 << 12  # bytes at the front: a zero byte in their first line tells of no text
PIECE = 1 << 20
EVERY = 10_000  # rows between two words on progress
type Told = Callable[[int, int], object]


@dataclass(frozen=True, kw_only=True)
class Given:
    """A file: ``open`` returns it anew from its beginning, to be read and closed; its name."""

    open: Callable[[], BinaryIO]
    name: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """Where in a file the table is: its sign or sheet, its header and the header's row."""

    given: Given
    mapping: ColumnMapping
    header: tuple[str, ...]
    header_row: int
    sheet: str = ""  # of a workbook
    delimiter: str = ""  # of a CSV file

    def rows(self) -> Iterator[RawRow]:
        """Return the rows below the header, from the beginning, however often asked."""
        with self.given.open() as file:
            for raw in self._all(file):
                if raw.row > self.header_row:
                    yield raw

    def _all(self, file: BinaryIO) -> Iterator[RawRow]:
        if self.sheet:
            return workbook_rows(file, self.sheet, self.given.name)
        return csv_rows(lines_of(file, self.mapping.encodings), self.delimiter)


@dataclass(frozen=True, kw_only=True)
class Surveyed:
    """A file read once: digest of its bytes, how many rows, in which order dates are written."""

    table: Table
    digest: str
    rows: int
    orders: Mapping[str, str]

    def judged(self, source: str) -> Iterator[Judged]:
        """Return every row of the list ``source``, accepted or kept apart, in order."""
        judge = Judge(self.table.header, self.table.mapping, source, self.orders)
        return map(judge.judged, self.table.rows())


def found_table(given: Given, mapping: ColumnMapping) -> Table:
    """Return where the table is that ``mapping`` reads.

    Raises ``WrongInput``: a column that is missing or there twice, no table at all.
    """
    looked_at = list(_looked_at(given, mapping))
    for table in looked_at:
        if _fits(table) and not mapping.missing(table.header):
            return table
    for table in looked_at:  # a column there twice is said only where no row below is a header
        _check_once(table)
    header = max(looked_at, key=_fits, default=None)
    missing = mapping.missing(header.header)[:1] if header else []
    if header is None or not missing:
        raise WrongInput(f"{given.name}: holds no table; expected a header and rows below it")
    raise WrongInput(
        f"{given.name}: row {header.header_row}: has no column {missing[0]}; "
        f"expected {_expected(mapping)}"
    )


def _expected(mapping: ColumnMapping) -> str:
    """Return the columns a file must have, each with the other names it may have."""
    told = []
    for column in mapping.required:
        first, *others = mapping.columns.get(column, (column,))
        told.append(f"{first}, or {', '.join(others)}" if others else first)
    return "; ".join(told)


def header_of(given: Given, mapping: ColumnMapping) -> Table | None:
    """Return the table with the header most like ``mapping``, None where there is no row."""
    return max(_looked_at(given, mapping), key=_fits, default=None)


def survey(table: Table, *, told: Told = max) -> Surveyed:
    """Read a table once; ``told`` hears how many rows were read, of how many is not known yet."""
    places = {c: p for c, p in table.mapping.places(table.header).items() if c in DATES}
    proven: defaultdict[str, set[str]] = defaultdict(set)
    rows = 0
    for raw in table.rows():
        rows += 1
        for column, place in places.items():
            if len(proven[column]) < 2 and place < len(raw.cells):
                proven[column] |= {proves(raw.cells[place].strip())} & {DAY_FIRST, MONTH_FIRST}
        if not rows % EVERY:
            told(rows, 0)
    orders = {c: order_of(proven[c], table.mapping.dates) for c in places}
    return Surveyed(table=table, digest=digest_of(table.given), rows=rows, orders=orders)


def digest_of(given: Given) -> str:
    """Return the SHA-256 digest of a file's bytes, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with given.open() as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _looked_at(given: Given, mapping: ColumnMapping) -> Iterator[Table]:
    """Return each of the first rows as if it were the header, in order, by each delimiter."""
    with given.open() as file:
        begins = file.read(LOOKED_INTO)
        if begins.startswith(OLD):
            raise WrongInput(f"{given.name}: is an old Excel file; save it as .xlsx or CSV")
        if begins.startswith(PACKED):
            sheet = sheet_to_read(file, mapping.sheet, given.name)
            yield from _headers(Table(
                given=given, mapping=mapping, header=(), header_row=0, sheet=sheet
            ))  # fmt: skip
            return
    if begins.removeprefix(BOM_UTF8).startswith(OURS):
        raise WrongInput(
            f"{given.name}: holds tokens or pair numbers; expected records (mekhala import takes "
            "these with --tokens or --pairs)"
        )
    first = begins.partition(b"\n")[0]
    if begins.startswith(OTHERS) or (b"\0" in first and not begins.startswith(UTF_16)):
        raise WrongInput(f"{given.name}: is neither CSV nor .xlsx; expected one of them")
    tables = [
        Table(given=given, mapping=mapping, header=(), header_row=0, delimiter=sign)
        for sign in ([mapping.delimiter] if mapping.delimiter else DELIMITERS)
    ]
    seen = [list(_headers(table)) for table in tables]
    # the sign that finds most of our columns in a row; the comma, where several find as many
    best = max(seen, key=lambda found: max(map(_fits, found), default=0))
    yield from best


def _headers(table: Table) -> Iterator[Table]:
    for raw in islice(table.rows(), LOOKED_THROUGH):
        if not raw.fault:
            yield replace(table, header=tuple(raw.cells), header_row=raw.row)


def _check_once(table: Table) -> None:
    try:
        table.mapping.places(table.header)
    except WrongInput as wrong:
        raise WrongInput(f"{table.given.name}: row {table.header_row}: {wrong}") from None


def _fits(table: Table) -> int:
    """Return how many of our columns a row names; none where it names one twice."""
    try:
        return len(table.mapping.places(table.header))
    except WrongInput:
        return 0
