"""A page of the casebook, read and checked: a mistake is named with file, line and field.

A page is an invented case in YAML: ``title``, ``article`` (the one it is judged under),
``judged_on``, ``conduct``, ``person``, ``facts`` (each with ``because``), ``none_of``, ``outcome``
and ``why``; where it matters ``participation``, ``completed`` and ``charges``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mekhala.core.casebook.expected import check_expected
from mekhala.core.casebook.person_then import person_then
from mekhala.core.law.library import countries, statutes, treaties
from mekhala.core.law.statute import Statute
from mekhala.core.law.written import Place, day, entries, load, mapping, pairs, text
from mekhala.core.reasoning.case import Case, read_case
from mekhala.core.vocabulary.facts import facts
from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.wrong_input import WrongInput

PALERMO = ("Palermo Protocol, Art. ", "PALERMO Art. ")  # as a page writes it, and its code
ANSWERS = {True: "yes", False: "no", None: "unknown"}
GIVEN = ("conduct", "none_of", "participation", "completed")  # as ``assess`` takes them
KEYS = {
    *("title", "article", "judged_on", "person", "facts", "charges", "outcome", "why"),
    *GIVEN,
}
type Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class PageFact:
    """One finding of a page, and what it rests on."""

    code: str
    made_out: bool | None
    because: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """One invented case with the outcome a lawyer expects."""

    stem: str
    title: str
    statute: str
    article: str
    judged_on: date
    facts: tuple[PageFact, ...]
    written: Row  # the page as it stands in the file
    expected: Row
    why: str
    case: Case  # as ``assess`` takes it
    place: Place

    @property
    def citation(self) -> str:
        """The statute and the article the case is judged under, as they are cited."""
        return f"{self.statute} Art. {self.article}"


def read_page(path: Path) -> Page:
    """Return the page kept in ``path``; raise ``WrongInput`` naming file, line and field."""
    return page_from(load(path), file=path.name)


def page_from(written: object, *, file: str) -> Page:
    """Return the page that ``written`` (as YAML gave it) describes, or refuse it."""
    place = Place(file)
    row = mapping(written, place, KEYS)
    statute, article = _cited(row, place)
    found = tuple(_fact(each, place.at(row, "facts")) for each in entries(row, "facts", place))
    _check_no_doubles(found, row, place)
    title = text(row, "title", place)
    return Page(
        stem=Path(file).stem,
        title=title,
        statute=statute.code,
        article=article,
        judged_on=_judged_on(row, place),
        facts=found,
        written=row,
        expected=check_expected(row, place),
        why=text(row, "why", place),
        case=_case(row, title, statute, found, place),
        place=place,
    )


def _cited(row: Row, place: Place) -> tuple[Statute, str]:
    """The statute and the article under ``article``, if the article is kept."""
    here = place.at(row, "article")
    code, _, article = text(row, "article", place).replace(*PALERMO).partition(" Art. ")
    kept = _kept()
    if code not in kept:
        raise here.wrong(f"article: {code!r} is no statute; did you mean {nearest(code, kept)!r}?")
    numbers = dict.fromkeys(a.article for a in kept[code].articles)
    if article not in numbers:
        raise here.wrong(f"article: {code} has no article {article!r}; it has {', '.join(numbers)}")
    return kept[code], article


def _kept() -> dict[str, Statute]:
    domestic = {code: s for country in countries() for code, s in statutes(country).items()}
    return {**treaties(), **domestic}


def _judged_on(row: Row, place: Place) -> date:
    found = day(row, "judged_on", place)
    if found is None:
        raise place.wrong("expected the day of the judgment under 'judged_on'")
    return found


def _fact(written: object, outside: Place) -> PageFact:
    place = outside.at(written).within("facts")
    row = mapping(written, place, {"fact", "made_out", "because"})
    code, made_out = text(row, "fact", place), row.get("made_out", "left out")
    if code not in facts():
        raise place.at(row, "fact").wrong(
            f"{code!r} is no fact; did you mean {nearest(code, facts())!r}?"
        )
    if made_out is not None and not isinstance(made_out, bool):
        raise place.at(row, "made_out").wrong("expected true, false or null under 'made_out'")
    return PageFact(code=code, made_out=made_out, because=text(row, "because", place))


def _check_no_doubles(found: tuple[PageFact, ...], row: Row, place: Place) -> None:
    seen: set[str] = set()
    for each, fact in zip(row.get("facts", []), found, strict=True):
        if fact.code in seen:
            raise place.at(each).wrong(f"facts: {fact.code!r} stands twice; keep one")
        seen.add(fact.code)


def _case(
    row: Row, title: str, statute: Statute, found: tuple[PageFact, ...], place: Place
) -> Case:
    """The page as ``assess`` takes it; what it refuses is refused with the name of the file."""
    given = {key: row[key] for key in GIVEN if key in row}
    if "completed" in given:
        given["completed"] = _completed(row, place)
    document = {
        **given,
        "case": title,
        "person": person_then(row, place),
        "facts": {each.code: ANSWERS[each.made_out] for each in found},
        "charges": [_charge(each, row, place) for each in entries(row, "charges", place)],
    }
    if statute.country:
        document["country"] = statute.country
    try:
        case = read_case(document)
    except WrongInput as refused:
        raise place.wrong(str(refused)) from None
    conduct = pairs(row, "conduct", place)
    mapping(conduct, place.at(conduct).within("conduct"), {"from", "to"})
    return case


def _completed(row: Row, place: Place) -> str:
    done = row["completed"]
    if done is not None and not isinstance(done, bool):
        raise place.at(row, "completed").wrong("expected true, false or null under 'completed'")
    return ANSWERS[done]


def _charge(written: object, row: Row, place: Place) -> dict[str, str]:
    here = place.at(row, "charges")
    code, between, article = str(written).partition(" Art. ")
    if not between:
        raise here.wrong(f"charges: {written!r} cites nothing; expected like KH-PC-2009 Art. 253")
    return {"statute": code, "article": article}
