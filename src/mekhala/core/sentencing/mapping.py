"""How a file of defendants becomes an anonymous table: a mapping, kept as data in one TOML file.

    title, source, licence = "…"
    complaint = "case_id"        column that says who was tried together; "" where none does
    year = "year"                column of the year of the sentence; "" where none
    age = "age"                  column of the age in years; "" where none

    [months]
    column = "months"            prison, in months or in ``per_year`` of them
    times = 1                    12 where the column holds years
    unknown = ["999"]            values that stand for "not known"
    life = ["1200"]              values that stand for life
    most = 470                   what life, and every longer sentence, counts as; 0: as it is

    [[variable]]
    name = "sex"                 one of ours (``table.VARIABLES``)
    column = "gender"
    values = { Male = "male" }                       whole values, or
    contains = [["1591", "sex_trafficking"]]         the first text found in it, or
    above_zero = [["trial_guilty", "trial"]]         the first column that holds a number over 0

A value without a category is unknown and counted. No free text can pass: only codes of the
mapping leave the file, so that no name does.
"""

import csv
import io
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

from mekhala.core.sentencing.table import VARIABLES, Defendant, SentencingTable, age_band
from mekhala.core.wrong_input import WrongInput

CODE = re.compile(r"[a-z0-9_]{1,40}")
KEYS = {"title", "source", "licence", "complaint", "year", "age", "months", "variable"}
WAYS = ("values", "contains", "above_zero")
LARGEST = 50_000_000  # characters of a file
OLDEST, LONGEST_MONTHS = 120, 100_000


def mappings_shipped() -> list[str]:
    """The names of the mappings that come with the program."""
    folder = resources.files("mekhala.core.sentencing") / "mappings"
    names = (one.name for one in folder.iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def shipped_mapping(name: str) -> dict[str, Any]:
    """Read one mapping that comes with the program; ``WrongInput`` if there is none."""
    if name not in mappings_shipped():
        known = ", ".join(mappings_shipped())
        raise WrongInput(f"mapping: no mapping {name!r}; expected one of {known}")
    folder = resources.files("mekhala.core.sentencing") / "mappings"
    return read_mapping((folder / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


def read_mapping(text: str, name: str) -> dict[str, Any]:
    """Read a mapping; ``WrongInput`` names the key that is wrong and what was expected."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongInput(f"{name}: {error}; expected a mapping in TOML") from None
    if set(written) - KEYS or not isinstance(written.get("months"), dict):
        raise WrongInput(f"{name}: expected the keys {', '.join(sorted(KEYS))}, and [months]")
    for place, variable in enumerate(written.get("variable", []), start=1):
        _check_variable(variable, f"{name}: variable {place}")
    return written


def _check_variable(variable: dict[str, Any], where: str) -> None:
    if variable.get("name") not in VARIABLES:
        raise WrongInput(f"{where}: name is {variable.get('name')!r}; expected one of "
                         f"{', '.join(VARIABLES)}")  # fmt: skip
    ways = [way for way in WAYS if way in variable]
    if len(ways) != 1:
        raise WrongInput(f"{where}: expected one of {', '.join(WAYS)}")
    given = variable[ways[0]]
    codes = list(given.values()) if isinstance(given, dict) else [pair[-1] for pair in given]
    wrong = next((code for code in codes if not CODE.fullmatch(str(code))), None)
    if wrong is not None:
        raise WrongInput(f"{where}: category {wrong!r}; expected small letters, digits and _")


def take(text: str, mapping: Mapping[str, Any], name: str) -> SentencingTable:
    """Take a CSV file through a mapping; ``WrongInput`` names file, line and column."""
    if len(text) > LARGEST:
        raise WrongInput(f"{name}: longer than {LARGEST} characters; expected a smaller file")
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        heads = list(reader.fieldnames or ())
        for column in _columns(mapping):
            if column not in heads:
                raise WrongInput(f"{name}: no column {column}; the mapping reads it")
        taking = _Taking(mapping=mapping, name=name)
        rows = [taking.row(row, reader.line_num) for row in reader]
    except csv.Error as error:
        raise WrongInput(f"{name}: line {reader.line_num}: {error}; expected CSV") from None
    if not rows:
        raise WrongInput(f"{name}: holds no rows; expected a defendant a row")
    return SentencingTable(
        title=mapping.get("title", ""), source=mapping.get("source", ""), rows=rows,
        most=mapping["months"].get("most") or None, unread=dict(taking.unread),
    )  # fmt: skip


def _columns(mapping: Mapping[str, Any]) -> Iterator[str]:
    yield from filter(None, (mapping.get(key, "") for key in ("complaint", "year", "age")))
    yield mapping["months"]["column"]
    for variable in mapping.get("variable", []):
        yield from ([variable["column"]] if "column" in variable else [])
        yield from (column for column, _code in variable.get("above_zero", []))


class _Taking:
    """One file on its way: who stands in one complaint, and what could not be read."""

    def __init__(self, *, mapping: Mapping[str, Any], name: str) -> None:
        self.mapping, self.name = mapping, name
        self.complaints: dict[str, int] = {}
        self.unread: Counter[str] = Counter()

    def row(self, row: Mapping[str, str | None], line: int) -> Defendant:
        """Take one row."""
        if None in row or None in row.values():
            raise WrongInput(f"{self.name}: line {line}: not as many cells as heads")
        cells = {column: (value or "").strip() for column, value in row.items()}
        named = cells[self.mapping["complaint"]] if self.mapping.get("complaint") else f"row {line}"
        year = self._whole(cells, "year", 1900, 2200, line)
        age = self._whole(cells, "age", 0, OLDEST, line)
        found = {v["name"]: self._category(cells, v) for v in self.mapping.get("variable", [])}
        if age is not None:
            found["age_band"] = age_band(age)
        return Defendant(
            complaint=self.complaints.setdefault(named, len(self.complaints)),
            months=self._months(cells, line), year=year,
            of={name: code for name, code in found.items() if code},
        )  # fmt: skip

    def _whole(
        self, cells: Mapping[str, str], key: str, low: int, high: int, line: int
    ) -> int | None:
        column = self.mapping.get(key, "")
        written = cells[column] if column else ""
        if not written:
            return None
        if not (written.isascii() and written.isdigit() and low <= int(written) <= high):
            raise WrongInput(f"{self.name}: line {line}: {column} is {written[:20]!r}; expected "
                             f"{low} to {high} or nothing")  # fmt: skip
        return int(written)

    def _months(self, cells: Mapping[str, str], line: int) -> float | None:
        how = self.mapping["months"]
        written = cells[how["column"]]
        most = float(how.get("most") or LONGEST_MONTHS)
        if not written or written in how.get("unknown", []):
            self.unread[how["column"]] += bool(written)
            return None
        if written in how.get("life", []):
            return most
        if not re.fullmatch(r"\d{1,6}(\.\d{1,3})?", written):
            raise WrongInput(f"{self.name}: line {line}: {how['column']} is {written[:20]!r}; "
                             "expected a number of 0 or more, or nothing")  # fmt: skip
        return min(float(written) * float(how.get("times", 1)), most)

    def _category(self, cells: Mapping[str, str], variable: Mapping[str, Any]) -> str | None:
        if "above_zero" in variable:
            return next((c for column, c in variable["above_zero"] if _over_0(cells[column])), None)
        written = cells[variable["column"]]
        if "values" in variable:
            found = variable["values"].get(written)
        else:
            found = next((c for part, c in variable["contains"] if part in written), None)
        self.unread[variable["column"]] += bool(written) and found is None
        return str(found) if found is not None else None


def _over_0(written: str) -> bool:
    return any(float(number) > 0 for number in re.findall(r"\d+(?:\.\d+)?", written))
