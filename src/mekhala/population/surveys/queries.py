"""Questions about surveys. Nothing here changes anything.

Counts of one post's day below ten are told to who enters the survey and to nobody else.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from mekhala.population.surveys import policies, withholding
from mekhala.population.surveys.day_figures import NAMES, DayFigures
from mekhala.population.surveys.grades import Missing, Reason
from mekhala.population.surveys.models import DayTally, Round, RoundPost, SamplingFrame
from mekhala.population.surveys.samples import RoundSample, sample_of
from mekhala.population.surveys.shares import Coverage, Share, Totals, coverage, totals
from mekhala.population.surveys.trend import Difference, Point, differences, in_way
from mekhala.population.surveys.withholding import Shown

if TYPE_CHECKING:
    from mekhala.core.estimation.estimate import Estimate
    from mekhala.safeguards.access.models import Officer

type Days = dict[date, DayTally]


@dataclass(frozen=True, kw_only=True)
class AtPost:
    """One post of a round: its plan, days worked, totals (None: withheld), days by day.

    A day that is withheld is None.
    """

    planned: RoundPost
    days_worked: int
    totals: Totals | None
    days: dict[date, DayTally | None]


@dataclass(frozen=True, kw_only=True)
class Board:
    """A round as an officer may read it; what is withheld is None.

    ``missing``: what the design would need and the round, as it may be read, does not have.
    """

    round: Round
    may_enter: bool
    is_withheld: bool
    coverage: Coverage
    totals: Totals | None
    shares: tuple[Share, ...]
    missing: Missing | None
    confirmed: "dict[str, Estimate | None]"
    posts: tuple[AtPost, ...]
    trend: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class CountedRound:
    """A round with its posts and the latest version of each day."""

    round: Round
    posts: list[RoundPost]
    days: dict[int, Days]

    @property
    def figures(self) -> dict[int, dict[date, DayFigures]]:
        """Return the figures of each post and day."""
        return {p: {on: figures_of(t) for on, t in of.items()} for p, of in self.days.items()}


def frames_for(officer: "Officer") -> QuerySet[SamplingFrame]:
    """Return the frames an officer may read: statisticians all, registrars their agency's."""
    frames = SamplingFrame.objects.select_related("worked_by")
    if policies.may_plan(officer):
        return frames
    if policies.may_read(officer):
        return frames.filter(worked_by_id=officer.agency_id)
    return frames.none()


def rounds_for(officer: "Officer") -> QuerySet[Round]:
    """Return the rounds of the frames an officer may read, the earliest first."""
    return Round.objects.filter(frame__in=frames_for(officer)).select_related("frame__worked_by")


def figures_of(tally: DayTally) -> DayFigures:
    """Return the figures of one version of a day."""
    return DayFigures(**{name: getattr(tally, name) for name in NAMES})


def latest(rounds: Iterable[Round]) -> QuerySet[DayTally]:
    """Return the latest version of each post and day, those taken back among them."""
    days = DayTally.objects.filter(at_post__round__in=rounds)
    return days.order_by("at_post_id", "on", "-version").distinct("at_post_id", "on")


def versions(of: Round, at_post: int, on: date) -> list[DayTally]:
    """Return every version of a post's day, the latest first; none if it was never entered."""
    days = DayTally.objects.filter(at_post__round=of, at_post=at_post, on=on)
    return list(days.select_related("at_post__post").order_by("-version"))


def days_of(of: Round) -> list[DayTally]:
    """Return the days that hold, in order of day and post; those taken back are left out."""
    found = latest([of]).select_related("at_post__post")
    held = [day for day in found if day.reason != Reason.TAKEN_BACK]
    return sorted(held, key=lambda day: (day.on, day.at_post.post.name))


def board(of: Round, officer: "Officer") -> Board:
    """Return a round with totals, coverage, shares, posts and the trend of its survey.

    Four queries, whatever the number of rounds. Only what the officer may read is in it.
    """
    from mekhala.population.surveys import designs  # numbers are loaded where they are needed

    counted = counted_of(list(rounds_for(officer).filter(frame__survey=of.frame.survey)))
    samples = {one.round.pk: _sample(one, officer) for one in counted}
    told = {pk: designs.shares(found) if found else None for pk, found in samples.items()}
    it = next(one for one in counted if one.round.pk == of.pk)
    may, sample = shown_to(it, officer), samples[of.pk]
    planned = {p.pk: p.days_planned for p in it.posts}
    reached = coverage({p: list(d.values()) for p, d in it.figures.items()}, planned, of.frame.size)
    return Board(
        round=of,
        may_enter=policies.may_enter(officer, of.frame),
        is_withheld=not may.whole,
        coverage=reached if may.whole else _only_worked(reached),
        totals=sample.totals if sample else None,
        shares=told[of.pk] or (),
        missing=designs.lacking(sample) if sample else None,
        confirmed=designs.confirmed(sample) if sample else {},
        posts=tuple(_at_post(planned, it, may) for planned in it.posts),
        trend=tuple(_points(counted, told)),
    )


def _only_worked(reached: Coverage) -> Coverage:
    """Return a coverage that tells posts and days, and no number of people."""
    kept = {name: getattr(reached, name) for name in Coverage.__dataclass_fields__}
    return Coverage(**kept | {"of_frame": None, "found_a_day": None})


def counted_of(rounds: list[Round]) -> list[CountedRound]:
    """Return rounds with their posts and the latest version of each day. Two queries."""
    posts: defaultdict[int, list[RoundPost]] = defaultdict(list)
    for planned in RoundPost.objects.filter(round__in=rounds).select_related("post"):
        posts[planned.round_id].append(planned)
    days: defaultdict[int, Days] = defaultdict(dict)
    for tally in latest(rounds):
        if tally.reason != Reason.TAKEN_BACK:
            days[tally.at_post_id][tally.on] = tally
    return [
        CountedRound(round=one, posts=posts[one.pk], days={p.pk: days[p.pk] for p in posts[one.pk]})
        for one in rounds
    ]


def shown_to(it: CountedRound, officer: "Officer") -> Shown:
    """Return which days, posts and totals of a round an officer may read."""
    if policies.may_enter(officer, it.round.frame):
        return withholding.everything(it.figures)
    return withholding.shown(it.figures)


def _sample(it: CountedRound, officer: "Officer") -> RoundSample | None:
    """Return what the officer gets shares from; None where the round is withheld."""
    may = shown_to(it, officer)
    return sample_of(it.round, it.posts, it.figures, may) if may.whole else None


def _at_post(planned: RoundPost, it: CountedRound, may: Shown) -> AtPost:
    days, pk = it.days[planned.pk], planned.pk
    return AtPost(
        planned=planned,
        days_worked=len(days),
        totals=totals(it.figures[pk].values()) if pk in may.posts and may.whole else None,
        days={on: tally if (pk, on) in may.days else None for on, tally in sorted(days.items())},
    )


def _points(
    counted: list[CountedRound], told: dict[int, tuple[Share, ...] | None]
) -> Iterable[Point]:
    """Yield each round with its shares; those ``told`` as None are withheld."""
    before: CountedRound | None = None
    either: Share | None = None
    for one in counted:
        kinds = {share.kind: share for share in told[one.round.pk] or ()}
        before_it, either = either, kinds.get("any")
        yield Point(
            round=one.round,
            strong=kinds.get("strong"),
            either=either,
            is_withheld=told[one.round.pk] is None,
            unlike=(*_unlike(before, one), *in_way(before_it, either)) if before else (),
        )
        before = one


def _unlike(before: CountedRound, one: CountedRound) -> tuple[Difference, ...]:
    posts = [[p.post_id for p in it.posts] for it in (before, one)]
    return differences(before.round, posts[0], one.round, posts[1])
