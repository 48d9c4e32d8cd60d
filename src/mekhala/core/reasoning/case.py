"""What ``assess`` is given, read and checked.

The keys are ``case``, ``conduct``, ``person``, ``facts``, ``none_of`` and ``charges``, then
``country``, ``participation``, ``completed`` and ``sources``; all are optional. A key that is
clearly a misspelling of one of them is refused; any other key is the agency's own, is left aside,
and is named in the answer under ``ignored``.
"""

import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mekhala.core.law.library import HOME, countries, statutes
from mekhala.core.law.statute import Period
from mekhala.core.reasoning.age import Person
from mekhala.core.reasoning.conduct import Conduct, read_partial_date
from mekhala.core.reasoning.liability import Participation
from mekhala.core.reasoning.tree import AGE, Sources
from mekhala.core.vocabulary.facts import FactGroup, codes_in_group, facts
from mekhala.core.vocabulary.nearest import CLEARLY_A_SLIP, nearest
from mekhala.core.vocabulary.person import AgeCertainty, Sex
from mekhala.core.wrong_input import WrongInput

KEYS = (
    *("case", "conduct", "person", "facts", "none_of", "charges"),
    *("country", "participation", "completed", "sources"),
)
VALUES: Mapping[str, bool | None] = {"yes": True, "no": False, "unknown": None}
NONE_OF_GROUPS = (
    FactGroup.ACT,
    FactGroup.MEANS,
    FactGroup.PURPOSE,
    FactGroup.AGGRAVATION,
    FactGroup.COMPELLED,
)
OLDEST = 130
SHORTENED = reprlib.Repr(maxstring=80)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One person's findings as they were given."""

    name: str | None
    conduct: Conduct
    person: Person
    facts: Mapping[str, bool | None]  # every code of the vocabulary
    charges: tuple[tuple[str, str], ...]  # statute and article
    ignored: tuple[str, ...]
    country: str  # whose domestic law is asked, ISO 3166 alpha-2
    participation: Participation  # of the suspect, not the person
    completed: bool | None  # whether the offence was completed or only tried
    sources: Sources  # by fact code, where its answer was found


def read_cases(document: object) -> Case | list[Case]:
    """Return the case of one object, or the cases of an array in its order."""
    if isinstance(document, list):
        return [read_case(each, place=f"object {i}") for i, each in enumerate(document, start=1)]
    if not isinstance(document, Mapping):
        raise WrongInput("expected one object or an array of objects")
    return read_case(document)


def read_case(document: object, *, place: str = "the object") -> Case:
    """Return the case ``document`` holds; raise ``WrongInput`` naming case, field and value.

    ``place`` stands for the case's name where it has none.
    """
    row = _object(document, place)
    name = row.get("case")
    if name is not None and not isinstance(name, str):
        raise WrongInput(f"{place}: case: {name!r} is not a text; expected a name in quotes")
    where = f"case {name!r}" if name else place
    ignored = _own_keys(row, KEYS, where)
    country = _country(row.get("country"), where)
    completed = row.get("completed")
    if row and row.keys().isdisjoint(KEYS):
        raise WrongInput(f"{where}: holds none of the keys of a case: {', '.join(KEYS)}")
    return Case(
        name=name,
        conduct=read_conduct(row.get("conduct"), where=f"{where}: conduct"),
        person=read_person(row.get("person"), where=f"{where}: person"),
        facts=read_facts(row.get("facts"), row.get("none_of"), where=where),
        charges=_charges(row.get("charges"), f"{where}: charges", country),
        sources=_sources(row.get("sources"), f"{where}: sources"),
        ignored=ignored,
        country=country,
        participation=_member(row.get("participation"), Participation, f"{where}: participation"),
        completed=None if completed is None else _value(completed, f"{where}: completed"),
    )


def read_facts(named: object, none_of: object, *, where: str) -> dict[str, bool | None]:
    """Return every fact of the vocabulary as True, False or None.

    A code named wins over ``none_of``; the others of a group in ``none_of`` were answered no.
    """
    found: dict[str, bool | None] = dict.fromkeys(facts())
    for group in _groups(none_of, f"{where}: none_of"):
        found.update(dict.fromkeys(codes_in_group(group), False))
    for code, value in _optional_object(named, f"{where}: facts").items():
        if code not in found:
            raise WrongInput(f"{where}: facts: {_no_such(code, found, 'fact code')}")
        found[code] = _value(value, f"{where}: facts: {code}")
    return found


def read_person(written: object, *, where: str) -> Person:
    """Return the person described, everything unknown where nothing is given."""
    row = _optional_object(written, where)
    _own_keys(row, ("age", "age_certainty", "sex"), where)
    certainty, sex = row.get("age_certainty"), row.get("sex")
    return Person(
        age=_age(row.get("age"), f"{where}: age"),
        age_certainty=_member(certainty, AgeCertainty, f"{where}: age_certainty"),
        sex=_member(sex, Sex, f"{where}: sex"),
    )


def _value(value: object, where: str) -> bool | None:
    if not isinstance(value, str) or value not in VALUES:
        raise WrongInput(f"{where}: {_no_such(value, VALUES, 'value')}")
    return VALUES[value]


def _groups(written: object, where: str) -> list[FactGroup]:
    names = [] if written is None else written
    if not isinstance(names, list):
        raise WrongInput(f"{where}: expected a list of {', '.join(NONE_OF_GROUPS)}")
    for name in names:
        if not isinstance(name, str) or name not in NONE_OF_GROUPS:
            raise WrongInput(f"{where}: {_no_such(name, NONE_OF_GROUPS, 'group')}")
    return [FactGroup(name) for name in names]


def _age(written: object, where: str) -> int | None:
    if written is None:
        return None
    whole = isinstance(written, int) and not isinstance(written, bool)
    if not whole or not 0 <= written <= OLDEST:  # type: ignore[operator]
        raise WrongInput(f"{where}: {written!r} is no age; expected whole years 0 to {OLDEST}")
    return written  # type: ignore[return-value]


def _member[Word: StrEnum](written: object, words: type[Word], where: str) -> Word:
    if written is None:
        return words("unknown")
    if not isinstance(written, str) or written not in set(words):
        raise WrongInput(f"{where}: {_no_such(written, words, 'value')}")
    return words(written)


def read_conduct(written: object, *, where: str) -> Conduct:
    """Return when the conduct took place, as ``from`` and ``to`` say; open where nothing does."""
    row = _optional_object(written, where)
    _own_keys(row, ("from", "to"), where)
    first, last = (_dates(row.get(key), f"{where}: {key}") for key in ("from", "to"))
    span = Period(first=first.first if first else None, last=last.last if last else None)
    if span.first and span.last and span.first > span.last:
        raise WrongInput(f"{where}: 'from' is after 'to'; expected the earlier date first")
    return Conduct(span=span)


def _dates(written: object, where: str) -> Period | None:
    if written is None:
        return None
    if not isinstance(written, str):
        raise WrongInput(f'{where}: {written!r} is not a text; expected a date like "2009-03"')
    return read_partial_date(written, where=where)


def _country(written: object, where: str) -> str:
    if written is None:
        return HOME
    if written not in countries():
        kept = " or ".join(countries())
        shown = SHORTENED.repr(written)
        raise WrongInput(f"{where}: country: no statutes of {shown} are kept; expected {kept}")
    return str(written)


def _charges(written: object, where: str, country: str) -> tuple[tuple[str, str], ...]:
    if written is None:
        return ()
    if not isinstance(written, list):
        raise WrongInput(f"{where}: expected a list of statute and article")
    return tuple(_charge(entry, f"{where}[{i}]", country) for i, entry in enumerate(written))


def _charge(written: object, where: str, country: str) -> tuple[str, str]:
    row = _object(written, where)
    statute, article = row.get("statute"), row.get("article")
    if not isinstance(statute, str) or not isinstance(article, str):
        raise WrongInput(f"{where}: expected 'statute' and 'article' as texts")
    kept = statutes(country)
    near = nearest(statute, kept, cutoff=CLEARLY_A_SLIP)
    if statute not in kept and near is not None:
        raise WrongInput(f"{where}: {statute!r} is no statute; did you mean {near!r}?")
    return statute, article


def _sources(written: object, where: str) -> Sources:
    """Return where each answer was found; the age has the one code ``person.age``."""
    found = {}
    for code, texts in _optional_object(written, where).items():
        if code != AGE and code not in facts():
            raise WrongInput(f"{where}: {_no_such(code, (*facts(), AGE), 'fact code')}")
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise WrongInput(
                f'{where}: {code}: expected a list of texts, like ["statement of 3 March"]'
            )
        found[code] = tuple(texts)
    return found


def _own_keys(row: Mapping[str, Any], known: Iterable[str], where: str) -> tuple[str, ...]:
    """Return the keys that are not ours; refuse one that is a misspelling of ours."""
    others = tuple(key for key in row if key not in known)
    for key in others:
        near = nearest(key, known, cutoff=CLEARLY_A_SLIP)
        if near is not None:
            raise WrongInput(f"{where}: {key!r} is no key; did you mean {near!r}?")
    return others


def _optional_object(written: object, where: str) -> Mapping[str, Any]:
    return {} if written is None else _object(written, where)


def _object(written: object, where: str) -> Mapping[str, Any]:
    if not isinstance(written, Mapping):
        raise WrongInput(f"{where}: expected an object with keys and values")
    for key in written:
        if not isinstance(key, str):
            raise WrongInput(f"{where}: {key!r} is no key; expected texts as keys")
    return written


def _no_such(word: object, among: Iterable[str], what: str) -> str:
    """Say what is wrong and name the nearest valid word."""
    words = [str(w) for w in among]
    near = nearest(str(word), words)
    return f"{SHORTENED.repr(word)} is no {what}; did you mean {near!r}?"
