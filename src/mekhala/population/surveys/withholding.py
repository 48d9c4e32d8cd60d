"""Which figures of a round may be read by an officer who does not enter them.

One post's day with a count from 1 to 9 is not shown, and is not to be had by taking what is
shown from a total either. A total over hidden days is shown only where at least two days are
hidden in it and each of their counts can lie anywhere over five people or more (the width that
``mekhala.core.disclosure`` asks for: within plus or minus 2), or is known to be 0 in all of
them. Where that fails, the smallest day that is shown is hidden too; then the post's total, and
in the end the round's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mekhala.population.surveys.day_figures import NAMES, DayFigures

SMALL = 10  # people; a count below it and above 0 could single somebody out at a post
WIDTH = 5  # people a hidden count can lie over at least

type Row = Sequence[int | None]  # None: not counted that day


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What may be read: whole days, the totals of posts, the total of the round."""

    days: frozenset[tuple[int, date]]
    posts: frozenset[int]
    whole: bool


def everything(rows: Mapping[int, Mapping[date, DayFigures]]) -> Shown:
    """Return that all may be read: for those who entered it."""
    days = frozenset((post, day) for post, of_post in rows.items() for day in of_post)
    return Shown(days=days, posts=frozenset(rows), whole=True)


def shown(rows: Mapping[int, Mapping[date, DayFigures]]) -> Shown:
    """Return what any other reader may read of ``rows``: ``{post: {day: figures}}``, post ids."""
    counts = {
        post: {day: _counts(figures) for day, figures in of_post.items()}
        for post, of_post in rows.items() if of_post
    }  # fmt: skip
    hidden = {post: _hidden(of_post, _small(of_post)) for post, of_post in counts.items()}
    no_total = {post for post in counts if not _is_safe([counts[post][d] for d in hidden[post]])}
    totals = {post: _sum(of_post.values()) for post, of_post in counts.items()}
    no_total = _hidden(totals, no_total)
    return Shown(
        days=frozenset(
            (post, day) for post, of_post in counts.items() if post not in no_total
            for day in of_post if day not in hidden[post]
        ),
        posts=frozenset(rows) - no_total,
        whole=_is_safe([totals[post] for post in no_total]),
    )  # fmt: skip


def _counts(figures: DayFigures) -> Row:
    return [getattr(figures, name) for name in NAMES]


def _small[Key](rows: Mapping[Key, Row]) -> set[Key]:
    return {key for key, row in rows.items() if any(n and n < SMALL for n in row)}


def _hidden[Key](rows: Mapping[Key, Row], first: set[Key]) -> set[Key]:
    """Add the smallest rows to ``first`` until their total tells none of them apart."""
    hidden = set(first)
    others = sorted((key for key in rows if key not in hidden), key=lambda key: _size(rows[key]))
    while not _is_safe([rows[key] for key in hidden]) and others:
        hidden.add(others.pop(0))
    return hidden


def _is_safe(rows: Sequence[Row]) -> bool:
    return all(_tells_nobody([n for n in column if n is not None]) for column in _columns(rows))


def _tells_nobody(counted: Sequence[int]) -> bool:
    return sum(counted) == 0 or (len(counted) >= 2 and sum(counted) >= WIDTH)


def _sum(rows: Iterable[Row]) -> Row:
    counted = ([n for n in column if n is not None] for column in _columns(rows))
    return [sum(column) if column else None for column in counted]


def _columns(rows: Iterable[Row]) -> Iterator[tuple[int | None, ...]]:
    return zip(*rows, strict=True)


def _size(row: Row) -> int:
    return sum(n or 0 for n in row)
