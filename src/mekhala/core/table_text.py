"""Rows of a CSV file given as text, with the words to complain about one of them.

A row is named by its number with the header as row 1; rows with nothing in them count but
are passed over. Line ends of every system are read.
"""

import csv
import io
from collections.abc import Sequence
from itertools import chain

from mekhala.core.wrong_input import WrongInput

END = "\x1cend of the file"  # a line of our own behind the last: no open quote may reach it


def rows_of(text: str, name: str) -> list[tuple[int, list[str]]]:
    """The numbered rows of the file called ``name``, cells without spaces around them.

    Raises ``WrongInput`` for a quote that is not closed: it would swallow all rows below it.
    """
    try:
        *rows, last = csv.reader(chain(io.StringIO(text, newline=None), [END]))
    except csv.Error as error:
        raise WrongInput(f"{name}: cannot be read as CSV ({error}); expected a CSV file") from None
    if last != [END]:
        raise WrongInput(f"{name}: row {len(rows) + 1}: has a quote that is not closed; close it")
    stripped = [[cell.strip() for cell in row] for row in rows]
    return [(number, row) for number, row in enumerate(stripped, start=1) if any(row)]


def named_rows(text: str, name: str, required: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    """Each row below the header as ``{column: cell}``, with its place ("file: row 2") before it.

    Short rows are filled with "". Raises ``WrongInput`` for a required column that is missing,
    a column named twice, a row longer than the header.
    """
    rows = rows_of(text, name)
    heads = rows[0][1] if rows else []
    for column in required:
        if column not in heads:
            expected = ", ".join(required)
            raise WrongInput(f"{name}: row 1: has no column {column}; expected {expected}")
    for column in filter(None, heads):
        if heads.count(column) > 1:
            raise WrongInput(f"{name}: row 1: column {column} is there twice; expected it once")
    named = []
    for number, row in rows[1:]:
        if any(row[len(heads) :]):
            raise WrongInput(
                f"{name}: row {number}: has more cells than the header; quote cells with commas"
            )
        filled = [*row, *[""] * (len(heads) - len(row))]
        named.append((f"{name}: row {number}", dict(zip(heads, filled, strict=False))))
    return named
