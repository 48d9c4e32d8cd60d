"""Rows of the published table in, what ``assess`` takes out, by ``mapping.yaml``."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mekhala.core.wrong_input import WrongInput

MAPPING_FILE = Path(__file__).with_name("mapping.yaml")
GIVEN_AS_NOTHING = "not given"


@dataclass(frozen=True, kw_only=True)
class CourtCase:
    """One row: the findings as ``assess`` takes them, and what no fact of ours stands for."""

    name: str
    offences: tuple[str, ...]  # as published; empty: not given
    minors: str  # Yes | No | not given
    document: Mapping[str, Any]
    blank: tuple[str, ...]  # columns that say nothing
    not_mapped: tuple[tuple[str, str], ...]  # column, category


@cache
def mapping() -> Mapping[str, Any]:
    """Return the mapping as it is kept."""
    kept: Mapping[str, Any] = yaml.safe_load(MAPPING_FILE.read_text(encoding="utf-8"))
    return kept


def court_cases(path: Path) -> Iterator[CourtCase]:
    """Yield the cases of the CSV file at ``path``.

    Raises ``WrongInput`` naming file, row and field for a missing column, or a category that
    the mapping does not name.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = _columns() - set(rows.fieldnames or ())
        if missing:
            raise WrongInput(f"{path.name}: no column {min(missing)!r}; expected it in the header")
        for number, row in enumerate(rows, start=1):
            yield court_case(row, where=f"{path.name}: row {number}")


def _columns() -> set[str]:
    kept = mapping()
    one_each = {kept["case"], kept["minors"]["column"], kept["offences"]["column"]}
    return {*kept["columns"], *kept["sex"].values(), *one_each}


def court_case(row: Mapping[str, str], *, where: str) -> CourtCase:
    """Return one row as a case; ``where`` names it in a refusal."""
    kept = mapping()
    named = {column: categories(row[column]) for column in kept["columns"]}
    known = {c: [_known(c, each, where) for each in given] for c, given in named.items()}
    read = [pair for c, given in known.items() for each in given for pair in _spelt(c, each)]
    codes = [kept["columns"][c][each].get("stands_for") for c, each in read]
    minors = _yes_or_no(row[kept["minors"]["column"]], where) or GIVEN_AS_NOTHING
    return CourtCase(
        name=row[kept["case"]].strip(),
        offences=tuple(sorted(categories(row[kept["offences"]["column"]]))),
        minors=minors,
        document={
            "case": row[kept["case"]].strip(),
            "person": {**kept["minors"].get(minors, {}), "sex": _sex(row, where)},
            "facts": {facts[0]: "yes" for facts in codes if facts},
        },
        blank=tuple(column for column, given in named.items() if not given),
        not_mapped=tuple(pair for pair, facts in zip(read, codes, strict=True) if not facts),
    )


def categories(cell: str) -> list[str]:
    """Return the categories a cell names; none where it says nothing."""
    parts = (" ".join(part.split()) for part in cell.split(mapping()["separator"]))
    return [part for part in parts if part not in mapping()["unknown"]]


def _known(column: str, category: str, where: str) -> str:
    """Return the category in the mapping's spelling; refuse one it does not name."""
    by_letters = {each.casefold(): each for each in mapping()["columns"][column]}
    if category.casefold() not in by_letters:
        raise WrongInput(
            f"{where}: {column}: {category!r} is no category of the mapping; "
            f"expected one of {', '.join(by_letters.values())}"
        )
    return by_letters[category.casefold()]


def _spelt(column: str, category: str) -> Sequence[tuple[str, str]]:
    """Return the column with the category, or with those it is another spelling of."""
    others = mapping()["columns"][column][category].get("read_as", [category])
    return [(column, each) for each in others]


def _sex(row: Mapping[str, str], where: str) -> str:
    """Return the sex where all victims of the case are of one, otherwise unknown."""
    said = {sex: _yes_or_no(row[column], where) for sex, column in mapping()["sex"].items()}
    of = [sex for sex, answer in said.items() if answer == "Yes"]
    return of[0] if sorted(map(str, said.values())) == ["No", "Yes"] else "unknown"


def _yes_or_no(cell: str, where: str) -> str | None:
    """Return Yes, No or None; refuse any other word."""
    word = cell.strip().rstrip("*")
    if word in mapping()["unknown"]:
        return None
    if word.casefold() not in mapping()["yes_and_no"]:
        raise WrongInput(f"{where}: {cell!r} is no answer; expected Yes, No or NA")
    return str(mapping()["yes_and_no"][word.casefold()])
