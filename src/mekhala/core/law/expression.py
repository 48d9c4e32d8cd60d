"""What a text of law asks for, as a readable boolean expression.

In the statute files an expression is one of

- ``act.recruitment``            the fact is found;
- ``person.minor``               a predicate of the person: minor, adult or under_15;
- ``{all: [...]}``, ``{any: [...]}``   every one, at least one of the expressions in the list;
- ``{needs_more: code}``         the fact opens the question without settling it: yes is unknown;
- ``{not_in_facts: "words"}``    asked for by the law and said by no fact code: always unknown;
- ``{use: name}``                a definition given by another article of the same statute.

A joined expression equals only itself (``eq=False``): what was worked out for one is kept under it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mekhala.core.vocabulary.facts import facts
from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.wrong_input import WrongInput


class PersonPredicate(StrEnum):
    """What a provision may ask of the person's age."""

    MINOR = "person.minor"
    ADULT = "person.adult"
    UNDER_15 = "person.under_15"


@dataclass(frozen=True)
class FactIs:
    """The fact is found."""

    code: str


@dataclass(frozen=True)
class PersonIs:
    """The person is known to be of this age."""

    predicate: PersonPredicate


@dataclass(frozen=True)
class NeedsMore:
    """Found, the fact leaves the matter open; only its absence says no."""

    code: str


@dataclass(frozen=True)
class NotInFacts:
    """The law asks for this and the list of facts has no code for it."""

    words: str


@dataclass(frozen=True, eq=False)
class AllOf:
    """Each part is needed."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, eq=False)
class AnyOf:
    """One part is enough."""

    parts: tuple["Expression", ...]


type Expression = FactIs | PersonIs | NeedsMore | NotInFacts | AllOf | AnyOf

FORMS = ("all", "any", "needs_more", "not_in_facts", "use")


def read_expression(
    written: object, *, where: str, definitions: Mapping[str, Expression]
) -> Expression:
    """Return the expression that ``written`` (from YAML) stands for.

    ``where`` names file, article and element for the ``WrongInput`` raised when it cannot be read.
    """
    if isinstance(written, str):
        return _read_word(written, where)
    if not isinstance(written, Mapping) or len(written) != 1:
        raise WrongInput(f"{where}: expected a fact code or one of {', '.join(FORMS)}")
    form, inside = next(iter(written.items()))
    return _read_form(str(form), inside, where, definitions)


def _read_form(
    form: str, inside: object, where: str, definitions: Mapping[str, Expression]
) -> Expression:
    if form in ("all", "any"):
        parts = _read_parts(inside, where, definitions)
        return AllOf(parts) if form == "all" else AnyOf(parts)
    if not isinstance(inside, str):
        raise WrongInput(f"{where}: expected one word or sentence after {form!r}")
    if form == "use":
        return _definition(inside, where, definitions)
    if form == "needs_more":
        return NeedsMore(_known_code(inside, where))
    if form == "not_in_facts":
        return NotInFacts(inside)
    raise WrongInput(f"{where}: {form!r} is no form of expression; expected {', '.join(FORMS)}")


def _read_parts(
    inside: object, where: str, definitions: Mapping[str, Expression]
) -> tuple[Expression, ...]:
    if not isinstance(inside, list) or not inside:
        raise WrongInput(f"{where}: expected a list of at least one expression")
    return tuple(read_expression(p, where=where, definitions=definitions) for p in inside)


def _read_word(word: str, where: str) -> Expression:
    if word.startswith("person."):
        if word not in set(PersonPredicate):
            known = ", ".join(PersonPredicate)
            raise WrongInput(f"{where}: {word!r} is no predicate of a person; expected {known}")
        return PersonIs(PersonPredicate(word))
    return FactIs(_known_code(word, where))


def _known_code(code: str, where: str) -> str:
    if code not in facts():
        raise WrongInput(f"{where}: {code!r} is no fact; did you mean {nearest(code, facts())!r}?")
    return code


def _definition(name: str, where: str, definitions: Mapping[str, Expression]) -> Expression:
    if name not in definitions:
        known = ", ".join(definitions) or "none so far"
        raise WrongInput(f"{where}: {name!r} is not defined earlier in the file; defined: {known}")
    return definitions[name]
