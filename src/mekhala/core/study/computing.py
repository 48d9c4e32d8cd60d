"""Every way in which a figure of a study follows from its others.

A share follows from a count and the number it is a share of; a count from a share that only one
whole number gives (a share of n people comes from a whole number of them: Brown & Heathers 2017,
*The GRIM test*, Soc. Psychol. Personal. Sci. 8:363); a derived figure from the arithmetic in its
note; a whole from its parts; a mean from the means of its groups, at their sizes.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mekhala.core.study.figure import Figure
from mekhala.core.study.plan import Plan

SHARE_OF_THE_GROUP = ("share", "share of sample", "female share", "female share of frame")
NUMBER = r"[.()]{0,4}\d{1,9}(?:[.()]{1,4}\d{1,9}){0,4}[.()]{0,4}"  # bounds, so that none takes long
ARITHMETIC = re.compile(rf"(?<![\w.()]){NUMBER}(?:\s{{0,3}}[-+*/]\s{{0,3}}{NUMBER}){{1,20}}")
OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Computed:
    """One recomputation: what came out, how, from which figures.

    ``independent`` is False where a figure it rests on was itself worked out from the result.
    """

    figure: Figure
    value: float
    how: str
    rests_on: tuple[Figure, ...]
    independent: bool = True
    exact: bool = False  # counts and sums of counts: no rounding between
    slack: float = 0.0  # how far the rounding of what it rests on may move it


def computed(figures: Iterable[Figure], plan: Plan) -> list[Computed]:
    """Every recomputation the file and its plan allow."""
    rows = list(figures)
    groups: dict[tuple[str, str], list[Figure]] = {}
    for one in rows:
        groups.setdefault((one.table, one.group), []).append(one)
    found = [c for group in groups.values() for c in _shares_and_counts(group)]
    found += [c for one in rows if one.is_derived for c in _by_its_note(one)]
    found += [c for rule in plan.of("sum") for c in _sum(rule["whole"], rule["parts"])]
    found += [c for rule in plan.of("together") for c in _together(rule["parts"])]
    found += [c for rule in plan.of("hundred") for c in _rest(rule["shares"])]
    found += [_ratio(rule) for rule in plan.of("ratio")]
    found += [c for rule in plan.of("mean") for c in _mean(rule["mean"], rule["groups"])]
    for rule in plan.of("divided_twice"):
        for own, other in ((rule["one"], rule["other"]), (rule["other"], rule["one"])):
            found += _other_division(own, other)
    return found


def whole_numbers(share: Figure) -> list[int]:
    """Which whole numbers of ``n`` people give the share as it is printed."""
    assert share.n is not None
    return [k for k in range(share.n + 1) if share.agrees_with(100 * k / share.n)]


def _shares_and_counts(group: list[Figure]) -> Iterator[Computed]:
    for share in (one for one in group if one.is_share and one.n):
        assert share.n is not None
        for count in _counts_for(share, group):
            back = count.is_derived and count.n == share.n and not ARITHMETIC.search(count.note)
            yield Computed(
                figure=share, value=100 * _number(count) / share.n,
                how=f"{count.value} of {share.n}", rests_on=(count,), independent=not back,
            )  # fmt: skip
            only = whole_numbers(share)
            if count.is_derived and count.n == share.n and not share.is_derived and len(only) == 1:
                yield Computed(
                    figure=count, value=only[0], rests_on=(share,), exact=True,
                    how=f"the only whole number of {share.n} that gives {share.value} %",
                )  # fmt: skip


def _counts_for(share: Figure, group: list[Figure]) -> list[Figure]:
    """The count a share speaks of: the same measure; for the group's own share its one count."""
    counts = [one for one in group if one.is_count]
    same = [one for one in counts if one.measure == share.measure and one.n == share.n]
    own = [one for one in counts if one.measure in ("persons", "in sample") or one.n == share.n]
    is_own = share.measure in SHARE_OF_THE_GROUP or share.measure.startswith("share of ")
    return same or (own if is_own and len(own) == 1 else [])


def _by_its_note(figure: Figure) -> Iterator[Computed]:
    written = ARITHMETIC.search(figure.note)
    value = value_of(written[0]) if written else None
    if written is None or value is None or figure.number is None:
        return
    if figure.is_share and value <= 1:
        value *= 100
    yield Computed(figure=figure, value=value, how=written[0].strip(), rests_on=())


def value_of(text: str) -> float | None:
    """The value of plain arithmetic (+ - * / and brackets); None where it is anything else."""
    try:
        return _value(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ZeroDivisionError, TypeError, RecursionError):
        return None


def _value(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](_value(node.left), _value(node.right))
    raise TypeError


def _sum(whole: Figure, parts: list[Figure]) -> Iterator[Computed]:
    total = sum(map(_number, parts))
    circular = any(_was_taken_from(part, whole) for part in parts)
    yield Computed(
        figure=whole, value=total, how=" + ".join(p.value for p in parts),
        rests_on=tuple(parts), independent=not circular, exact=True,
    )  # fmt: skip
    for part in parts:
        others = [p for p in parts if p is not part]
        yield Computed(
            figure=part, value=_number(whole) - sum(map(_number, others)), exact=True,
            how=" - ".join([whole.value, *(p.value for p in others)]),
            rests_on=(whole, *others),
            independent=not (
                any(_was_taken_from(p, whole) for p in others) or _was_added_up(whole, part)
            ),
        )  # fmt: skip


def _together(parts: list[Figure]) -> Iterator[Computed]:
    """Each part as what is left of the number that all of them are counted in."""
    for part in (p for p in parts if p.n):
        others = [p for p in parts if p is not part]
        yield Computed(
            figure=part, value=(part.n or 0) - sum(map(_number, others)), exact=True,
            how=" - ".join([str(part.n), *(p.value for p in others)]), rests_on=tuple(others),
        )  # fmt: skip


def _was_added_up(whole: Figure, part: Figure) -> bool:
    """Whether a whole was worked out by adding up its parts, this one among them."""
    said = ARITHMETIC.search(whole.note)
    return whole.is_derived and said is not None and part.value in re.findall(r"[\d.]+", said[0])


def _was_taken_from(part: Figure, whole: Figure) -> bool:
    """Whether a part was worked out as what is left of the whole."""
    said = ARITHMETIC.search(part.note)
    named = said is not None and whole.value in re.findall(r"[\d.]+", said[0])
    rest = part.is_derived and part.n is not None and str(part.n) == whole.value and not part.note
    return part.is_derived and (named or rest)


def _rest(shares: list[Figure]) -> Iterator[Computed]:
    for share in (one for one in shares if one.is_derived):
        others = [one for one in shares if one is not share]
        yield Computed(
            figure=share, value=100 - sum(map(_number, others)),
            how=" - ".join(["100", *(one.value for one in others)]), rests_on=tuple(others),
        )  # fmt: skip


def _ratio(rule: dict[str, Any]) -> Computed:
    share, parts, whole = rule["share"], rule["parts"], rule["whole"]
    taken = any(one.is_derived and _digits_of(share) in one.note for one in (*parts, whole))
    return Computed(
        figure=share,
        value=100 * sum(map(_number, parts)) / _number(whole),
        how=f"{' + '.join(one.value for one in parts)} of {whole.value}",
        rests_on=(*parts, whole),
        independent=not taken,
    )


def _digits_of(share: Figure) -> str:
    """How a percentage stands in arithmetic: 45.7 as 0.457."""
    return f"0.{share.value.replace('.', '')}"


def _mean(mean: Figure, groups: list[list[Figure]]) -> Iterator[Computed]:
    sizes = [_number(size) for _one, size in groups]
    values = [_number(one) for one, _size in groups]
    yield Computed(
        figure=mean,
        value=sum(n * v for n, v in zip(sizes, values, strict=True)) / sum(sizes),
        how=" and ".join(f"{size.value} at {one.value}" for one, size in groups),
        rests_on=tuple(one for pair in groups for one in pair),
    )


def _other_division(own: list[list[Figure]], other: list[list[Figure]]) -> Iterator[Computed]:
    """Each mean of a division from those of another division of the same people.

    The sums are equal, so what the others of its own division leave is what it has.
    """
    for mean, size in own:
        rest = [pair for pair in own if pair[0] is not mean]
        people = _number(size)
        left = _total(other) - _total(rest)
        hidden = sum(one.half * _number(n) for one, n in (*other, *rest))
        yield Computed(
            figure=mean, value=left / people, slack=hidden / people,
            how=f"({_in_words(other, ' + ')} - {_in_words(rest, ' - ')})/{size.value}",
            rests_on=tuple(one for pair in (*other, *rest) for one in pair),
        )  # fmt: skip


def _total(groups: list[list[Figure]]) -> float:
    return sum(_number(mean) * _number(size) for mean, size in groups)


def _in_words(groups: list[list[Figure]], sign: str) -> str:
    return sign.join(f"{size.value}*{mean.value}" for mean, size in groups)


def _number(figure: Figure) -> float:
    assert figure.number is not None
    return figure.number
