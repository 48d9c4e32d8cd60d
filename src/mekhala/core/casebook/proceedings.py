"""A page of the casebook of proceedings: read, checked, and compared with what the rules say.

A page is an invented proceeding in YAML: ``title``, ``proceeding`` (as ``mekhala fair-trial``
takes it; YAML's yes and no stand for the words), ``raised`` (exactly these flags), ``cannot_tell``
(at least these), ``nearly`` (flags that are not raised, each with the one change that would raise
it), ``review`` and ``why``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mekhala.core.law.written import Place, entries, load, mapping, pairs, text
from mekhala.core.reasoning.fair_trial.flags import flags
from mekhala.core.reasoning.fair_trial.review import Review, Urgency, review
from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.wrong_input import WrongInput

KEYS = {"title", "proceeding", "raised", "cannot_tell", "nearly", "review", "why"}
WORDS = {True: "yes", False: "no"}
type Document = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ProceedingPage:
    """One invented proceeding, and what a lawyer expects to be said about it."""

    stem: str
    title: str
    document: Document
    raised: tuple[str, ...]
    cannot_tell: tuple[str, ...]
    nearly: Mapping[str, Document]  # by flag, the document with the one change made
    changes: Mapping[str, Document]  # by flag, the change alone
    review: Urgency
    why: str
    told: Review


def proceeding_pages(folder: Path) -> tuple[ProceedingPage, ...]:
    """Return every page kept in ``folder`` (``*.yaml``), by file name.

    Raises ``WrongInput`` naming file, line and field for one that cannot be read, and where two
    have the same title: links lead to titles.
    """
    pages = tuple(read_proceeding_page(path) for path in sorted(folder.glob("*.yaml")))
    first: dict[str, str] = {}
    for page in pages:
        other = first.setdefault(page.title.lower(), page.stem)
        if other != page.stem:
            raise WrongInput(f"{page.stem}.yaml: title: {page.title!r} is that of {other} as well")
    return pages


def read_proceeding_page(path: Path) -> ProceedingPage:
    """Return the page kept in ``path``; raise ``WrongInput`` naming file, line and field."""
    place = Place(path.name)
    row = mapping(load(path), place, KEYS)
    title, changes = text(row, "title", place), _plain(pairs(row, "nearly", place))
    document = {"case": title, **_plain(pairs(row, "proceeding", place))}
    try:
        told = review(document)
    except WrongInput as refused:
        raise place.at(row, "proceeding").wrong(str(refused)) from None
    return ProceedingPage(
        stem=path.stem,
        title=title,
        document=document,
        raised=_codes(row, "raised", place),
        cannot_tell=_codes(row, "cannot_tell", place),
        nearly={code: changed(document, change) for code, change in changes.items()},
        changes=changes,
        review=_urgency(row, place),
        why=text(row, "why", place),
        told=told,
    )


def changed(document: Any, change: Any) -> Any:
    """Return ``document`` with ``change`` made: keys in keys, numbers for places of a list."""
    if not isinstance(change, Mapping) or not isinstance(document, dict | list):
        return change
    if isinstance(document, list):
        return [
            changed(each, change[i]) if i in change else each for i, each in enumerate(document)
        ]
    other = {key: changed(document.get(key), inside) for key, inside in change.items()}
    return {**document, **other}


def disagreements(page: ProceedingPage) -> tuple[str, ...]:
    """Return what the rules say otherwise than the page, one sentence each; empty if all agree."""
    return tuple(_disagreements(page))


def _disagreements(page: ProceedingPage) -> Iterator[str]:
    raised = {flag.code for flag in page.told.raised}
    if raised != set(page.raised):
        yield f"raised: expected {sorted(page.raised)}, found {sorted(raised)}"
    open_ = {flag.code for flag in page.told.cannot_tell}
    for code in set(page.cannot_tell) - open_:
        yield f"cannot_tell: expected {code}"
    if page.told.urgency is not page.review:
        yield f"review: expected {page.review}, found {page.told.urgency}"
    for code, other in page.nearly.items():
        if code in raised or review(other).told[code].raised is not True:
            yield f"nearly: expected {code} to be raised by the change, and only by it"


def _codes(row: Mapping[str, Any], key: str, place: Place) -> tuple[str, ...]:
    codes = tuple(str(each) for each in entries(row, key, place))
    for code in codes:
        if code not in flags():
            near = nearest(code, flags())
            raise place.at(row, key).wrong(f"{key}: {code!r} is no flag; did you mean {near!r}?")
    return codes


def _urgency(row: Mapping[str, Any], place: Place) -> Urgency:
    written = text(row, "review", place)
    if written not in set(Urgency):
        expected = ", ".join(Urgency)
        raise place.at(row, "review").wrong(f"review: {written!r}; expected one of {expected}")
    return Urgency(written)


def _plain(written: Any) -> Any:
    """What YAML gave as JSON would have given it: yes and no are words."""
    if isinstance(written, Mapping):
        return {_key(key): _plain(value) for key, value in written.items()}
    if isinstance(written, list):
        return [_plain(each) for each in written]
    if isinstance(written, bool):
        return WORDS[written]
    return str(written) if isinstance(written, str) else written


def _key(key: Any) -> Any:
    return str(key) if isinstance(key, str) else key
