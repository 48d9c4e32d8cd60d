"""Whether what a form asks or works out depends on itself: ODK Collect opens no such form.

What counts is when something applies (``relevant``) and what is worked out (``calculate``), as in
JavaRosa, the engine of Collect. A calculation that keeps its own value is none: forms do so to
keep what was first there. A reference with a condition of its own may mean an earlier part of a
list, and is left alone.
"""

import re
from collections.abc import Iterator

from mekhala.forms.xform import XForm

type Dependencies = dict[str, set[str]]
COUNTED = ("relevant", "calculate")


def loop_in(form: XForm) -> tuple[str, ...]:
    """Return paths of which each depends on the next and the last is the first; empty if none."""
    needs = _needs(form)
    done: set[str] = set()
    for start in needs:
        if found := _back_to(start, needs, done):
            return found
    return ()


def _needs(form: XForm) -> Dependencies:
    """Return path → what it depends on; what lies in a group depends on when the group applies."""
    needs: Dependencies = {}
    for path, column, text in form.expressions():
        if column in COUNTED:
            asked = set(references(text, here=path, root=form.root_name))
            kept = asked if column == "relevant" else asked - {path}
            needs.setdefault(path, set()).update(kept)
    groups = [path for path, column, _text in form.expressions() if column == "relevant"]
    for path in [*needs, *{ref for asked in needs.values() for ref in asked}]:
        above = {group for group in groups if path.startswith(f"{group}/")}
        if above:
            needs.setdefault(path, set()).update(above)
    return needs


def _back_to(start: str, needs: Dependencies, done: set[str]) -> tuple[str, ...]:
    """Follow what ``start`` depends on until something stands on the way twice."""
    way: list[str] = [start]
    left = [iter(sorted(needs.get(start, ())))]
    while left:
        following = next(left[-1], None)
        if following is None:
            done.add(way.pop())
            left.pop()
        elif following in way:
            return (*way[way.index(following) :], following)
        elif following not in done:
            way.append(following)
            left.append(iter(sorted(needs.get(following, ()))))
    return ()


def references(expression: str, *, here: str, root: str) -> Iterator[str]:
    """Yield the questions of the form's own answers that an expression names, below the root."""
    said = _LITERAL.sub("''", expression)
    outside = said
    while (emptied := _CONDITION.sub("(", outside)) != outside:
        outside = emptied  # from the innermost; what has a condition is followed by one mark
    base = here.split("/")
    for top, path in _ABSOLUTE.findall(said):
        if top == root:
            yield path.strip("/")
    for ups, path in _RELATIVE.findall(outside) + _CURRENT.findall(said):
        climbed = base[: len(base) - ups.count("..")]
        yield "/".join([*climbed, path.strip("/")])
    if _ITSELF.search(outside):
        yield here


_NAME = r"[^\W\d][\w.\-]*"
_ENDS = r"(?![\w.\-/\[(:])"
_LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")
_CONDITION = re.compile(r"\[[^\[\]]*\]")
_ABSOLUTE = re.compile(rf"(?<![\w.\-)\]*/])/({_NAME})((?:/{_NAME})+){_ENDS}")
_RELATIVE = re.compile(rf"(?<![\w.\-)\]*/])(\.\.(?:/\.\.)*)((?:/{_NAME})+){_ENDS}")
_CURRENT = re.compile(rf"current\(\)/(\.\.(?:/\.\.)*)((?:/{_NAME})+){_ENDS}")
_ITSELF = re.compile(r"(?<![\w.\-/)\]])\.(?![\w.\-/])")
