"""What the shares of a round are worked out from, as far as a reader may see it.

A share says something of every number in it: from the design effect of two hidden days and their
total, both could be worked out. So days that are withheld are taken together to the one cell that
follows from what is shown (total of the post less its shown days), posts that are withheld to
another, and nothing else of them goes in.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mekhala.population.surveys.day_figures import NAMES, DayFigures
from mekhala.population.surveys.models import Round, RoundPost
from mekhala.population.surveys.shares import Totals, totals
from mekhala.population.surveys.withholding import Shown


@dataclass(frozen=True, kw_only=True)
class PostSample:
    """What was counted at one post; withheld days are one of ``days``, taken together.

    ``size``: people on an open day; ``frequency``: times a week a person comes; None: not known.
    """

    name: str
    size: int | None
    frequency: float | None
    days_worked: int
    days: tuple[DayFigures, ...]


@dataclass(frozen=True, kw_only=True)
class RoundSample:
    """A round of ``length`` days: its design, its frame, its totals, and what stands at posts.

    ``withheld``: the posts that may not be told, taken together; None where there are none.
    ``size``: people of the frame; None: not known.
    """

    design: str
    population: str
    not_covered: str
    size: int | None
    length: int
    totals: Totals
    posts: tuple[PostSample, ...]
    withheld: DayFigures | None = None
    is_pooled: bool = False

    @property
    def cells(self) -> tuple[DayFigures, ...]:
        """All days, those withheld taken together: the clusters of the round."""
        days = tuple(figures for post in self.posts for figures in post.days)
        return days if self.withheld is None else (*days, self.withheld)


def sample_of(
    of: Round,
    planned: Iterable[RoundPost],
    rows: Mapping[int, Mapping[date, DayFigures]],
    may: Shown,
) -> RoundSample:
    """Return what a reader who may see ``may`` gets shares from; ``rows`` as in ``Shown``.

    Only for a round whose total may be read (``may.whole``).
    """
    every = [figures for of_post in rows.values() for figures in of_post.values()]
    hidden = [
        f for post, of_post in rows.items() if post not in may.posts for f in of_post.values()
    ]
    return RoundSample(
        design=of.design, population=of.frame.population, not_covered=of.frame.not_covered,
        size=of.frame.size, length=(of.ends_on - of.begins_on).days + 1, totals=totals(every),
        posts=tuple(_post(p, rows[p.pk], may) for p in planned if p.pk in may.posts),
        withheld=_together(hidden) if hidden else None,
        is_pooled=sum(map(len, rows.values())) > len(may.days),
    )  # fmt: skip


def _post(planned: RoundPost, rows: Mapping[date, DayFigures], may: Shown) -> PostSample:
    post = planned.post
    seen = [figures for on, figures in sorted(rows.items()) if (planned.pk, on) in may.days]
    hidden = [figures for on, figures in rows.items() if (planned.pk, on) not in may.days]
    return PostSample(
        name=post.name, size=post.size, days_worked=len(rows),
        frequency=None if post.frequency is None else float(post.frequency),
        days=(*seen, _together(hidden)) if hidden else tuple(seen),
    )  # fmt: skip


def _together(days: Collection[DayFigures]) -> DayFigures:
    """Add days up to one cell; what was counted on none of them stays not counted."""
    people = totals(days).people
    return DayFigures(**{name: people[name] for name in NAMES})  # type: ignore[arg-type]
