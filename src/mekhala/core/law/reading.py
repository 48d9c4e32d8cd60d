"""Statute files read and checked: a mistake is named with file, line and article."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mekhala.core.law import amounts
from mekhala.core.law.expression import Expression, read_expression
from mekhala.core.law.rules import clocks, displacements, general_rules, period, verification
from mekhala.core.law.statute import Aggravation, Article, Element, Kind, Period, Provision, Statute
from mekhala.core.law.written import Place, load, mapping, optional_text, pairs, text
from mekhala.core.wrong_input import WrongInput

VERIFIED = ("verified", "verified_by", "verified_on")
STATUTE_KEYS = {
    *("statute", "title", "country", "in_force", "source", "articles", "general_rules", "clocks"),
    *VERIFIED,
}
ARTICLE_KEYS = {
    *("article", "title", "kind", "defines", "elements", "penalty", "aggravated", "aggravations"),
    *("in_force", "displaced_by", "source", "note", "because", *VERIFIED),
}
OF_AN_OFFENCE = ("elements", "aggravations", "aggravated")
type Row = Mapping[str, Any]
type Definitions = Mapping[str, Expression]


def read_statute(path: Path) -> Statute:
    """Return the statute kept in ``path`` (YAML).

    Raises ``WrongInput`` in one sentence that names the file, the line and the article.
    """
    try:
        return statute_from(load(path), file=path.name)
    except RecursionError:
        sentence = "is nested too deeply, or in itself; expected articles and their elements"
        raise WrongInput(f"{path.name}: {sentence}") from None


def statute_from(written: object, *, file: str) -> Statute:
    """Return the statute that ``written`` (as YAML gave it) describes, or refuse it."""
    place = Place(file)
    row = mapping(written, place, STATUTE_KEYS)
    rows = row.get("articles")
    if not isinstance(rows, list) or not rows:
        raise place.at(row, "articles").wrong("expected a list of articles under 'articles'")
    text(row, "statute", place)
    definitions: dict[str, Expression] = {}
    in_force = period(row, place)
    articles = tuple(_article(each, row, in_force, definitions, place) for each in rows)
    _check_no_doubles(articles, rows, place)
    return Statute(
        code=text(row, "statute", place),
        title=text(row, "title", place),
        country=optional_text(row, "country", place) or None,
        in_force=in_force,
        source=text(row, "source", place),
        verified=verification(row, place).verified,
        definitions=definitions,
        articles=articles,
        general_rules=general_rules(row, place),
        clocks=clocks(row, place),
    )


def _article(
    written: object, statute: Row, in_force: Period, definitions: dict[str, Expression], file: Place
) -> Article:
    """Take in one article: its definitions always, a provision if it is an offence."""
    number = written.get("article", "?") if isinstance(written, Mapping) else "?"
    place = file.at(written).within(f"article {' '.join(str(number).split())[:20]}")
    row = mapping(written, place, ARTICLE_KEYS)
    text(row, "article", place)
    defines = _defines(row, definitions, place)
    definitions.update(defines)
    if "in_force" in row:
        in_force = period(row, place)
    kind = _kind(row, place)
    offence = kind is Kind.OFFENCE
    return Article(
        statute=str(statute["statute"]),
        article=str(row["article"]),
        title=text(row, "title", place),
        kind=kind,
        in_force=in_force,
        source=text(row, "source", place),
        verification=verification(row, place),
        note=optional_text(row, "note", place),
        because=text(row, "because", place) if kind is Kind.OUTLINE else "",
        penalty=amounts.penalty(row, "penalty", place),
        defines=defines,
        displaced_by=displacements(row, place),
        provision=_provision(row, statute, in_force, definitions, place) if offence else None,
    )


def _defines(row: Row, known: Definitions, place: Place) -> dict[str, Expression]:
    """Read the definitions of an article; each may use those before it."""
    found: dict[str, Expression] = {}
    inside = pairs(row, "defines", place)
    for name, asks in inside.items():
        here = place.at(inside, name).within(f"definition {name!r}")
        found[str(name)] = read_expression(asks, place=here, definitions={**known, **found})
    return found


def _kind(row: Row, place: Place) -> Kind:
    """The kind written; an article with elements is an offence, one that defines a definition."""
    written = row.get("kind")
    if written is None:
        if "elements" in row:
            return Kind.OFFENCE
        if "defines" in row:
            return Kind.DEFINITION
        raise place.wrong("expected 'elements' or 'defines', or another 'kind'")
    if written not in tuple(Kind):
        known = ", ".join(Kind)
        raise place.at(row, "kind").wrong(f"{written!r} is no kind of article; expected {known}")
    kind = Kind(written)
    if kind is Kind.OFFENCE and "elements" not in row:
        raise place.wrong("an offence needs 'elements'; one that no facts can tell is an 'outline'")
    beside = [key for key in OF_AN_OFFENCE if key in row]
    if kind is not Kind.OFFENCE and beside:
        raise place.at(row, beside[0]).wrong(f"{beside[0]!r} belongs to an offence, not {kind!r}")
    return kind


def _provision(
    row: Row, statute: Row, in_force: Period, definitions: Definitions, place: Place
) -> Provision:
    return Provision(
        statute=str(statute["statute"]),
        article=str(row["article"]),
        title=text(row, "title", place),
        elements=_elements(row, place, definitions),
        penalty=amounts.penalty(row, "penalty", place),
        aggravated=amounts.penalty(row, "aggravated", place),
        aggravations=_aggravations(row, place, definitions),
        in_force=in_force,
        source=text(row, "source", place),
        verified=verification(row, place).verified,
        note=optional_text(row, "note", place),
        displaced_by=displacements(row, place),
    )


def _elements(row: Row, place: Place, definitions: Definitions) -> tuple[Element, ...]:
    found = []
    for name, inside in pairs(row, "elements", place).items():
        here = place.at(inside).within(f"element {name!r}")
        part = mapping(inside, here, {"label", "asks"})
        label, asks = text(part, "label", here), _asks(part, here, definitions)
        found.append(Element(name=str(name), label=label, asks=asks))
    if not found:
        raise place.at(row, "elements").wrong("expected at least one element")
    return tuple(found)


def _aggravations(row: Row, place: Place, definitions: Definitions) -> tuple[Aggravation, ...]:
    """Read what raises the range: to its own ``penalty``, else to ``aggravated``."""
    found = []
    for name, inside in pairs(row, "aggravations", place).items():
        here = place.at(inside).within(f"aggravation {name!r}")
        part = mapping(inside, here, {"label", "asks", "penalty"})
        if "penalty" not in part and "aggravated" not in row:
            raise here.wrong("expected its own 'penalty', or 'aggravated' beside 'aggravations'")
        own = amounts.penalty(part, "penalty", here)
        raised = own if "penalty" in part else amounts.penalty(row, "aggravated", place)
        label, asks = text(part, "label", here), _asks(part, here, definitions)
        found.append(Aggravation(name=str(name), label=label, asks=asks, penalty=raised))
    if "aggravated" in row and not found:
        raise place.at(row, "aggravated").wrong("expected 'aggravations' beside 'aggravated'")
    return tuple(found)


def _asks(part: Row, place: Place, definitions: Definitions) -> Expression:
    here = place.at(part, "asks")
    return read_expression(part.get("asks"), place=here, definitions=definitions)


def _check_no_doubles(articles: tuple[Article, ...], rows: list[Any], file: Place) -> None:
    """Two versions of one article may follow each other and never overlap."""
    for i, one in enumerate(articles):
        for j, other in enumerate(articles[i + 1 :], start=i + 1):
            if one.article == other.article and one.in_force.meets(other.in_force):
                place = file.at(rows[j]).within(f"article {one.article}")
                raise place.wrong("two versions on the same day; end the earlier one")
