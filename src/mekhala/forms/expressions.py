"""Whether an expression in a form is XPath at all: the grammar of XPath 1.0, nothing evaluated.

Source: XML Path Language 1.0 (W3C, 1999), sections 2, 3 and 3.7. Phones stop with an unreadable
message on a malformed expression, so that the author hears of it on upload.
"""

import re
from itertools import pairwise

_TOKEN = re.compile(
    r"""\s*(?:(?P<literal>"[^"]*"|'[^']*')|(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<sign>//|::|!=|<=|>=|\.\.|[()\[\]/|+*=<>.,@$-])
    |(?P<name>[^\W\d][\w.\-]*(?::(?!:)(?:[^\W\d][\w.\-]*|\*))?))""",
    re.VERBOSE,
)
_JOINS = {"or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "|"}
_LEVELS = 60


class Malformed(ValueError):  # noqa: N818 - a refusal reads as a sentence
    """The expression is not XPath; the words say near what."""


def check(expression: str) -> None:
    """Raise ``Malformed`` unless ``expression`` follows the grammar of XPath 1.0."""
    reader = _Reader(tokens(expression))
    reader.expression(0)
    if reader.kind:
        raise Malformed(reader.text)


def unknown_function(expression: str) -> str:
    """Return the first function an expression calls that no phone knows, empty if there is none."""
    found = tokens(expression)
    for (kind, text), (_kind, following) in pairwise(found):
        if kind == "name" and following == "(" and text not in _NO_CALLS | FUNCTIONS:
            return text
    return ""


def tokens(expression: str) -> list[tuple[str, str]]:
    """Return the kind and text of each token; ``Malformed`` where there is none."""
    found, place = [], 0
    while expression[place:].strip():
        token = _TOKEN.match(expression, place)
        if token is None:
            raise Malformed(expression[place:].strip()[:12])
        found.append((str(token.lastgroup), token[str(token.lastgroup)]))
        place = token.end()
    return found


class _Reader:
    """Recursive descent over the tokens; each method reads one construct."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens, self._at = tokens, 0

    @property
    def kind(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    @property
    def text(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _take(self, *texts: str) -> bool:
        if self.kind in ("sign", "name") and self.text in texts:
            self._at += 1
            return True
        return False

    def _need(self, text: str) -> None:
        if not self._take(text):
            raise Malformed(self.text or text)

    def expression(self, level: int) -> None:
        if level > _LEVELS:
            raise Malformed(self.text)
        while True:
            while self._take("-"):
                pass
            self._path(level)
            if not self._take(*_JOINS):
                return

    def _path(self, level: int) -> None:
        if self._primary(level):
            self._predicates(level)
            if self._take("/", "//"):
                self._steps(level)
        elif self._take("//"):
            self._steps(level)
        elif self._take("/"):
            if self.kind == "name" or self.text in (".", "..", "@", "*"):
                self._steps(level)
        else:
            self._steps(level)

    def _primary(self, level: int) -> bool:
        if self.kind in ("literal", "number"):
            self._at += 1
            return True
        if self._take("$"):
            return self._name()
        if self._take("("):
            self.expression(level + 1)
            self._need(")")
            return True
        if self.kind == "name" and self._next() == "(" and self.text not in _NODE_TYPES:
            self._at += 2
            self._arguments(level)
            return True
        return False

    def _arguments(self, level: int) -> None:
        if self._take(")"):
            return
        self.expression(level + 1)
        while self._take(","):
            self.expression(level + 1)
        self._need(")")

    def _steps(self, level: int) -> None:
        self._step(level)
        while self._take("/", "//"):
            self._step(level)

    def _step(self, level: int) -> None:
        if self._take(".", ".."):
            return self._predicates(level)
        if not self._take("@") and self._next() == "::":
            self._at += 2
        if self._take(*_NODE_TYPES) and self._take("("):
            self._at += self.kind == "literal"
            self._need(")")
        elif not self._take("*"):
            self._name()
        return self._predicates(level)

    def _name(self) -> bool:
        if self.kind != "name":
            raise Malformed(self.text or "…")
        self._at += 1
        return True

    def _predicates(self, level: int) -> None:
        while self._take("["):
            self.expression(level + 1)
            self._need("]")

    def _next(self) -> str:
        following = self._at + 1
        return self._tokens[following][1] if following < len(self._tokens) else ""


# Those of ODK Collect and of ODK's engine: docs.getodk.org/form-operators-functions, XPath 1.0.
_KNOWN = """
    abs acos area asin atan atan2 base64-decode boolean boolean-from-string ceiling checklist
    coalesce concat contains cos count count-non-empty count-selected current date date-time
    decimal-date-time decimal-time digest distance ends-with exp exp10 extract-signed false
    floor format-date format-date-time geofence id if indexed-repeat instance int intersects is-
    selected itext join jr:choice-name jr:itext lang last local-name log log10 max min name
    namespace-uri normalize-space not now number once pi position pow property pulldata random
    randomize regex round selected selected-at sin sqrt starts-with string string-length substr
    substring substring-after substring-before sum tan today translate true uuid version
    weighted-checklist
"""
FUNCTIONS = frozenset(_KNOWN.split())
_NO_CALLS = {"or", "and", "div", "mod", "node", "text", "comment", "processing-instruction"}
_NODE_TYPES = ("node", "text", "comment", "processing-instruction")
