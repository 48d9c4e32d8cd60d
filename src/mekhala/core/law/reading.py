"""Statute files read and checked: a mistake is named with file, article and what is wrong."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from mekhala.core.law.expression import Expression, read_expression
from mekhala.core.law.statute import Aggravation, Element, Penalty, Period, Provision, Statute
from mekhala.core.wrong_input import WrongInput

STATUTE_KEYS = {"statute", "title", "country", "in_force", "source", "verified", "articles"}
ARTICLE_KEYS = {
    *("article", "title", "defines", "elements", "penalty", "aggravated", "aggravations"),
    *("in_force", "source", "verified", "note"),
}
type Row = Mapping[str, Any]


def read_statute(path: Path) -> Statute:
    """Return the statute kept in ``path`` (YAML); raise ``WrongInput`` if it does not fit."""
    try:
        written = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    except yaml.YAMLError as error:
        raise WrongInput(f"{path.name}: is not YAML: {' '.join(str(error).split())}") from None
    return statute_from(written, file=path.name)


# The C loader of PyYAML reads the same safe subset ten times faster.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def statute_from(written: object, *, file: str) -> Statute:
    """Return the statute that ``written`` (as YAML gave it) describes, or refuse it."""
    row = _mapping(written, file, STATUTE_KEYS)
    code, articles = _text(row, "statute", file), row.get("articles")
    if not isinstance(articles, list) or not articles:
        raise WrongInput(f"{file}: expected a list of articles under 'articles'")
    in_force = _period(row.get("in_force"), file)
    definitions: dict[str, Expression] = {}
    provisions = [
        provision
        for article in articles
        if (provision := _article(article, row, in_force, definitions, file)) is not None
    ]
    _check_no_doubles(provisions, file)
    return Statute(
        code=code,
        title=_text(row, "title", file),
        country=row.get("country"),
        in_force=in_force,
        source=_text(row, "source", file),
        verified=_flag(row, file),
        definitions=definitions,
        provisions=tuple(provisions),
    )


def _article(
    written: object, statute: Row, period: Period, definitions: dict[str, Expression], file: str
) -> Provision | None:
    """Take in one article: its definitions always, a provision if it has elements."""
    number = written.get("article", "?") if isinstance(written, Mapping) else "?"
    where = f"{file}: article {number}"
    row = _mapping(written, where, ARTICLE_KEYS)
    _text(row, "article", where)
    for name, asks in _pairs(row, "defines", where).items():
        place = f"{where}: definition {name!r}"
        definitions[name] = read_expression(asks, where=place, definitions=definitions)
    if "elements" not in row:
        if "defines" not in row:
            raise WrongInput(f"{where}: expected 'elements' or 'defines'")
        return None
    return _provision(row, statute, period, definitions, where)


def _provision(
    row: Row, statute: Row, period: Period, definitions: Mapping[str, Expression], where: str
) -> Provision:
    aggravated = _penalty(row, "aggravated", where)
    aggravations = tuple(
        Aggravation(name=name, label=label, asks=asks)
        for name, label, asks in _labelled(row, "aggravations", where, definitions)
    )
    if bool(aggravations) != (aggravated is not None):
        raise WrongInput(f"{where}: expected both 'aggravations' and 'aggravated', or neither")
    return Provision(
        statute=str(statute["statute"]),
        article=str(row["article"]),
        title=_text(row, "title", where),
        elements=_elements(row, where, definitions),
        penalty=_penalty(row, "penalty", where),
        aggravated=aggravated,
        aggravations=aggravations,
        in_force=_period(row["in_force"], where) if "in_force" in row else period,
        source=_text(row, "source", where),
        verified=_flag(row, where),
        note=" ".join(str(row.get("note", "")).split()),
    )


def _elements(row: Row, where: str, definitions: Mapping[str, Expression]) -> tuple[Element, ...]:
    found = tuple(
        Element(name=name, label=label, asks=asks)
        for name, label, asks in _labelled(row, "elements", where, definitions)
    )
    if not found:
        raise WrongInput(f"{where}: expected at least one element")
    return found


def _labelled(
    row: Row, key: str, where: str, definitions: Mapping[str, Expression]
) -> list[tuple[str, str, Expression]]:
    """Read ``{name: {label: words, asks: expression}}`` in the order it is written."""
    read = []
    for name, inside in _pairs(row, key, where).items():
        place = f"{where}: {key[:-1]} {name!r}"
        part = _mapping(inside, place, {"label", "asks"})
        asks = read_expression(part.get("asks"), where=place, definitions=definitions)
        read.append((name, _text(part, "label", place), asks))
    return read


def _pairs(row: Row, key: str, where: str) -> Mapping[str, Any]:
    inside = row.get(key, {})
    if not isinstance(inside, Mapping):
        raise WrongInput(f"{where}: expected names and their contents under {key!r}")
    return inside


def _mapping(written: object, where: str, allowed: set[str]) -> Row:
    if not isinstance(written, Mapping):
        raise WrongInput(f"{where}: expected keys and values")
    for key in written:
        if key not in allowed:
            known = ", ".join(sorted(allowed))
            raise WrongInput(f"{where}: {key!r} is no key here; expected {known}")
    return written


def _text(row: Row, key: str, where: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise WrongInput(f"{where}: expected words (in quotes if digits) under {key!r}")
    return " ".join(value.split())


def _flag(row: Row, where: str) -> bool:
    value = row.get("verified")
    if not isinstance(value, bool):
        raise WrongInput(f"{where}: expected true or false under 'verified'")
    return value


def _penalty(row: Row, key: str, where: str) -> Penalty | None:
    written = row.get(key)
    if written is None:
        return None
    numbers = isinstance(written, list) and all(
        isinstance(y, int | float) and not isinstance(y, bool) for y in written
    )
    if not numbers or len(written) != 2 or not 0 <= written[0] <= written[1]:
        raise WrongInput(f"{where}: expected [least, most] years under {key!r}")
    return Penalty(min_years=written[0], max_years=written[1])


def _period(written: object, where: str) -> Period:
    row = _mapping(written, f"{where}: in_force", {"from", "to"})
    first, last = row.get("from"), row.get("to")
    for day in (first, last):
        if day is not None and type(day) is not date:
            raise WrongInput(f"{where}: in_force: expected dates like 2008-02-15")
    if first is not None and last is not None and first > last:
        raise WrongInput(f"{where}: in_force: expected 'from' on or before 'to'")
    return Period(first=first, last=last)


def _check_no_doubles(provisions: list[Provision], file: str) -> None:
    """Two versions of one article may follow each other and never overlap."""
    for i, one in enumerate(provisions):
        for other in provisions[i + 1 :]:
            if one.article == other.article and one.in_force.meets(other.in_force):
                raise WrongInput(f"{file}: article {one.article}: two versions on the same day")
