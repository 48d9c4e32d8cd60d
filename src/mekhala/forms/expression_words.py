"""Conditions of a form in words: “Is it safe?” is “Yes”, and “How old?” is less than 18.

Reads the XPath that forms use and says it with the form's own words. What has no plain wording
(predicates, functions of other tools) is not guessed: ``None``, and the page shows the expression.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, Protocol

from django.utils.translation import gettext as _

from mekhala.forms.expressions import Malformed, tokens

type Node = tuple[Any, ...]  # what it is, and its parts: text, number, path, two or call
LONGEST = 4000  # characters; beyond it nobody reads a sentence
DEEPEST = 30
_FIRST_OF_A_LIST = re.compile(r"instance\('([\w.-]{1,80})'\)/root/item\[1\]/label")


class Named(Protocol):
    """What a form calls its questions and choices."""

    def label(self, path: str) -> str:
        """Return the words of the question at ``path`` below the root, empty if there is none."""

    def choice(self, path: str, code: str) -> str:
        """Return the words of a choice, empty where the question has no such choice."""

    def has_many(self, path: str) -> bool:
        """Whether several choices can be taken."""


def in_words(
    expression: str, *, here: str, named: Named, root: str, is_value: bool = False
) -> str | None:
    """Return ``expression`` in words, None where it cannot be said.

    ``here`` is the path of the question it is bound to, ``root`` the name of the form's root,
    ``is_value`` whether it is worked out and not a condition.
    """
    if len(expression) > LONGEST:
        return None
    first = _FIRST_OF_A_LIST.fullmatch(expression.strip())
    if first and is_value:
        return _("the first entry of the list “%(list)s”") % {"list": first[1]}
    try:
        reader = _Reader(tokens(expression.replace("current()/", "")))
        node = reader.either(0)
        reader.end()
        speaker = _Speaker(here, named, root)
        return speaker.value(node) if is_value else speaker.statement(node)
    except (Malformed, _Unsayable, RecursionError):
        return None


class _Unsayable(Exception):  # noqa: N818 - caught here
    """No plain wording."""


def _no() -> NoReturn:
    raise _Unsayable


_COMPARING = ("=", "!=", "<", "<=", ">", ">=")
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",), ("and",), _COMPARING, ("+", "-"), ("*", "div", "mod"),
)  # fmt: skip


class _Reader:
    """Reads tokens into nodes, loosest operator first (XPath 1.0, 3.4 and 3.5)."""

    def __init__(self, found: Sequence[tuple[str, str]]) -> None:
        self.found, self.at, self.depth = found, 0, 0

    @property
    def text(self) -> str:
        return self.found[self.at][1] if self.at < len(self.found) else ""

    @property
    def kind(self) -> str:
        return self.found[self.at][0] if self.at < len(self.found) else ""

    def take(self) -> str:
        self.at += 1
        return self.found[self.at - 1][1]

    def end(self) -> None:
        if self.kind:
            _no()

    def either(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self.one()
        node = self.either(level + 1)
        while self.kind in ("sign", "name") and self.text in _LEVELS[level]:
            operator = self.take()
            node = ("two", operator, node, self.either(level + 1))
        return node

    def one(self) -> Node:
        self.depth += 1
        if self.depth > LONGEST:
            _no()
        if self.kind == "literal":
            return ("text", self.take()[1:-1])
        if self.kind == "number":
            return ("number", self.take())
        if self.kind == "sign" and self.text == "-":
            self.take()
            node = self.one()
            return ("number", f"-{node[1]}") if node[0] == "number" else _no()
        if self.kind == "sign" and self.text == "(":
            self.take()
            node = self.either(0)
            self.need(")")
            return node
        following = self.found[self.at + 1][1] if self.at + 1 < len(self.found) else ""
        if self.kind == "name" and following == "(":
            return self.call()
        return self.path()

    def need(self, sign: str) -> None:
        if self.text != sign:
            _no()
        self.take()

    def call(self) -> Node:
        name = self.take()
        self.need("(")
        given = []
        while self.text != ")":
            given.append(self.either(0))
            if self.text != ")":
                self.need(",")
        self.take()
        if self.text in ("/", "["):
            _no()
        return ("call", name, given)

    def path(self) -> Node:
        steps = ""
        while self.text in ("/", ".", "..") or (
            self.kind == "name" and (not steps or steps.endswith("/"))
        ):
            steps += self.take()
        if not steps or self.text in ("[", "//", "::", "@", "|"):
            _no()
        return ("path", steps)


class _Speaker:
    """Says nodes with the words of the form."""

    def __init__(self, here: str, named: Named, root: str) -> None:
        self.here, self.named, self.root = here, named, root

    def value(self, node: Node) -> str:
        """Say what is worked out: a value, or whether something is so."""
        compares = node[0] == "two" and node[1] in ("and", "or", *_COMPARING)
        return self.statement(node) if compares else self.thing(node)

    def statement(self, node: Node, depth: int = 0) -> str:
        """Say a node that is true or not."""
        if depth > DEEPEST:
            _no()
        if node[0] == "two" and node[1] in ("and", "or"):
            return self._joined(node, depth)
        if node[0] == "two" and node[1] in _COMPARING:
            return self._compared(*node[1:])
        if node[0] == "call":
            return self._told(node[1], node[2], depth)
        return _no()

    def _joined(self, node: Node, depth: int) -> str:
        parts = [self._inside(part, node[1], depth) for part in _flat(node, node[1])]
        return (_(" and ") if node[1] == "and" else _(", or ")).join(parts)

    def _inside(self, part: Node, outer: str, depth: int) -> str:
        said = self.statement(part, depth + 1)
        return f"({said})" if part[0] == "two" and part[1] == "or" and outer == "and" else said

    def _compared(self, operator: str, left: Node, right: Node) -> str:
        if left[0] in ("text", "number") and right[0] not in ("text", "number"):
            return self._compared(_MIRROR[operator], right, left)
        if right == ("text", "") and operator in ("=", "!="):
            words = _("%(what)s has no answer") if operator == "=" else _("%(what)s has an answer")
            return words % {"what": self.thing(left)}
        other = self._answer(left, right)
        return _comparison(operator) % {"one": self.thing(left), "other": other}

    def _answer(self, asked: Node, given: Node) -> str:
        """Say an answer with the words of the choice it stands for."""
        if asked[0] == "path" and given[0] in ("text", "number"):
            words = self.named.choice(self._place(asked[1]), given[1])
            if words:
                return f"“{words}”"
        return self.thing(given)

    def _told(self, name: str, given: list[Node], depth: int, *, no: bool = False) -> str:
        if name in ("true", "false") and not given:
            return _("always") if (name == "true") != no else _("never")
        if name == "not" and len(given) == 1:
            return self._denied(given[0], depth)
        if name == "selected" and len(given) == 2:
            words = self._taken(given[0], no=no)
            return words % {"one": self.thing(given[0]), "other": self._answer(*given)}
        if name == "regex" and len(given) == 2 and not no:
            return _("%(one)s is written as the pattern %(other)s") % {
                "one": self.thing(given[0]), "other": self.thing(given[1]),
            }  # fmt: skip
        if name in ("boolean", "once") and len(given) == 1:
            return self.statement(given[0], depth + 1)
        return _no()

    def _taken(self, asked: Node, *, no: bool) -> str:
        """Return the words for a choice that is, or is not, among those taken."""
        if asked[0] == "path" and self.named.has_many(self._place(asked[1])):
            includes, lacks = (
                _("%(one)s includes %(other)s"),
                _("%(one)s does not include %(other)s"),
            )
            return lacks if no else includes
        return _comparison("!=" if no else "=")

    def _denied(self, node: Node, depth: int) -> str:
        if (
            node[0] == "two" and node[1] in _OPPOSITE
        ):  # not of "less": nothing is less than no answer
            return self._compared(_OPPOSITE[node[1]], *node[2:])
        if node[0] == "call" and node[1] in ("selected", "true", "false"):
            return self._told(node[1], node[2], depth, no=True)
        return _("not (%(what)s)") % {"what": self.statement(node, depth + 1)}

    def thing(self, node: Node) -> str:
        """Say a node that has a value."""
        kind = node[0]
        if kind in ("text", "number"):
            return f"“{node[1]}”" if kind == "text" else str(node[1])
        if kind == "path":
            return self._asked(node[1])
        if kind == "call":
            return self._worked_out(node[1], node[2])
        if node[1] not in _SIGNS:
            _no()
        return f"{self.thing(node[2])} {_SIGNS[node[1]]} {self.thing(node[3])}"

    def _worked_out(self, name: str, given: list[Node]) -> str:
        if name in _AS_IT_IS and given:
            return self.thing(given[0])
        if name in _ALONE and not given:
            return _ALONE[name]()
        if name in _OF_ONE and len(given) == 1:
            return _OF_ONE[name]() % {"what": self.thing(given[0])}
        if name == "concat" and given:
            return " + ".join(self.thing(part) for part in given)
        return self._of_several(name, given)

    def _of_several(self, name: str, given: list[Node]) -> str:
        if name == "if" and len(given) == 3:
            return _("%(one)s if %(when)s, otherwise %(other)s") % {
                "when": self.statement(given[0]), "one": self.thing(given[1]),
                "other": self.thing(given[2]),
            }  # fmt: skip
        if name == "coalesce" and len(given) == 2:
            return _("%(one)s, or %(other)s where there is none") % {
                "one": self.thing(given[0]), "other": self.thing(given[1]),
            }  # fmt: skip
        return _no()

    def _asked(self, path: str) -> str:
        if path == ".":
            return _("the answer")
        words = self.named.label(self._place(path))
        return f"“{words}”" if words else _no()

    def _place(self, path: str) -> str:
        """Return a path as the answers have it: absolute, or from where the expression stands."""
        if path.startswith(f"/{self.root}/"):
            return path.removeprefix(f"/{self.root}/")
        if path.startswith("/"):
            return path.strip("/")
        steps = self.here.split("/")
        for step in path.split("/"):
            if step == "..":
                steps = steps[:-1]
            elif step not in (".", ""):
                steps.append(step)
        return "/".join(steps)


def _flat(node: Node, operator: str) -> list[Node]:
    """Return the parts that one operator joins, in order."""
    if node[0] == "two" and node[1] == operator:
        return [*_flat(node[2], operator), *_flat(node[3], operator)]
    return [node]


def _comparison(operator: str) -> str:
    return {
        "=": _("%(one)s is %(other)s"), "!=": _("%(one)s is not %(other)s"),
        "<": _("%(one)s is less than %(other)s"), "<=": _("%(one)s is at most %(other)s"),
        ">": _("%(one)s is more than %(other)s"), ">=": _("%(one)s is at least %(other)s"),
    }[operator]  # fmt: skip


_SIGNS = {"+": "+", "-": "−", "*": "×", "div": "÷"}
_MIRROR = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_OPPOSITE = {"=": "!=", "!=": "="}
_AS_IT_IS = ("number", "int", "string", "date", "date-time", "decimal-date-time", "once",
             "format-date", "round", "jr:choice-name", "abs", "format-date-time")  # fmt: skip
_ALONE: dict[str, Callable[[], str]] = {
    "today": lambda: _("today"), "now": lambda: _("now"), "random": lambda: _("a random number"),
    "true": lambda: _("yes"), "false": lambda: _("no"),
}  # fmt: skip
_OF_ONE: dict[str, Callable[[], str]] = {
    "count-selected": lambda: _("the number of choices taken in %(what)s"),
    "string-length": lambda: _("the number of characters of %(what)s"),
    "count": lambda: _("how many times %(what)s was filled in"),
    "sum": lambda: _("the sum of %(what)s"), "min": lambda: _("the least of %(what)s"),
    "max": lambda: _("the greatest of %(what)s"),
    "position": lambda: _("the number of this repeat, %(what)s"),
}  # fmt: skip
