"""A page as the rules judge it: how near it comes to its article, and where the two differ."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mekhala.core.casebook.expected import KEYS, NOT_IN_FORCE, OF_THE_ARTICLE, Written
from mekhala.core.casebook.page import Page
from mekhala.core.reasoning.assess import answer_for

ESTABLISHED = {"met": True, "not_met": False, "undetermined": None}


class Fit(StrEnum):
    """How near the facts of a page come to the article it is judged under."""

    FITS = "fits"  # every element is made out
    NEARLY_FITS = "nearly fits"  # every element but one
    DOES_NOT_FIT = "does not fit"  # more than one is not made out, one of them answered no
    IS_OPEN = "is open"  # more than one is not known, none answered no
    NOT_IN_FORCE = "not in force"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One page, the whole answer on it, and the part on its own article."""

    page: Page
    answer: Mapping[str, Any]
    outcome: Mapping[str, Any] | None  # None: no version that can be judged was in force

    @property
    def elements(self) -> Mapping[str, str]:
        """The elements the article asks for of this person, and yes, no or unknown for each."""
        if self.outcome is None:
            return {}
        skipped = {"means"} if self.outcome.get("means_required") is False else set()
        told = self.outcome["elements"]
        return {e["element"]: e["value"] for e in told if e["element"] not in skipped}

    @property
    def fit(self) -> Fit:
        """How near the facts come to the article."""
        if self.outcome is None:
            return Fit.NOT_IN_FORCE
        lacking = [value for value in self.elements.values() if value != "yes"]
        if len(lacking) < 2:
            return Fit.NEARLY_FITS if lacking else Fit.FITS
        return Fit.DOES_NOT_FIT if "no" in lacking else Fit.IS_OPEN


def judge(page: Page) -> Judged:
    """Return how the rules judge ``page``."""
    answer = answer_for(page.case, explain=False)
    return Judged(page=page, answer=answer, outcome=_of_the_article(page, answer))


def _of_the_article(page: Page, answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if page.statute == "PALERMO":
        found: Mapping[str, Any] = answer["palermo"]
        return found
    return _offences(answer).get(page.citation)


def _offences(answer: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return _by_citation(answer["offences"])


def _by_citation(told: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {f"{each['statute']} Art. {each['article']}": each for each in told}


def disagreements(judged: Judged) -> tuple[str, ...]:
    """Return, one sentence each, where the page expects what the rules do not find."""
    return tuple(_differences(judged))


def _differences(judged: Judged) -> Iterator[str]:
    page, expected = judged.page, judged.page.expected
    outside = page.place.at(page.written, "outcome").within("outcome")
    if (judged.outcome is None) is not expected.get(NOT_IN_FORCE, False):
        state = "was not" if judged.outcome is None else "was"
        yield str(outside.wrong(f"{page.citation} {state} in force on a day of the conduct"))
        return
    for key, value in expected.items():
        found = _found(key, judged) if key != NOT_IN_FORCE else value
        if isinstance(value, Mapping):  # of many articles, those the page names
            found = {name: found[name] for name in value if name in found}
        if not _agrees(key, value, found):
            here = outside.at(expected, key)
            yield str(here.wrong(f"{key}: expected {value!r}, found {found!r}"))


def _agrees(key: str, value: Any, found: Any) -> bool:
    if KEYS[key] is not Written.WORDS:
        return bool(value == found)
    said = set(value)
    if key in ("warnings", "not_assessed"):
        return said <= set(found)
    return not said & set(found) if key == "warnings_not" else said == set(found)


def _found(key: str, judged: Judged) -> Any:
    """What the rules find on one key of an outcome; None where they say nothing of it."""
    if key in OF_THE_ARTICLE:
        return _found_of_article(key, judged.outcome or {})
    tell = BESIDE.get(key)
    return tell(judged.answer) if tell else judged.answer[key]


BESIDE: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "warnings": lambda answer: [each["code"] for each in answer["warnings"]],
    "warnings_not": lambda answer: [each["code"] for each in answer["warnings"]],
    "non_punishment": lambda answer: [each["code"] for each in answer["non_punishment"]],
    "not_assessed": lambda answer: list(_by_citation(answer["not_assessed"])),
    "beside": lambda a: {c: ESTABLISHED[o["finding"]] for c, o in _offences(a).items()},
    "charges": lambda a: {c: each["fit"] for c, each in _by_citation(a["charges"]).items()},
}


def _found_of_article(key: str, outcome: Mapping[str, Any]) -> Any:
    match key:
        case "established":
            return ESTABLISHED[outcome["finding"]]
        case "years" | "years_if_aggravated":
            told = outcome.get("penalty" if key == "years" else "penalty_if_aggravated")
            return list(told.values()) if told else None
        case "penalty":
            return outcome.get("penalty_in_words")
        case "displaced_by":
            return list(_by_citation(outcome.get(key, [])))
        case "liability" | "punished_as":
            told = outcome.get("liability") or {}
            return told.get("as" if key == "liability" else key)
    return outcome.get(key, [] if OF_THE_ARTICLE[key] is Written.WORDS else None)
