"""One figure of a study as it was printed, and the file they stand in.

Columns: ``table, group, measure, value, n, unit, kind, note``. ``kind`` is ``published`` (it
stands in the study) or ``derived`` (whoever typed the file worked it out, the note says how).
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from mekhala.core.wrong_input import WrongInput

COLUMNS = ("table", "group", "measure", "value", "n", "unit", "kind", "note")
KINDS = ("published", "derived")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
ROUGH = 2.5  # percentage points that "about" and "nearly" are read to leave open
# a hedge in the note -> how far below and above the printed value the true one may lie
HEDGES = {
    "nearly": (ROUGH, 0.0), "almost": (ROUGH, 0.0), "about": (ROUGH, ROUGH),
    "over": (0.0, 1.0), "more than": (0.0, 1.0), "fewer than": (1.0, 0.0),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One row: ``line`` counts from 2, as a spreadsheet shows it."""

    line: int
    table: str
    group: str
    measure: str
    value: str
    n: int | None
    unit: str
    kind: str
    note: str

    @cached_property
    def number(self) -> float | None:
        """The value as a number; None where it is words."""
        return float(self.value) if NUMBER.fullmatch(self.value) else None

    @property
    def half(self) -> float:
        """Half a unit of the last digit printed: what rounding may hide."""
        return 0.5 * 10.0 ** -len(self.value.partition(".")[2])

    @property
    def hedge(self) -> str | None:
        """The word in quotation marks by which the study itself calls the figure rough."""
        quoted = " ".join(re.findall(r"'([^']+)'", self.note))
        return next((word for word in HEDGES if quoted.startswith(word)), None)

    @property
    def is_count(self) -> bool:
        """Whether it counts people, so that it must be whole."""
        return self.unit == "persons" and self.number is not None

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self.unit == "percent" and self.number is not None

    @property
    def is_derived(self) -> bool:
        """Whether it does not stand in the study."""
        return self.kind == "derived"

    @property
    def called(self) -> str:
        """How it is spoken of in a sentence."""
        sign = " %" if self.is_share else ""
        return f"line {self.line} ({self.table}, {self.group}: {self.measure}, {self.value}{sign})"

    def agrees_with(self, computed: float) -> bool:
        """Whether ``computed`` could have been printed like this."""
        assert self.number is not None
        low, high = HEDGES[self.hedge] if self.hedge else (self.half, self.half)
        return self.number - low - 1e-9 <= computed <= self.number + high + 1e-9

    def is_cut_from(self, computed: float) -> bool:
        """Whether ``computed`` gives the printed value when digits are cut off, not rounded."""
        assert self.number is not None
        return self.number <= computed + 1e-9 < self.number + 2 * self.half


def read_figures(text: str, name: str) -> list[Figure]:
    """Read a study; ``WrongInput`` names file, line and column of what cannot be read."""
    rows = csv.DictReader(io.StringIO(text), strict=True)
    try:
        heads = list(rows.fieldnames or ())
        missing = [column for column in COLUMNS if column not in heads]
        if missing:
            raise WrongInput(f"{name}: no column {missing[0]}; expected {', '.join(COLUMNS)}")
        figures = [_figure(row, rows.line_num, name) for row in rows]
    except csv.Error as error:
        raise WrongInput(f"{name}: line {rows.line_num}: {error}; expected CSV") from None
    if not figures:
        raise WrongInput(f"{name}: holds no figures; expected one a row under the heads")
    _check_each_once(figures, name)
    return figures


def _figure(row: dict[str, str | None], line: int, name: str) -> Figure:
    if None in row or None in row.values():
        raise WrongInput(f"{name}: line {line}: not as many cells as heads; expected {len(row)}")
    cell = {column: (row[column] or "").strip() for column in COLUMNS}
    for column in ("table", "measure", "value"):
        if not cell[column]:
            raise WrongInput(f"{name}: line {line}: {column} is empty; expected a value")
    if cell["n"] and not (cell["n"].isascii() and cell["n"].isdigit() and int(cell["n"]) > 0):
        raise WrongInput(
            f"{name}: line {line}: n is {cell['n']!r}; expected a whole number or nothing"
        )
    if cell["kind"] not in KINDS:
        known = " or ".join(KINDS)
        raise WrongInput(f"{name}: line {line}: kind is {cell['kind']!r}; expected {known}")
    if cell["unit"] in ("percent", "persons") and not NUMBER.fullmatch(cell["value"]):
        raise WrongInput(f"{name}: line {line}: value is {cell['value']!r}; expected a number")
    n = int(cell.pop("n")) if cell["n"] else None
    return Figure(line=line, n=n, **{k: v for k, v in cell.items() if k != "n"})


def _check_each_once(figures: Iterable[Figure], name: str) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for one in figures:
        key = (one.table, one.group, one.measure, one.unit, one.n, one.note)
        if key in seen:
            raise WrongInput(
                f"{name}: line {one.line}: says again what line {seen[key]} says; "
                "expected each figure once"
            )
        seen[key] = one.line
