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

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mekhala.core.law.written import Place
from mekhala.core.vocabulary.facts import facts
from mekhala.core.vocabulary.nearest import nearest


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


def said_as(name: str) -> str:
    """Return the name of a definition as words: ``unlawful_removal`` → ``unlawful removal``."""
    return name.replace("_", " ")


FORMS = ("all", "any", "needs_more", "not_in_facts", "use")


def read_expression(
    written: object, *, place: Place, definitions: Mapping[str, Expression]
) -> Expression:
    """Return the expression that ``written`` (from YAML) stands for.

    Raises ``WrongInput`` naming the place, on the line of the part that cannot be read.
    """
    here = place.at(written)
    if isinstance(written, str):
        return _read_word(written, here)
    if not isinstance(written, Mapping) or len(written) != 1:
        raise here.wrong(f"expected a fact code or one of {', '.join(FORMS)}")
    form, inside = next(iter(written.items()))
    return _read_form(str(form), inside, here, definitions)


def _read_form(
    form: str, inside: object, place: Place, definitions: Mapping[str, Expression]
) -> Expression:
    if form in ("all", "any"):
        parts = _read_parts(inside, place, definitions)
        return AllOf(parts) if form == "all" else AnyOf(parts)
    if not isinstance(inside, str):
        raise place.wrong(f"expected one word or sentence after {form!r}")
    if form == "use":
        return _definition(inside, place, definitions)
    if form == "needs_more":
        return NeedsMore(_known_code(inside, place))
    if form == "not_in_facts":
        return NotInFacts(str(inside))
    raise place.wrong(f"{form!r} is no form of expression; expected {', '.join(FORMS)}")


def _read_parts(
    inside: object, place: Place, definitions: Mapping[str, Expression]
) -> tuple[Expression, ...]:
    if not isinstance(inside, list) or not inside:
        raise place.wrong("expected a list of at least one expression")
    return tuple(read_expression(p, place=place, definitions=definitions) for p in inside)


def _read_word(word: str, place: Place) -> Expression:
    if word.startswith("person."):
        if word not in set(PersonPredicate):
            known = ", ".join(PersonPredicate)
            raise place.wrong(f"{word!r} is no predicate of a person; expected {known}")
        return PersonIs(PersonPredicate(word))
    return FactIs(_known_code(word, place))


def _known_code(code: str, place: Place) -> str:
    if code not in facts():
        raise place.wrong(f"{code!r} is no fact; did you mean {nearest(code, facts())!r}?")
    return str(code)


def _definition(name: str, place: Place, definitions: Mapping[str, Expression]) -> Expression:
    if name not in definitions:
        known = ", ".join(definitions) or "none so far"
        raise place.wrong(f"{name!r} is not defined earlier in the file; defined: {known}")
    return definitions[name]


def leaves_of(expression: Expression) -> Iterator[Expression]:
    """Yield what an expression asks about, part by part, in the order of the law."""
    if isinstance(expression, AllOf | AnyOf):
        for part in expression.parts:
            yield from leaves_of(part)
    else:
        yield expression


def codes_in(expression: Expression) -> frozenset[str]:
    """Return the codes of the facts an expression asks about."""
    return frozenset(
        leaf.code for leaf in leaves_of(expression) if isinstance(leaf, FactIs | NeedsMore)
    )
