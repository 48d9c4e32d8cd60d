"""Reading a file of tokens record by record, for lists too long to be held in memory."""

import csv
import io
from collections.abc import Iterator
from itertools import groupby
from typing import Any, BinaryIO

from mekhala.core.matching.encoding.token_file import DIGITS, HEADS, header_in
from mekhala.core.matching.encoding.vectors import BLOCK
from mekhala.core.wrong_input import WrongInput

type Numbered = tuple[int, dict[str, Any]]
LONGEST_ID = 300  # characters


def token_records(
    file: BinaryIO, name: str, source: str
) -> tuple[dict[str, Any], Iterator[Numbered]]:
    """Return the parameters over a file, and each record with the row it begins on.

    A record is ``{"record_id", "tokens": [[block, bits], …]}``; the header of the table is row 2.
    Raises ``WrongInput`` naming the row, the rows' while they are read: no file of tokens, cells
    of another form, a record of another list.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
    first = text.readline(1 << 16)
    made_by = header_in(first, name)
    rows = csv.reader(text)
    if tuple(next(rows, ())) != HEADS:
        raise WrongInput(
            f"{name}: row 2: is not {', '.join(HEADS)}; expected a file of mekhala encode"
        )
    return made_by, _records(_checked(rows, name, source, int(made_by["length"])))


def _checked(
    rows: Iterator[list[str]], name: str, source: str, length: int
) -> Iterator[tuple[int, list[str]]]:
    sizes = {("", ""), (BLOCK, 0), (BLOCK, length // 4)}
    try:
        for number, row in enumerate(rows, start=3):
            if not row:
                continue
            if len(row) != len(HEADS) or not row[0] or len(row[0]) > LONGEST_ID:
                raise WrongInput(f"{name}: row {number}: has no record_id or not four cells")
            if row[1] != source:
                raise WrongInput(f"{name}: row {number}, column source: is not {source!r}")
            if not (DIGITS.fullmatch(row[2]) and DIGITS.fullmatch(row[3])):
                raise WrongInput(f"{name}: row {number}: a token is not in hexadecimal digits")
            if (len(row[2]) or "", len(row[3]) if row[2] else row[3]) not in sizes:
                raise WrongInput(
                    f"{name}: row {number}: a token is not {BLOCK} and {length // 4} digits long; "
                    "expected the file as mekhala encode wrote it"
                )
            yield number, row
    except csv.Error as error:
        raise WrongInput(f"{name}: cannot be read as CSV ({error})") from None


def _records(rows: Iterator[tuple[int, list[str]]]) -> Iterator[Numbered]:
    for record_id, group in groupby(rows, key=lambda numbered: numbered[1][0]):
        lines = list(group)
        tokens = [[row[2], row[3]] for _number, row in lines if row[2]]
        yield lines[0][0], {"record_id": record_id, "tokens": tokens}
